import { type BroadTerm, broadFilter } from '../../domain/trail/query/broad-filter.ts';
import type { TrailQuery } from '../../domain/trail/query/query.ts';

export interface LogsQuery {
  readonly text: string;
  /** Whole seconds, both inclusive. */
  readonly startTime: number;
  readonly endTime: number;
}

export interface LogsWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * A Logs Insights query for a superset of what matches, newest first. A log event's own time may
 * be that of its delivery, so the window is `lagMs` longer than what is asked.
 */
export function buildLogsQuery(
  query: TrailQuery,
  places: readonly BroadTerm[],
  limits: { readonly rowsMax: number; readonly lagMs: number },
): LogsQuery {
  const terms = [...places, ...broadFilter(query)];
  const text = [
    'fields @message',
    ...terms.map((term) => `filter ${conditionOf(term)}`),
    'sort eventTime desc',
    `limit ${limits.rowsMax}`,
  ].join('\n| ');
  return {
    text,
    startTime: Math.floor(query.fromMs / 1_000),
    endTime: Math.ceil((query.toMs + limits.lagMs) / 1_000),
  };
}

function conditionOf(term: BroadTerm): string {
  return term.kind === 'has'
    ? `@message like /(?i)(?:${term.patterns.join('|')})/`
    : `@message not like /(?i)${term.pattern}/`;
}
