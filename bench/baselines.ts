import type { Alarm } from '../src/domain/alarm/alarm.ts';
import { type ChangeSet, findChangeSets } from '../src/domain/investigation/change-set.ts';
import { nameForms } from '../src/domain/investigation/name-forms.ts';
import type { Onset } from '../src/domain/investigation/onset.ts';
import type { TrailRecord } from '../src/domain/trail/record.ts';

const DAY_MS = 24 * 3_600_000;
/** Of two: as much for the time as for the thing. */
const LIKELY_MIN = 1.5;

/** A simple way to rank the same change sets, by the same onset. */
export interface Baseline {
  readonly name: string;
  /** Best first; a set that it calls likely says so. */
  rank(sets: readonly ChangeSet[], onset: Onset): readonly RankedSet[];
}

export interface RankedSet {
  readonly eventIds: readonly string[];
  readonly isLikely: boolean;
}

/** What people do by hand, and what simple tools do. None of them ever says that it does not know. */
export const BASELINES: readonly Baseline[] = [
  {
    name: 'the most recent change before the onset',
    rank: (sets) => sets.toSorted(byRecency).map((set, index) => rankedSet(set, index === 0)),
  },
  {
    name: 'the most recent one on what the alarm names',
    rank: (sets, onset) => {
      const named = formsOf(onset.episodes.map(({ alarm }) => alarm));
      return sets
        .map((set) => ({ set, isSame: touches(set, named) }))
        .sort((a, b) => Number(b.isSame) - Number(a.isSame) || byRecency(a.set, b.set))
        .map(({ set, isSame }, index) => rankedSet(set, isSame && index === 0));
    },
  },
  {
    name: 'linear decay over 24 hours, and whether the alarm names it',
    rank: (sets, onset) => {
      const named = formsOf(onset.episodes.map(({ alarm }) => alarm));
      return sets
        .map((set) => {
          const decay = Math.max(0, 1 - (onset.earliestMs - set.toMs) / DAY_MS);
          return { set, score: decay + Number(touches(set, named)) };
        })
        .sort((a, b) => b.score - a.score || byRecency(a.set, b.set))
        .map(({ set, score }, index) => rankedSet(set, index === 0 && score >= LIKELY_MIN));
    },
  },
];

/** Those that could have caused it: before the datapoint that breached was complete. */
export function setsBefore(records: readonly TrailRecord[], onset: Onset): readonly ChangeSet[] {
  return findChangeSets(records.filter(({ atMs }) => atMs <= onset.latestMs));
}

function byRecency(a: ChangeSet, b: ChangeSet): number {
  return b.toMs - a.toMs;
}

function rankedSet({ changes }: ChangeSet, isLikely: boolean): RankedSet {
  return { eventIds: changes.map(({ record }) => record.eventId), isLikely };
}

function formsOf(alarms: readonly Alarm[]): ReadonlySet<string> {
  return new Set(
    alarms.flatMap(({ dimensions }) => dimensions.flatMap(({ value }) => nameForms(value))),
  );
}

function touches({ changes }: ChangeSet, named: ReadonlySet<string>): boolean {
  return changes.some(({ record }) =>
    record.resources.some(({ name }) => nameForms(name).some((form) => named.has(form))),
  );
}
