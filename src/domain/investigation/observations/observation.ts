import type { ObservationKind } from '../../incident/ranking.ts';
import type { Point } from '../point.ts';

/** Something on record that is no change and says where the cause may lie. */
export interface Observation {
  readonly kind: ObservationKind;
  /** One sentence; names in it were chosen by others. */
  readonly statement: string;
  /** Who or what it was seen at; null where the record names none. */
  readonly thing: string | null;
  /** The records that show it, oldest first; cut to the first twenty. */
  readonly eventIds: readonly string[];
  readonly eventCount: number;
  /** When it began. */
  readonly atMs: number;
  readonly points: readonly Point[];
}

export interface RankedObservation extends Observation {
  readonly score: number;
  readonly probability: number;
}
