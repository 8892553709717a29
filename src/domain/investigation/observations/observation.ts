import type { ObservationKind } from '../../incident/ranking.ts';
import type { TrailRecord } from '../../trail/record.ts';
import type { Change } from '../change-set.ts';
import type { Point } from '../point.ts';
import type { Scene } from '../scene.ts';

/** Something on record that is no change and says where the cause may lie. */
export interface Observation {
  readonly kind: ObservationKind;
  /** One sentence; names in it were chosen by others. */
  readonly statement: string;
  /** Who or what it was seen at; null where the record names none. */
  readonly thing: string | null;
  /** The records that show it, oldest first. */
  readonly eventIds: readonly string[];
  /** When it began. */
  readonly atMs: number;
  readonly points: readonly Point[];
}

export interface RankedObservation extends Observation {
  readonly score: number;
  readonly probability: number;
}

/** All that an observation is held against. */
export interface Sight {
  /** What was on record by then, in any order. */
  readonly records: readonly TrailRecord[];
  readonly scene: Scene;
  /** The changes that may explain it, best first, with their log-odds as causes. */
  readonly suspects: readonly { readonly lead: Change; readonly score: number }[];
}
