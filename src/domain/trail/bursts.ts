import type { Untrusted } from '../untrusted.ts';
import { actionWords, attemptWords, kindWords } from './action-words.ts';
import { type CallGroup, groupCalls } from './answer.ts';
import { normaliseEventName } from './event-name.ts';
import { insightWords } from './insight.ts';
import { isFailed } from './query/matches-query.ts';
import type { TrailRecord } from './record.ts';
import { tellingNames } from './telling-names.ts';

interface Family {
  readonly names: RegExp;
  readonly joint: Doing['joint'];
  readonly phrase: (count: number) => string;
}

/** Calls that are one doing when several kinds of them come together. */
const FAMILIES: readonly Family[] = [
  {
    names: /^(?:Authorize|Revoke)SecurityGroup(?:In|E)gress$|^ModifySecurityGroupRules$/,
    joint: ' in ',
    phrase: (count) => `changed ${count} security group rules`,
  },
  {
    names: /^(?:Create|Replace|Delete)NetworkAclEntry$/,
    joint: ' in ',
    phrase: (count) => `changed ${count} network ACL rules`,
  },
  {
    names: /^(?:Create|Replace|Delete)Route$/,
    joint: ' in ',
    phrase: (count) => `changed ${count} routes`,
  },
  {
    names: /^(?:UpdateFunctionCode|PublishVersion|UpdateAlias)$/,
    joint: ' ',
    phrase: () => 'deployed',
  },
  { names: /^(?:RegisterTaskDefinition|UpdateService)$/, joint: ' ', phrase: () => 'deployed' },
];

const WANTS_OBJECT = / (?:for|from|in|into|of|off|on|over|to)$/;

/** One kind of thing done in a burst, and to what. */
export interface Doing {
  /** "stopped", "changed 8 security group rules", "called PutFoo", "tried to stop". */
  readonly action: string;
  /** What stands between the action and what it was done to. */
  readonly joint: ' ' | ' in ' | ' on ';
  /** Each thing once, by its shortest name. */
  readonly names: readonly Untrusted[];
  /** How many calls, where `action` does not say it; else 1. */
  readonly times: number;
  /** False where `action` is the name of the call itself. */
  readonly isPlain: boolean;
}

/** Calls of one session in quick succession, told as one. */
export interface Burst {
  readonly newest: TrailRecord;
  readonly count: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** Refused or gone wrong: attempts, not changes. */
  readonly failed: boolean;
  /** In the order in which they began, those that only read last. */
  readonly doings: readonly Doing[];
  /** The names of the calls, each once. */
  readonly eventNames: readonly string[];
  readonly eventIds: readonly string[];
  readonly regions: readonly string[];
}

/** Folds calls (newest first) into bursts; what was refused is never folded into what was done. */
export function foldBursts(records: readonly TrailRecord[]): readonly Burst[] {
  const done = groupCalls(records.filter((record) => !isFailed(record)));
  const failed = groupCalls(records.filter(isFailed));
  return [...done, ...failed]
    .toSorted((a, b) => b.records[0].atMs - a.records[0].atMs)
    .map(burstOf);
}

export function burstOf({ records }: CallGroup): Burst {
  const [newest] = records;
  const times = records.map(({ atMs }) => atMs);
  // Where not all can be told, what was changed matters more than what was looked at.
  const tellingFirst = records
    .toReversed()
    .toSorted((a, b) => Number(a.readOnly) - Number(b.readOnly));
  return {
    newest,
    count: records.length,
    fromMs: Math.min(...times),
    toMs: Math.max(...times),
    failed: isFailed(newest),
    doings: [...Map.groupBy(tellingFirst, kindOf).values()].map(doingOf),
    eventNames: namesOf(tellingFirst),
    eventIds: records.map(({ eventId }) => eventId),
    regions: [...new Set(records.map(({ region }) => region))],
  };
}

/** The family of a call, or its own name. Attempts are told one by one: none of them did anything. */
function kindOf(record: TrailRecord): Family | string {
  if (record.insight !== null) return `insight of ${record.eventName}`;
  const name = normaliseEventName(record.eventName);
  const family = isFailed(record) ? undefined : FAMILIES.find((row) => row.names.test(name));
  return family ?? `${name} ${kindWords(record)}`;
}

function doingOf(records: readonly TrailRecord[]): Doing {
  const count = records.length;
  const names = tellingNames(records);
  const [eventName = '', ...others] = namesOf(records);
  const insight = records[0]?.insight ?? null;
  if (insight !== null) {
    return { action: insightWords(insight), joint: ' on ', names, times: count, isPlain: true };
  }
  const family = FAMILIES.find((row) => row.names.test(eventName));
  if (others.length > 0 && family !== undefined) {
    return { action: family.phrase(count), joint: family.joint, names, times: 1, isPlain: true };
  }
  const failed = records.some(isFailed);
  const words = failed ? attemptWords(records) : actionWords(records);
  if (words === null) {
    const action = `${failed ? 'tried' : 'called'} ${eventName}`;
    return { action, joint: ' on ', names, times: count, isPlain: false };
  }
  const told = failed ? `tried to ${words}` : words;
  // AWS leaves out the parameters of many refused calls.
  const action = names.length === 0 && WANTS_OBJECT.test(told) ? `${told} something` : told;
  return { action, joint: ' ', names, times: count, isPlain: true };
}

function namesOf(records: readonly TrailRecord[]): readonly string[] {
  return [...new Set(records.map(({ eventName }) => normaliseEventName(eventName)))];
}
