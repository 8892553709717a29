import type { ChangeClass } from '../investigation/change-class.ts';
import type { Likelihood } from '../investigation/hypotheses.ts';
import type { PrincipalKind } from '../trail/record.ts';
import type { Untrusted } from '../untrusted.ts';

/** What the bot's own reasoning makes of one explanation (docs/ranking.md). */
export interface Assessment {
  /** 0 to 1; of all explanations together at most 1. */
  readonly probability: number;
  readonly likelihood: Likelihood;
  /** The points of its score in words, weightiest first; names in them were chosen by others. */
  readonly for: readonly string[];
  readonly against: readonly string[];
}

/** What to do about it, as far as the kind of cause tells. Nothing of it is done by the bot. */
export interface Suggestion {
  /** How to find out, ideally only by reading. */
  readonly test: string;
  readonly solution: string;
  readonly risk: string;
  readonly rollback: string;
}

/** What was seen that is no change: it hints at a cause that is not on record. */
export const OBSERVATION_KINDS = [
  'denied-calls',
  'limit-reached',
  'no-capacity',
  'failing-calls',
  'unusual-rate',
  'suspicious-identity',
  'aws-event',
] as const;

export type ObservationKind = (typeof OBSERVATION_KINDS)[number];

export type Cause =
  | {
      readonly kind: 'change';
      readonly changeClass: ChangeClass;
      /** The change that speaks most for it first; cut to `RANKING_LIMITS`. */
      readonly eventIds: readonly string[];
      readonly eventCount: number;
      readonly actor: { readonly label: Untrusted; readonly kind: PrincipalKind };
      /** When the change that speaks most for it was made; where a graph marks it. */
      readonly atMs: number;
      readonly accountId: string | null;
      readonly region: string;
    }
  | {
      readonly kind: 'observation';
      readonly observation: ObservationKind;
      readonly eventIds: readonly string[];
      readonly eventCount: number;
      /** When it began. */
      readonly atMs: number;
    };

export interface RankedCause {
  /** Becomes the id of the hypothesis. Made from the first event's id, so that it is the same again. */
  readonly causeId: string;
  /** One sentence; names in it were chosen by others. */
  readonly statement: string;
  readonly cause: Cause;
  readonly assessment: Assessment;
  readonly suggestion: Suggestion | null;
}

/** When it really began, as far as the alarms can tell. */
export interface RankedOnset {
  /** Between these two the first datapoint breached. */
  readonly earliestMs: number;
  readonly latestMs: number;
  /** When the last of the alarms began to breach; null for rankings that did not keep it. */
  readonly spreadToMs: number | null;
  /** The alarms that tell it, first breach first; names were chosen by others. */
  readonly alarms: readonly { readonly name: Untrusted; readonly breachedFromMs: number }[];
  readonly flapping: readonly Untrusted[];
  readonly stale: readonly Untrusted[];
}

/** Why it was ranked (again). */
export type RankingOccasion =
  | 'gathering'
  | 'late-events'
  | 'attached-evidence'
  | 'statement'
  | 'alarms';

/** The explanations of an incident as the evidence stands, best first. */
export interface Ranking {
  readonly gatheringId: string | null;
  readonly occasion: RankingOccasion;
  /** More pages are still to come. */
  readonly isPartial: boolean;
  readonly onset: RankedOnset | null;
  readonly causes: readonly RankedCause[];
  /** Hypothesis 0: nothing in what was covered explains it. */
  readonly nothing: Assessment;
  /** What it rests on. */
  readonly basis: {
    readonly recordCount: number;
    readonly alarmCount: number;
    readonly fromMs: number;
    readonly toMs: number;
    /** Our own words: what was not or could not be looked at. */
    readonly gaps: readonly string[];
  };
}

/** How the likelihood of one hypothesis moved; `from` null: it is new. */
export interface Move {
  readonly hypothesisId: string;
  readonly from: number | null;
  readonly to: number;
}

export const RANKING_LIMITS = {
  causesMax: 15,
  /** What is less likely than this is not put before people unless it was before. */
  probabilityMin: 0.05,
  /** Shown even below the best few: what was found late may be the cause. */
  strongProbabilityMin: 0.3,
  proposedMax: 5,
  eventIdsMax: 20,
  suggestionCharactersMax: 600,
  pointsMax: 10,
  pointCharactersMax: 300,
  statementCharactersMax: 600,
  alarmsMax: 10,
  gapsMax: 12,
  /** A smaller move is noise, unless the word for it changes. */
  moveMin: 0.1,
} as const;
