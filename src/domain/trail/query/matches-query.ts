import type { TrailRecord } from '../record.ts';
import { isAddressIn } from './address.ts';
import { isKindFlag, isOfAskedKind, mayBeOfAskedKind } from './asked-kind.ts';
import { isAmong, matchesPattern, wantedByVerbs } from './event-names.ts';
import { concernsPartOnly } from './makes-or-ends.ts';
import {
  asksForFailures,
  asksForOneRecord,
  type Condition,
  type Flag,
  type TrailQuery,
} from './query.ts';
import { resourceClassOf } from './resource-class.ts';
import { namesResource } from './resource-names.ts';
import { isWriteVerb, type VerbId } from './verbs.ts';

type Test<Key extends string> = Readonly<
  Record<Key, (record: TrailRecord, value: string) => boolean>
>;

/** How one filter reads one record. */
const CONDITION_TESTS: Test<Condition['key']> = {
  user: (record, value) => isByUser(record, value) || (/^root$/i.test(value) && isRoot(record)),
  role: ({ principal }, value) => isCalled(principal.roleName, value.replace(/^arn:.*\//i, '')),
  event: (record, value) => isAmong(record.eventName, [value]),
  source: (record, value) => matchesPattern(record.eventSource, fullSource(value)),
  resource: hasResource,
  name: (record, value) => hasResource(record, value) || isByUser(record, value),
  type: ({ resources }, value) => resources.some(({ type }) => isOfType(type, value)),
  key: (record, value) => isCalled(record.accessKeyId, value),
  ip: ({ sourceAddress }, value) => sourceAddress !== null && isAddressIn(sourceAddress, value),
  id: (record, value) => isCalled(record.eventId, value),
  account: (record, value) => isCalled(record.accountId, value),
  region: (record, value) => isCalled(record.region, value),
  error: (record, value) =>
    contains(record.errorCode, value) || contains(record.errorMessage, value),
  agent: (record, value) => contains(record.userAgent, value),
};

const DENIED = /access ?denied|unauthorized|not ?authorized|forbidden|failed authentication/i;

/** Who is behind a call is not always in its record: for `is:human` see `mayBeOfAskedKind`. */
const FLAG_TESTS: Readonly<
  Record<Exclude<Flag, 'human' | 'automation'>, (record: TrailRecord) => boolean>
> = {
  write: (record) => !record.readOnly,
  read: (record) => record.readOnly,
  error: isFailed,
  denied: isDenied,
  console: ({ channel }) => channel === 'console',
  root: isRoot,
};

/**
 * Whether a record is one the question is about, failed or not, or may be one once it is known who
 * is behind it. Its time is part of that.
 */
export function matchesQuery(query: TrailQuery, record: TrailRecord): boolean {
  return (
    record.atMs >= query.fromMs &&
    record.atMs <= query.toMs &&
    !(query.assumesWrites && record.readOnly) &&
    matchesVerbs(query, record) &&
    matchesConditions(query.conditions, record) &&
    query.flags.every(
      ({ flag, negated }) => isKindFlag(flag) || FLAG_TESTS[flag](record) !== negated,
    ) &&
    mayBeOfAskedKind(query, record)
  );
}

/** A matching record that answers the question by what it says itself: no older one is needed. */
export function isAnswer(query: TrailQuery, record: TrailRecord): boolean {
  return isOfAskedKind(query, record.principal.kind) && answerRank(query, record) === 'best';
}

/**
 * `best` answers the question; `second` answers it where nothing better is found; null only
 * belongs to the picture (a failed call, unless failures were asked for). For matching records.
 */
export function answerRank(query: TrailQuery, record: TrailRecord): 'best' | 'second' | null {
  if (isFailed(record) && !asksForFailures(query)) return null;
  if (!hasEveryName(query, record) || isAboutPart(query, record)) return 'second';
  // A finding about calls is no call: it answers where it was asked for, or nothing else does.
  if (record.category === 'insight') return asksForOneRecord(query) ? 'best' : 'second';
  const wanted = wantedByVerbs(query);
  if (wanted === null) return 'best';
  return wanted.first.some((names) => isAmong(record.eventName, names)) ? 'best' : 'second';
}

/** Of two names such as `checkout staging`, one often says where: what has both is rather meant. */
function hasEveryName({ conditions }: TrailQuery, record: TrailRecord): boolean {
  return conditions
    .filter(({ key, value, negated }) => {
      return !negated && (key === 'name' || key === 'resource') && resourceClassOf(value) === null;
    })
    .every(({ key, value }) => CONDITION_TESTS[key](record, value));
}

/** `type:` says which kind of thing is meant. */
function isAboutPart({ verbs, conditions }: TrailQuery, record: TrailRecord): boolean {
  const wanted = conditions.filter(({ negated }) => !negated);
  if (wanted.some(({ key }) => key === 'type')) return false;
  const names = wanted.filter(({ key }) => key === 'name' || key === 'resource');
  return names.length > 0 && names.every(({ value }) => concernsPartOnly(verbs, record, value));
}

function isRoot({ principal }: TrailRecord): boolean {
  return principal.roleName === null && /^root of (?:\d{12}|the account)$/.test(principal.label);
}

/** A failed sign-in has a message and no code. */
export function isFailed(record: TrailRecord): boolean {
  return record.errorCode !== null || record.errorMessage !== null;
}

/** AWS said no, as opposed to what went wrong for another reason. */
export function isDenied({
  errorCode,
  errorMessage,
}: Pick<TrailRecord, 'errorCode' | 'errorMessage'>): boolean {
  return DENIED.test(errorCode ?? errorMessage ?? '');
}

/** The event source of a service as people write it: `rds`, or in full. */
export function fullSource(value: string): string {
  return value.includes('.') || value.includes('*') ? value : `${value}.amazonaws.com`;
}

function matchesVerbs(query: TrailQuery, record: TrailRecord): boolean {
  const wanted = wantedByVerbs(query);
  if (wanted === null) return true;
  if (record.readOnly && query.verbs.every(isWriteVerb)) return false;
  if (query.verbs.every((verb) => isTheOtherOf(verb, record))) return false;
  return [...wanted.first, ...wanted.otherwise].some((names) => isAmong(record.eventName, names));
}

/** ECS deploys and scales with the same call; which one it was is in the parameters. */
function isTheOtherOf(verb: VerbId, { eventName, details }: TrailRecord): boolean {
  if (eventName !== 'UpdateService' || details.length === 0) return false;
  const has = (label: string): boolean => details.some((detail) => detail.label === label);
  const scales = has('desired');
  const deploys = has('task definition') || has('new deployment');
  if (verb === 'deployed') return scales && !deploys;
  return verb === 'scaled' && deploys && !scales;
}

function matchesConditions(conditions: readonly Condition[], record: TrailRecord): boolean {
  const holds = ({ key, value }: Condition): boolean => CONDITION_TESTS[key](record, value);
  const required = new Set(
    conditions.filter(({ negated }) => !negated).map((condition) => condition.key),
  );
  return (
    !conditions.some((condition) => condition.negated && holds(condition)) &&
    [...required].every((key) =>
      conditions.some(
        (condition) => condition.key === key && !condition.negated && holds(condition),
      ),
    )
  );
}

/** The whole name, or what stands before the `@` of an e-mail. */
function isByUser({ principal }: TrailRecord, value: string): boolean {
  return [principal.label, principal.userName, principal.sessionName].some(
    (name) => isCalled(name, value) || isCalled(name?.split('@')[0] ?? null, value),
  );
}

/** A detail counts too: some resources are recorded as nothing but a parameter. */
function hasResource({ resources, details }: TrailRecord, value: string): boolean {
  return (
    resources.some(({ name }) => namesResource(name, value)) ||
    details.some((detail) => namesResource(detail.value, value))
  );
}

function isOfType(type: string | null, value: string): boolean {
  return isCalled(type, value) || isCalled(type?.split('::').at(-1) ?? null, value);
}

function isCalled(text: string | null, wanted: string): boolean {
  return text !== null && matchesPattern(text, wanted);
}

function contains(text: string | null, wanted: string): boolean {
  return text !== null && matchesPattern(text, `*${wanted}*`);
}
