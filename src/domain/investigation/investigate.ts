import type { Alarm, AlarmTransition } from '../alarm/alarm.ts';
import { normaliseEventName } from '../trail/event-name.ts';
import type { TrailRecord } from '../trail/record.ts';
import { untrusted } from '../untrusted.ts';
import { type Change, type ChangeSet, findChangeSets } from './change-set.ts';
import { nameForms } from './name-forms.ts';
import { findOnset, type Onset } from './onset.ts';
import { type AlarmName, relate } from './relations.ts';
import { type Point, type Scene, scoreChange } from './score-change.ts';
import { type Symptom, symptomOf } from './symptom.ts';
import { NOTHING_BY_SYMPTOM, WEIGHTS } from './weights.ts';

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
  /** Likeliest first. */
  readonly suspects: readonly Suspect[];
  /** That nothing in coverage explains it. */
  readonly nothing: { readonly probability: number; readonly points: readonly Point[] };
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
    return { onset: null, symptoms: [], suspects: [], nothing: { probability: 1, points } };
  }
  const symptoms = [
    ...new Set(onset.episodes.map(({ alarm }) => symptomOf(alarm, stateThen(alarm)))),
  ];
  const scene = sceneOf(input, onset, symptoms);
  const before = findChangeSets(input.records.filter(({ atMs }) => atMs <= onset.latestMs));
  const scored = before.map((set) => scoreSet(set, scene)).sort(byScore);
  const nothing = nothingPoints(symptoms);
  const nothingWeight = Math.exp(sum(nothing));
  const total = scored.reduce((all, { score }) => all + Math.exp(score), nothingWeight);
  return {
    onset,
    symptoms,
    suspects: scored.map((suspect) => ({
      ...suspect,
      probability: Math.exp(suspect.score) / total,
    })),
    nothing: { probability: nothingWeight / total, points: nothing },
  };
}

function stateThen(alarm: Alarm): Alarm['state'] {
  return alarm.state === 'INSUFFICIENT_DATA' ? 'INSUFFICIENT_DATA' : 'ALARM';
}

function scoreSet(set: ChangeSet, scene: Scene): Omit<Suspect, 'probability'> {
  const scored = set.changes.map((change) => {
    const points = scoreChange(change, scene);
    return { change, points, score: WEIGHTS.prior + sum(points) };
  });
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a));
  return { set, lead: best.change, points: best.points, score: best.score };
}

function nothingPoints(symptoms: readonly Symptom[]): readonly Point[] {
  const extra = symptoms.map((symptom) => NOTHING_BY_SYMPTOM[symptom] ?? 0);
  const most = extra.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0);
  return [
    { weight: WEIGHTS.nothing, words: 'many incidents are no change on record at all' },
    ...(most === 0 ? [] : [{ weight: most, words: 'such symptoms often come without a change' }]),
  ];
}

function sceneOf(
  { records, nowMs }: InvestigationInput,
  onset: Onset,
  symptoms: readonly Symptom[],
): Scene {
  const known = records.filter(({ atMs }) => atMs <= nowMs);
  const names = onset.episodes.flatMap(({ alarm }) => namesOf(alarm));
  const words = onset.episodes.flatMap(({ alarm }) => [
    alarm.name,
    ...alarm.dimensions.map(({ value }) => value),
    ...(isOwn(alarm) ? [alarm.namespace ?? '', alarm.metric ?? ''] : []),
  ]);
  return {
    onset,
    symptoms,
    relations: relate(known, names, words),
    perDay: createHabits(known, onset),
    undoneBy: createUndone(known, onset),
  };
}

function isOwn({ namespace }: Alarm): boolean {
  return namespace !== null && !/^AWS\/|^CloudTrailMetrics$|Insights$|^CWAgent$/.test(namespace);
}

/** What many systems share says less about which of them fails. */
const SHARED_DIMENSIONS: Readonly<Record<string, number>> = {
  ClusterName: 0.45,
  LoadBalancer: 0.6,
  AvailabilityZone: 0,
  Stage: 0,
  Role: 0,
  path: 0,
  fstype: 0,
  device: 0,
  Currency: 0,
  Service: 0.3,
  Class: 0,
  Type: 0,
  Environment: 0,
  Namespace: 0,
  CacheNodeId: 0,
};

function namesOf(alarm: Alarm): readonly AlarmName[] {
  const { dimensions, metric } = alarm;
  const isOnly = dimensions.length === 1;
  return dimensions
    .map(({ name, value }) => ({
      name: value,
      weight: isOnly
        ? Math.max(0.85, SHARED_DIMENSIONS[name] ?? 1)
        : (SHARED_DIMENSIONS[name] ?? 1),
    }))
    .concat(isOwn(alarm) && metric !== null ? [{ name: untrusted(metric), weight: 1 }] : [])
    .filter(({ weight }) => weight > 0);
}

function createHabits(records: readonly TrailRecord[], onset: Onset): Scene['perDay'] {
  const before = records.filter(
    ({ atMs, errorCode, readOnly }) => atMs <= onset.latestMs && errorCode === null && !readOnly,
  );
  const earliestMs = before.reduce((least, { atMs }) => Math.min(least, atMs), onset.earliestMs);
  const days = Math.max(0.25, (onset.latestMs - earliestMs) / 86_400_000);
  const counts = new Map<string, number>();
  const keyOf = (record: TrailRecord) =>
    `${record.eventSource} ${normaliseEventName(record.eventName)} ${record.principal.kind}`;
  for (const record of before) counts.set(keyOf(record), (counts.get(keyOf(record)) ?? 0) + 1);
  return ({ record }) => (counts.get(keyOf(record)) ?? 0) / Math.max(1, days);
}

const INVERSES: readonly (readonly [RegExp, string])[] = [
  [/^Revoke/, 'Authorize'],
  [/^Authorize/, 'Revoke'],
  [/^Stop/, 'Start'],
  [/^Disable/, 'Enable'],
  [/^Detach/, 'Attach'],
  [/^Attach/, 'Detach'],
  [/^Delete/, 'Create'],
  [/^Create/, 'Delete'],
  [/^Deregister/, 'Register'],
  [/^Remove/, 'Add'],
  [/^Disassociate/, 'Associate'],
  [/^Cancel/, 'Cancel'],
];

/** The inverse call on the same thing after the onset; for settings, the same call again. */
function createUndone(records: readonly TrailRecord[], onset: Onset): Scene['undoneBy'] {
  const after = records.filter(
    ({ atMs, errorCode, readOnly }) => atMs > onset.latestMs && errorCode === null && !readOnly,
  );
  return ({ record }) => {
    const name = normaliseEventName(record.eventName);
    const [shape, inverse] = INVERSES.find(([pattern]) => pattern.test(name)) ?? [];
    const wanted = shape === undefined ? name : name.replace(shape, inverse ?? '');
    const [main] = record.resources;
    if (main === undefined) return null;
    const own = new Set(nameForms(main.name));
    const undone = after.find(
      (later) =>
        normaliseEventName(later.eventName) === wanted &&
        later.eventSource === record.eventSource &&
        later.resources
          .slice(0, 3)
          .some(({ name: thing }) => nameForms(thing).some((form) => own.has(form))),
    );
    return undone === undefined ? null : { by: wanted, isInverse: wanted !== name };
  };
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
