import { recordedNames, wantedByVerbs } from './event-names.ts';
import { fullSource } from './matches-query.ts';
import { hasFlag, type TrailQuery, valuesOf } from './query.ts';
import { candidateNames, type Place } from './resource-names.ts';
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
    | 'ResourceType'
    | 'Username';
  readonly value: string;
}

/** Whatever these return still has to pass `matchesQuery`. */
export interface CompletePlan {
  /** Every record that matches is among what these return; null is a lookup without an attribute. */
  readonly attributes: readonly (LookupAttribute | null)[];
  /** The same in other words: many lookups that return little, worth it where `attributes` return much. */
  readonly fanOut: readonly LookupAttribute[] | null;
}

const LIMITS = {
  /** One page each is read in any case: with more, reading all writes may well be shorter. */
  lookupsMax: 8,
  /** Ids and keys return next to nothing each, so that all that a question can hold are looked up. */
  exactLookupsMax: 20,
  fanOutMax: 40,
} as const;

/** Written as CloudTrail writes names: `STOPINSTANCES` is found by no lookup, only by comparing. */
const EXACT_NAME = /^[A-Z][a-z]+[A-Z][A-Za-z0-9_]*$|^(?:(?:De|En)crypt|Invoke|(?:Uns|S)ubscribe)$/;

/** How the question can be answered without missing anything. */
export function completeLookups(query: TrailQuery): CompletePlan {
  const exact =
    byValue('EventId', lowered(valuesOf(query, 'id')), LIMITS.exactLookupsMax) ??
    byValue('AccessKeyId', raised(valuesOf(query, 'key')), LIMITS.exactLookupsMax);
  if (exact !== null) return { attributes: exact, fanOut: null };
  const names = byEventName(query);
  if (names !== null && names.length <= LIMITS.lookupsMax) {
    return { attributes: names, fanOut: null };
  }
  return { attributes: bySource(query) ?? [scan(query)], fanOut: names };
}

/**
 * Lookups that return little and probably the answer. CloudTrail indexes resources and users under
 * spellings of its own, and many not at all, so these may miss some. Empty: there are none, or
 * the complete ones are as good.
 */
export function selectiveLookups(query: TrailQuery, place: Place): readonly LookupAttribute[] {
  if (valuesOf(query, 'id').length > 0 || valuesOf(query, 'key').length > 0) return [];
  return byResource(query, place) ?? byUser(query) ?? byType(query) ?? [];
}

function byResource(query: TrailQuery, place: Place): readonly LookupAttribute[] | null {
  const resources = valuesOf(query, 'resource');
  const names = valuesOf(query, 'name');
  const wanted = resources.length > 0 ? resources : names;
  const isRole = query.verbs.includes('assumed');
  return limited(
    [
      ...wanted
        .flatMap((name) => candidateNames(name, { ...place, isRole }))
        .map((value) => attribute('ResourceName', value)),
      ...(resources.length > 0 ? [] : names.map((value) => attribute('Username', value))),
    ],
    LIMITS.lookupsMax,
  );
}

/** People write user names as they like; CloudTrail has them as they were made, mostly in lower case. */
function byUser(query: TrailQuery): readonly LookupAttribute[] | null {
  const users = valuesOf(query, 'user');
  const asked = users.length === 0 && hasFlag(query, 'root') ? ['root'] : users;
  return limited(
    [...asked, ...lowered(asked)].map((value) => attribute('Username', value)),
    LIMITS.lookupsMax,
  );
}

function byType(query: TrailQuery): readonly LookupAttribute[] | null {
  const types = valuesOf(query, 'type').filter((type) => type.includes('::'));
  return limited(
    types.map((value) => attribute('ResourceType', value)),
    LIMITS.lookupsMax,
  );
}

/** By every spelling of every name, where all of them are known to the letter. */
function byEventName(query: TrailQuery): readonly LookupAttribute[] | null {
  const asked = valuesOf(query, 'event');
  const verbs = wantedByVerbs(query);
  const byVerb = verbs === null ? [] : [...verbs.first, ...verbs.otherwise].flat();
  const names = asked.length > 0 ? asked : byVerb;
  if (!names.every((name) => EXACT_NAME.test(name))) return null;
  const attributes = names.flatMap(recordedNames).map((value) => attribute('EventName', value));
  return limited(attributes, LIMITS.fanOutMax);
}

function bySource(query: TrailQuery): readonly LookupAttribute[] | null {
  const sources = lowered(valuesOf(query, 'source').map(fullSource));
  return byValue('EventSource', sources, LIMITS.lookupsMax);
}

function scan(query: TrailQuery): LookupAttribute | null {
  const isWrites =
    query.assumesWrites ||
    hasFlag(query, 'write') ||
    (query.verbs.length > 0 && query.verbs.every(isWriteVerb));
  if (isWrites) return attribute('ReadOnly', 'false');
  return hasFlag(query, 'read') ? attribute('ReadOnly', 'true') : null;
}

/** Null when a value is not one to be matched whole. */
function byValue(
  key: LookupAttribute['key'],
  values: readonly string[],
  lookupsMax: number,
): readonly LookupAttribute[] | null {
  if (values.some((value) => value.includes('*'))) return null;
  return limited(
    values.map((value) => attribute(key, value)),
    lookupsMax,
  );
}

/** Each once; null when there is none, or more than it is worth. */
function limited(
  attributes: readonly LookupAttribute[],
  lookupsMax: number,
): readonly LookupAttribute[] | null {
  const unique = [
    ...new Map(attributes.map((row) => [`${row.key} ${row.value}`, row])).values(),
  ].filter((row) => !row.value.includes('*'));
  return unique.length === 0 || unique.length > lookupsMax ? null : unique;
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

const WORDS = {
  AccessKeyId: 'access key',
  EventId: 'event id',
  EventName: 'event name',
  EventSource: 'service',
  ReadOnly: 'all writes',
  ResourceName: 'resource',
  ResourceType: 'resource type',
  Username: 'user name',
} as const satisfies Record<LookupAttribute['key'], string>;

/** What was looked up, in words. */
export function lookupWords(attribute: LookupAttribute | null): string {
  if (attribute === null) return 'all calls';
  const isReads = attribute.key === 'ReadOnly' && attribute.value === 'true';
  return isReads ? 'all reads' : WORDS[attribute.key];
}
