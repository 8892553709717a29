import type { Alarm, AlarmTransition } from '../alarm/alarm.ts';
import type { TrailRecord } from '../trail/record.ts';
import { mainThing } from './change-index.ts';
import { type Change, type ChangeSet, findChangeSets } from './change-set.ts';
import type { Failure } from './failures.ts';
import { isDoneByAws } from './observations/aws-event.ts';
import type { RankedObservation } from './observations/observation.ts';
import { rankObservations } from './observations/rank-observations.ts';
import { findOnset, type Onset } from './onset.ts';
import type { Point } from './point.ts';
import { createScene, type Scene } from './scene.ts';
import { scoreChange } from './score-change.ts';
import type { Symptom } from './symptom.ts';
import { NOTHING_BY_SYMPTOM, SETS, WEIGHTS } from './weights.ts';

/** Far more than are ever told. */
const SUSPECTS_MAX = 100;

export interface Suspect {
  readonly set: ChangeSet;
  /** The change of the set that speaks most for it. */
  readonly lead: Change;
  readonly points: readonly Point[];
  readonly score: number;
  readonly probability: number;
}

export interface Investigation {
  readonly onset: Onset | null;
  readonly symptoms: readonly Symptom[];
  /** Likeliest first; of a hundred thousand changes the first hundred. */
  readonly suspects: readonly Suspect[];
  /** That nothing in coverage explains it. */
  readonly nothing: { readonly probability: number; readonly points: readonly Point[] };
  /** What was seen that is no change and hints at a cause that is not on record; likeliest first. */
  readonly observations: readonly RankedObservation[];
  /** Calls of programs that fail since the trouble began. */
  readonly failures: readonly Failure[];
}

export interface InvestigationInput {
  readonly records: readonly TrailRecord[];
  readonly alarms: readonly Alarm[];
  readonly transitions: readonly AlarmTransition[];
  readonly nowMs: number;
}

/** What changed before the trouble began, ranked by how well it explains it. Pure: same in, same out. */
export function investigate(input: InvestigationInput): Investigation {
  const onset = findOnset(input.alarms, input.transitions, input.nowMs);
  if (onset === null) {
    const points = [{ weight: 0, words: 'no alarm went off, so there is no onset to explain' }];
    const nothing = { probability: 1, points };
    return { onset: null, symptoms: [], suspects: [], nothing, observations: [], failures: [] };
  }
  const sets = findChangeSets(input.records.filter(({ atMs }) => atMs <= onset.latestMs));
  const scene = createScene(input, onset, sets);
  // Kept for every change, the reasons would take more memory than the changes.
  const scored = sets
    .filter(({ changes }) => !changes.every(isDoneByAws))
    .map((set) => ({ set, score: scoreSet(set, scene).score }))
    .sort(byScore);
  const suspects = scored.slice(0, SUSPECTS_MAX).map(({ set }) => scoreSet(set, scene));
  const records = input.records.filter(({ atMs }) => atMs <= input.nowMs);
  const seen = rankObservations({ records, scene, suspects }, nothingPoints(scene));
  const oddsOf = (score: number) => Math.exp(SETS.sharpness * score);
  const rest = [...seen.observations, { score: sum(seen.nothing) }];
  const total = [...scored, ...rest].reduce((all, { score }) => all + oddsOf(score), 0);
  const withProbability = <T extends { readonly score: number }>(row: T) => ({
    ...row,
    probability: oddsOf(row.score) / total,
  });
  return {
    onset,
    symptoms: scene.symptoms,
    suspects: suspects.map(withProbability),
    nothing: { probability: oddsOf(sum(seen.nothing)) / total, points: seen.nothing },
    observations: seen.observations.map(withProbability),
    failures: scene.failures,
  };
}

function scoreSet(set: ChangeSet, scene: Scene): Omit<Suspect, 'probability'> {
  const scored = set.changes.map((change) => {
    const points = scoreChange(change, scene);
    return { change, points, score: WEIGHTS.prior + sum(points) };
  });
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a));
  const points = [...best.points, ...setPoints(scored)];
  const { record } = best.change;
  const lead = { record, kind: scene.refine(best.change) };
  return { set, lead, points, score: WEIGHTS.prior + sum(points) };
}

/** A run of a hundred changes holds one that fits by chance; several that fit are no chance. */
function setPoints(
  scored: readonly { readonly change: Change; readonly score: number }[],
): readonly Point[] {
  if (scored.length === 1) return [];
  const most = scored.reduce((max, { score }) => Math.max(max, score), 0);
  const fitting = scored.filter(({ score }) => score > 0 && score >= most - SETS.near);
  // Three calls that deploy one function are one change.
  const things = new Set(fitting.map(({ change }) => mainThing(change.record)));
  const tried = { weight: -SETS.perDoubling * Math.log2(scored.length), words: '' };
  const words = `it is one of ${scored.length} changes made in one go`;
  const together = {
    weight: Math.min(SETS.togetherMost, SETS.together * Math.max(0, things.size - 1)),
    words: 'other changes made in the same go fit as well',
  };
  return [{ ...tried, words }, together].filter(({ weight }) => weight !== 0);
}

function nothingPoints({ symptoms }: Scene): readonly Point[] {
  const extra = symptoms.map((symptom) => NOTHING_BY_SYMPTOM[symptom] ?? 0);
  const most = extra.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0);
  const words = most > 0 ? 'such symptoms often come without a change' : 'somebody made these';
  const points = [
    { weight: WEIGHTS.nothing, words: 'many incidents are no change on record at all' },
    { weight: most, words },
  ];
  return points.filter(({ weight }) => weight !== 0);
}

function sum(points: readonly Point[]): number {
  return points.reduce((total, { weight }) => total + weight, 0);
}

function byScore(
  a: { score: number; set: ChangeSet },
  b: { score: number; set: ChangeSet },
): number {
  return b.score - a.score || b.set.toMs - a.set.toMs;
}
