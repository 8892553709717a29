import type { VerbId } from './verbs.ts';

export const QUERY_LIMITS = {
  questionCharactersMax: 500,
  conditionsMax: 20,
  lookbackDefaultMs: 24 * 60 * 60_000,
  /** One record is found by its id with one call, however old it is. */
  lookbackOfIdMs: 90 * 24 * 60 * 60_000,
} as const;

export const FILTER_KEYS = [
  'user',
  'role',
  'event',
  'source',
  'resource',
  'type',
  'key',
  'ip',
  'id',
  'account',
  'region',
  'error',
  'agent',
] as const;

export type FilterKey = (typeof FILTER_KEYS)[number];

export const FLAGS = [
  'write',
  'read',
  'error',
  'denied',
  'console',
  'root',
  'human',
  'automation',
] as const;

export type Flag = (typeof FLAGS)[number];

/** Where calls are recorded, as `in:` names it. */
export const PLACES = ['event-history', 'logs-insights', 'lake', 'files'] as const;

export type Place = (typeof PLACES)[number];

/** How people write them behind `in:`; the first is how we write it. */
export const PLACE_WORDS = {
  'event-history': ['history', 'event-history', 'events', 'lookup'],
  'logs-insights': ['logs', 'cloudwatch', 'cloudwatch-logs', 'logs-insights', 'log-group'],
  lake: ['lake', 'cloudtrail-lake', 'event-data-store'],
  files: ['files', 'file'],
} as const satisfies Readonly<Record<Place, readonly [string, ...string[]]>>;

/** What AWS calls them. */
export const PLACE_NAMES = {
  'event-history': 'Event history',
  'logs-insights': 'CloudWatch Logs',
  lake: 'CloudTrail Lake',
  files: 'exported files',
} as const satisfies Readonly<Record<Place, string>>;

/** `name` is a bare word that is a resource's name or a user's: either will do. */
export interface Condition {
  readonly key: FilterKey | 'name';
  /** As typed; compared without regard to case. */
  readonly value: string;
  readonly negated: boolean;
}

/**
 * A question as it was understood. Conditions with the same key are alternatives, those with
 * different keys must all hold, negated ones must none hold; all flags must hold.
 */
export interface TrailQuery {
  /** Alternatives; empty: any call. */
  readonly verbs: readonly VerbId[];
  readonly conditions: readonly Condition[];
  readonly flags: readonly { readonly flag: Flag; readonly negated: boolean }[];
  /** Nothing said what kind of call, so reads are left out: they would bury the answer. */
  readonly assumesWrites: boolean;
  /** Both inclusive. */
  readonly fromMs: number;
  readonly toMs: number;
  /** False when no `since` or `until` was given. */
  readonly hasWindow: boolean;
  /** Where it must be searched; null: wherever it is answered best. */
  readonly place: Place | null;
}

export interface QueryError {
  readonly kind: 'error';
  /** For the person who asked: what is wrong and how to write it. */
  readonly sentence: string;
  /** The part of the question it is about, as offsets; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  /** The whole question as it was probably meant, ready to be asked. */
  readonly suggestion: string | null;
}

export type QueryResult = { readonly kind: 'query'; readonly query: TrailQuery } | QueryError;

export function valuesOf(query: TrailQuery, key: Condition['key']): readonly string[] {
  return query.conditions
    .filter((condition) => condition.key === key && !condition.negated)
    .map((condition) => condition.value);
}

export function hasFlag(query: TrailQuery, flag: Flag): boolean {
  return query.flags.some((row) => row.flag === flag && !row.negated);
}

/** How far back a question without a beginning reaches. */
export function lookbackOf(
  conditions: readonly Condition[],
  { lookbackMaxMs }: { readonly lookbackMaxMs: number | null },
): number {
  const { lookbackDefaultMs, lookbackOfIdMs } = QUERY_LIMITS;
  const asksForId = conditions.some(({ key, negated }) => key === 'id' && !negated);
  return asksForId ? Math.min(lookbackOfIdMs, lookbackMaxMs ?? lookbackOfIdMs) : lookbackDefaultMs;
}

/** By its event id: everything about it is told. */
export function asksForOneRecord(query: TrailQuery): boolean {
  return valuesOf(query, 'id').length > 0;
}

/** Failed calls are not changes: they answer only a question that asks for them. */
export function asksForFailures(query: TrailQuery): boolean {
  return (
    hasFlag(query, 'error') ||
    hasFlag(query, 'denied') ||
    query.conditions.some(({ key, negated }) => !negated && (key === 'error' || key === 'id'))
  );
}
