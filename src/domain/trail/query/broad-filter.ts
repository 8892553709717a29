import { wantedByVerbs } from './event-names.ts';
import { fullSource } from './matches-query.ts';
import { hasFlag, type TrailQuery, valuesOf } from './query.ts';
import { isWriteVerb } from './verbs.ts';

/**
 * What the text of a record's JSON must hold, one of several, or must not. All are regular
 * expressions without regard to case, in the few signs that every dialect reads alike.
 */
export type BroadTerm =
  | { readonly kind: 'has'; readonly patterns: readonly string[] }
  | { readonly kind: 'lacks'; readonly pattern: string };

/** What stands between quotes in JSON, as it is or escaped; words of a query are never more. */
const KEPT = /[A-Za-z0-9_@:,= -]/;
const ANY_SIGN = '.{1,6}';
const ANY_RUN = '.*';
const WRITES: BroadTerm = { kind: 'lacks', pattern: flagPattern('true') };
const READS: BroadTerm = { kind: 'lacks', pattern: flagPattern('false') };
const FAILURES = ['"errorCode"', '"errorMessage"'] as const;

/**
 * Terms that hold for every record that matches the question, and for few others. For stores that
 * search text: services and people spell names in many ways, so `matchesQuery` has the last word.
 */
export function broadFilter(query: TrailQuery): readonly BroadTerm[] {
  return [
    ...kindTerms(query),
    anyOf(valuesOf(query, 'event').map((name) => namedPattern('eventName', name))),
    anyOf(namesOfVerbs(query).map((name) => namedPattern('eventName', name))),
    anyOf(valuesOf(query, 'source').map((value) => namedPattern('eventSource', fullSource(value)))),
    anyOf(valuesOf(query, 'resource').map((value) => patternOf(lastPiece(value)))),
    anyOf(valuesOf(query, 'name').flatMap((value) => [patternOf(lastPiece(value)), wordOf(value)])),
    anyOf(valuesOf(query, 'ip').map(addressPattern)),
    anyOf(valuesOf(query, 'role').map((value) => wordOf(lastPiece(value)))),
    ...(['user', 'error', 'agent'] as const).map((key) => anyOf(valuesOf(query, key).map(wordOf))),
    ...(['key', 'id', 'account', 'region'] as const).map((key) =>
      anyOf(valuesOf(query, key).map(patternOf)),
    ),
  ].filter((term) => term !== null);
}

/** Text as a pattern: signs that JSON may escape or a dialect may read otherwise become any sign. */
export function patternOf(text: string): string | null {
  const pieces = text.match(/[A-Za-z0-9_@:,= -]+|[^A-Za-z0-9_@:,= -]+/g) ?? [];
  const pattern = pieces
    .map((piece) =>
      KEPT.test(piece) ? piece : piece.length > 1 || piece === '*' ? ANY_RUN : ANY_SIGN,
    )
    .join('');
  return /[A-Za-z0-9]/.test(pattern.replaceAll(ANY_SIGN, '')) ? pattern : null;
}

function kindTerms(query: TrailQuery): readonly (BroadTerm | null)[] {
  const isNot = (flag: string): boolean =>
    query.flags.some((row) => row.flag === flag && row.negated);
  const isWrites = query.verbs.length > 0 && query.verbs.every(isWriteVerb);
  return [
    query.assumesWrites || isWrites || hasFlag(query, 'write') || isNot('read') ? WRITES : null,
    hasFlag(query, 'read') || isNot('write') ? READS : null,
    hasFlag(query, 'error') || hasFlag(query, 'denied') ? anyOf(FAILURES) : null,
    hasFlag(query, 'root') ? anyOf(['root']) : null,
  ];
}

function namesOfVerbs(query: TrailQuery): readonly string[] {
  const wanted = wantedByVerbs(query);
  if (wanted === null) return [];
  return [...wanted.first, ...wanted.otherwise].flat().filter((name) => !name.startsWith('-'));
}

/** Null as soon as one alternative says nothing: then anything may match. */
function anyOf(patterns: readonly (string | null)[]): BroadTerm | null {
  const has = [...new Set(patterns.filter((pattern) => pattern !== null))];
  return has.length === 0 || patterns.includes(null) ? null : { kind: 'has', patterns: has };
}

/** The value begins so: a call's name may have an API's date behind it. */
function namedPattern(field: string, name: string): string | null {
  const pattern = patternOf(name);
  return pattern === null ? null : `"${field}"\\s*:\\s*"${pattern}`;
}

/** The record's own flag, by what CloudTrail writes behind it: parameters may be called so too. */
function flagPattern(value: 'true' | 'false'): string {
  return `"readOnly"\\s*:\\s*"?${value}"?\\s*,\\s*"(?:resources|eventType|managementEvent)"`;
}

/** What is in every spelling of a resource: its name behind all that leads to it. */
function lastPiece(name: string): string {
  const plain = /^arn:/i.test(name) ? name.replace(/(:secret:.+)-[A-Za-z0-9]{6}$/i, '$1') : name;
  return plain.split(/[/:]/).findLast((piece) => piece !== '') ?? '';
}

/** The longest word: some labels are put together from several fields, with words of our own. */
function wordOf(text: string): string | null {
  const words = text.split(/[^A-Za-z0-9_@.,=-]+/);
  return patternOf(words.reduce((a, b) => (b.length > a.length ? b : a), ''));
}

/** IPv6 has many spellings; of an IPv4 range, the octets that all its addresses begin with. */
function addressPattern(value: string): string | null {
  const [address = '', bits = '32'] = value.split('/');
  if (!/^[\d.]+$/.test(address)) return null;
  const octets = address.split('.').slice(0, Math.floor(Number(bits) / 8));
  return octets.length === 0 ? null : patternOf(octets.join('.'));
}

/** Where a record is from: of one of these Regions and, where all are known, accounts. */
export function placeTerms(
  targets: readonly { readonly accountId: string | null; readonly region: string }[],
): readonly BroadTerm[] {
  const regions = targets.map(({ region }) => patternOf(region));
  const accounts = targets.map(({ accountId }) => accountId && patternOf(accountId));
  const known = regions.map((region) => region && `"awsRegion"\\s*:\\s*"${region}"`);
  return [anyOf(known), anyOf(accounts)].filter((term) => term !== null);
}
