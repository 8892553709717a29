import { recordedNames, wantedByVerbs } from './event-names.ts';
import { fullSource } from './matches-query.ts';
import { hasFlag, type TrailQuery, valuesOf } from './query.ts';
import { candidateNames } from './resource-names.ts';
import { isWriteVerb } from './verbs.ts';

/** The one attribute that LookupEvents takes; it matches whole values and minds their case. */
export interface LookupAttribute {
  readonly key:
    | 'AccessKeyId'
    | 'EventId'
    | 'EventName'
    | 'EventSource'
    | 'ReadOnly'
    | 'ResourceName'
    | 'Username';
  readonly value: string;
}

/** Lookups that belong together; null is a lookup without an attribute: every event. */
export interface LookupStage {
  /** What is looked up, in words. */
  readonly by: string;
  readonly attributes: readonly (LookupAttribute | null)[];
  /**
   * Whether every record that matches the question is among what these lookups return. Resources
   * and users are indexed by CloudTrail under spellings of its own, so for them it cannot be said.
   */
  readonly complete: boolean;
}

/** More lookups than this cost more than reading all writes: two a second is what AWS allows. */
const lookupsPerStageMax = 8;

/**
 * One or two stages, the most selective first; the last one is always complete. Whatever they
 * return still has to pass `matchesQuery`.
 */
export function planLookups(query: TrailQuery): readonly LookupStage[] {
  const exact = byValue('event id', 'EventId', lowered(valuesOf(query, 'id')));
  if (exact !== null) return [exact];
  const byKey = byValue('access key', 'AccessKeyId', raised(valuesOf(query, 'key')));
  if (byKey !== null) return [byKey];
  const last = byEventName(query) ?? bySource(query) ?? scan(query);
  const first = byResource(query) ?? byUser(query);
  return first === null ? [last] : [first, last];
}

function byResource(query: TrailQuery): LookupStage | null {
  const resources = valuesOf(query, 'resource');
  const names = valuesOf(query, 'name');
  const wanted = resources.length > 0 ? resources : names;
  const attributes = [
    ...wanted.flatMap(candidateNames).map((value) => attribute('ResourceName', value)),
    ...(resources.length > 0 ? [] : names.map((value) => attribute('Username', value))),
  ];
  return stage('resource', attributes, false);
}

function byUser(query: TrailQuery): LookupStage | null {
  const attributes = valuesOf(query, 'user').map((value) => attribute('Username', value));
  return stage('user', attributes, false);
}

/** By every spelling of every name, where all of them are known to the letter. */
function byEventName(query: TrailQuery): LookupStage | null {
  const asked = valuesOf(query, 'event');
  const verbs = wantedByVerbs(query);
  const byVerb = verbs === null ? [] : [...verbs.first, ...verbs.otherwise].flat();
  const names = asked.length > 0 ? asked : byVerb;
  if (!names.every((name) => /^[A-Z][a-z]*[A-Z][A-Za-z0-9_]*$/.test(name))) return null;
  const attributes = names.flatMap(recordedNames).map((value) => attribute('EventName', value));
  return stage('event name', attributes, true);
}

function bySource(query: TrailQuery): LookupStage | null {
  return byValue('service', 'EventSource', lowered(valuesOf(query, 'source').map(fullSource)));
}

function scan(query: TrailQuery): LookupStage {
  const isWrites =
    query.assumesWrites ||
    hasFlag(query, 'write') ||
    (query.verbs.length > 0 && query.verbs.every(isWriteVerb));
  if (isWrites) {
    return { by: 'all writes', attributes: [attribute('ReadOnly', 'false')], complete: true };
  }
  return hasFlag(query, 'read')
    ? { by: 'all reads', attributes: [attribute('ReadOnly', 'true')], complete: true }
    : { by: 'all calls', attributes: [null], complete: true };
}

/** Null when a value is not one to be matched whole. */
function byValue(
  by: string,
  key: LookupAttribute['key'],
  values: readonly string[],
): LookupStage | null {
  if (values.some((value) => value.includes('*'))) return null;
  return stage(
    by,
    values.map((value) => attribute(key, value)),
    true,
  );
}

function stage(
  by: string,
  attributes: readonly LookupAttribute[],
  complete: boolean,
): LookupStage | null {
  const unique = [
    ...new Map(attributes.map((row) => [`${row.key} ${row.value}`, row])).values(),
  ].filter((row) => !row.value.includes('*'));
  if (unique.length === 0 || unique.length > lookupsPerStageMax) return null;
  return { by, attributes: unique, complete };
}

/** Event ids and sources are recorded in lower case, access keys in upper case. */
function lowered(values: readonly string[]): readonly string[] {
  return values.map((value) => value.toLowerCase());
}

function raised(values: readonly string[]): readonly string[] {
  return values.map((value) => value.toUpperCase());
}

function attribute(key: LookupAttribute['key'], value: string): LookupAttribute {
  return { key, value };
}
