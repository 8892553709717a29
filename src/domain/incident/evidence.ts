import type { Alarm, AlarmTransition } from '../alarm/alarm.ts';
import type { Coverage } from '../coverage.ts';
import type { TrailRecord } from '../trail/record.ts';

interface EvidenceBase {
  readonly evidenceId: string;
  /** The gathering it came from; null when a person attached it. */
  readonly gatheringId: string | null;
  readonly coverage: Coverage;
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
    })
  | (EvidenceBase & {
      /** The answer to a `/trail` question that somebody attached. */
      readonly kind: 'lookup';
      readonly question: string;
      readonly records: readonly TrailRecord[];
    });
