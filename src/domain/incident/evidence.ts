import type { Alarm, AlarmTransition } from '../alarm/alarm.ts';
import type { Coverage } from '../coverage.ts';
import type { TrailRecord } from '../trail/record.ts';
import type { Untrusted } from '../untrusted.ts';
import type { FixWrites } from './fix-writes.ts';

interface EvidenceBase {
  readonly evidenceId: string;
  /** The gathering it came from; null when a person attached it. */
  readonly gatheringId: string | null;
  readonly coverage: Coverage;
}

/** What the person who was asked about a call may say. */
export type StatementVerdict = 'planned' | 'mistake' | 'not-me';

export interface StatementAnswer {
  /** Null: so far they have only written something. */
  readonly verdict: StatementVerdict | null;
  readonly comment: string | null;
  readonly atMs: number;
}

/**
 * What the person behind a call says about it: "was this you, and was it expected?" It shows what
 * they said, never what was so.
 */
export interface Statement extends EvidenceBase {
  readonly kind: 'statement';
  /** Whom AWS recorded; the Slack person was chosen or confirmed by whoever asked. */
  readonly recordedAs: Untrusted;
  readonly personId: string;
  readonly askedBy: string;
  readonly askedAtMs: number;
  readonly question: string;
  /** The one call it is about. */
  readonly records: readonly TrailRecord[];
  /** The latest; earlier ones are in the log. Null as long as there is none. */
  readonly answer: StatementAnswer | null;
}

/**
 * One card's worth of evidence. A later version of the same `evidenceId` replaces the earlier
 * (pages arrive one after another). Lists are cut to `LIMITS`; the coverage keeps the real counts.
 */
export type Evidence =
  | (EvidenceBase & {
      readonly kind: 'alarms';
      readonly alarms: readonly Alarm[];
      readonly transitions: readonly AlarmTransition[];
    })
  | (EvidenceBase & {
      /** Successful writes, newest first. */
      readonly kind: 'changes';
      readonly records: readonly TrailRecord[];
      /** Set where it shows what was written while a plan was carried out. */
      readonly fix?: FixWrites | undefined;
    })
  | (EvidenceBase & {
      /** The answer to a `/trail` question that somebody attached. */
      readonly kind: 'lookup';
      readonly question: string;
      readonly records: readonly TrailRecord[];
    })
  | Statement;

/** The calls on one card; none on a card of alarms. */
export function recordsOf(row: Evidence): readonly TrailRecord[] {
  return row.kind === 'alarms' ? [] : row.records;
}

/** Those of these calls that are on record, each once, in the order of the ids. */
export function recordsBehind(
  evidence: readonly Evidence[],
  eventIds: readonly string[],
): readonly TrailRecord[] {
  const byId = new Map(evidence.flatMap(recordsOf).map((record) => [record.eventId, record]));
  return eventIds.flatMap((eventId) => byId.get(eventId) ?? []);
}
