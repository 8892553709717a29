import type { Untrusted } from '../untrusted.ts';
import { actionWords, attemptWords } from './action-words.ts';
import { type CallGroup, groupCalls } from './answer.ts';
import { normaliseEventName } from './event-name.ts';
import { isFailed } from './query/matches-query.ts';
import type { TrailRecord } from './record.ts';
import { tellingNames } from './telling-names.ts';

const NAMES_TOLD_MAX = 4;

/** Event names that are one kind of doing: what they are counted as, and what stands before the object. */
const FAMILIES = [
  {
    names: /^(?:Authorize|Revoke)SecurityGroup(?:In|E)gress$|^ModifySecurityGroupRules$/,
    noun: 'security group rules',
  },
  { names: /NetworkAclEntry$/, noun: 'network ACL rules' },
  { names: /^(?:Create|Replace|Delete)Route$/, noun: 'routes' },
] as const;

/** Calls of one session in quick succession, told as one. */
export interface Burst {
  readonly newest: TrailRecord;
  readonly count: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** The newest call was refused or went wrong: an attempt, not a change. */
  readonly failed: boolean;
  /** "stopped", "changed 8 security group rules", "UpdateFoo ×6, PutBar", "tried to stop". */
  readonly action: string;
  /** What stands between the action and what it was done to. */
  readonly joint: ' ' | ' in ' | ' on ';
  /** Whether `action` says how many calls they were. */
  readonly tellsCount: boolean;
  /** The event names, each once, however many are told in `action`. */
  readonly eventNames: readonly string[];
  /** Each thing once, by its shortest name. */
  readonly names: readonly Untrusted[];
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
  const counts = countNames(records);
  return {
    newest,
    count: records.length,
    fromMs: Math.min(...times),
    toMs: Math.max(...times),
    failed: isFailed(newest),
    ...(isFailed(newest) ? attemptOf(counts) : actionOf(counts, records.length)),
    eventNames: [...counts.keys()],
    names: tellingNames(records),
    regions: [...new Set(records.map(({ region }) => region))],
  };
}

function countNames(records: readonly TrailRecord[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { eventName } of records) {
    const name = normaliseEventName(eventName);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

type Action = Pick<Burst, 'action' | 'joint' | 'tellsCount'>;

function actionOf(counts: ReadonlyMap<string, number>, total: number): Action {
  const names = [...counts.keys()];
  const words = names.length === 1 ? actionWords(names[0] ?? '') : null;
  if (words !== null) return { action: words, joint: ' ', tellsCount: false };
  const family = FAMILIES.find((row) => names.every((name) => row.names.test(name)));
  return family === undefined
    ? { action: nameList(counts), joint: ' on ', tellsCount: true }
    : { action: `changed ${total} ${family.noun}`, joint: ' in ', tellsCount: true };
}

function attemptOf(counts: ReadonlyMap<string, number>): Action {
  const words = counts.size === 1 ? attemptWords([...counts.keys()][0] ?? '') : null;
  return words === null
    ? { action: `tried ${nameList(counts)}`, joint: ' on ', tellsCount: true }
    : { action: `tried to ${words}`, joint: ' ', tellsCount: false };
}

/** "UpdateFoo ×6, PutBar and 2 more kinds": which calls they were is never hidden by their number. */
function nameList(counts: ReadonlyMap<string, number>): string {
  const names = [...counts].map(([name, count]) => (count === 1 ? name : `${name} ×${count}`));
  const hidden = names.length - NAMES_TOLD_MAX;
  const told = names.slice(0, NAMES_TOLD_MAX).join(', ');
  return hidden > 0 ? `${told} and ${hidden} more kinds` : told;
}
