import { type BroadTerm, broadFilter } from '../../domain/trail/query/broad-filter.ts';
import type { TrailQuery } from '../../domain/trail/query/query.ts';

/**
 * SQL for a superset of what matches, newest first. Of a record only `eventJson` is read: the
 * record as CloudTrail wrote it, where the other columns are maps and structs printed as text.
 */
export function buildStatement(
  query: TrailQuery,
  places: readonly BroadTerm[],
  store: { readonly id: string; readonly rowsMax: number },
): string {
  const conditions = [
    `eventTime >= '${timestampOf(Math.floor(query.fromMs / 1_000))}'`,
    `eventTime <= '${timestampOf(Math.ceil(query.toMs / 1_000))}'`,
    ...[...places, ...broadFilter(query)].map(conditionOf),
  ];
  return [
    'SELECT eventJson',
    `FROM ${store.id}`,
    `WHERE ${conditions.join('\nAND ')}`,
    'ORDER BY eventTime DESC',
    `LIMIT ${store.rowsMax}`,
  ].join('\n');
}

/** No pattern holds the quote that ends a text: they are made of letters, digits and a few signs. */
function conditionOf(term: BroadTerm): string {
  return term.kind === 'has'
    ? `regexp_like(eventJson, '(?i)(?:${term.patterns.join('|')})')`
    : `NOT regexp_like(eventJson, '(?i)${term.pattern}')`;
}

function timestampOf(seconds: number): string {
  return new Date(seconds * 1_000).toISOString().slice(0, 19).replace('T', ' ');
}
