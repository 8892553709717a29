import { normaliseEventName } from '../trail/event-name.ts';
import type { Change } from './change-set.ts';
import type { Onset } from './onset.ts';
import type { Relations } from './relations.ts';
import { countsCall } from './security-signal.ts';
import { type Symptom, symptomOf } from './symptom.ts';
import { DIRECTION, FITS, LAG, SHARED, WEIGHTS } from './weights.ts';

/** One reason, in words, with what it adds (nats). */
export interface Point {
  readonly weight: number;
  readonly words: string;
}

export interface Scene {
  readonly onset: Onset;
  readonly symptoms: readonly Symptom[];
  readonly relations: Relations;
  /** Of all successful calls with this name by the same kind of caller, how many a day. */
  perDay(change: Change): number;
  /** Whether it was undone after the trouble began. */
  undoneBy(change: Change): { readonly by: string; readonly isInverse: boolean } | null;
}

const MINUTE_MS = 60_000;
/** A metric that counts CloudTrail records is as late as their delivery. */
const DELIVERY_MS = 10 * MINUTE_MS;

/** Every reason for and against one change as the cause. Their sum is its log-odds. */
export function scoreChange(change: Change, scene: Scene): readonly Point[] {
  const counted = countedPoint(change, scene);
  if (counted !== null) {
    return [
      lagPoint(change, scene, DELIVERY_MS),
      counted,
      whoPoint(change),
      undonePoint(change, scene),
    ].filter((point) => point !== null);
  }
  return [
    lagPoint(change, scene),
    ...tiePoints(change, scene),
    fitPoint(change, scene),
    directionPoint(change),
    whoPoint(change),
    habitPoint(change, scene),
    undonePoint(change, scene),
  ].filter((point) => point !== null && point.weight !== 0) as readonly Point[];
}

function lagPoint({ record, kind }: Change, { onset }: Scene, delayMs = 0): Point {
  const lagMs = Math.max(0, onset.earliestMs - record.atMs);
  const unexplainedMs = Math.max(0, lagMs - delayMs);
  const { best, halfMs, slope, least } = LAG[kind.latency];
  const weight = Math.max(least, best - slope * Math.log2(1 + unexplainedMs / halfMs));
  return { weight, words: `${lagWords(lagMs)} the trouble began` };
}

function lagWords(lagMs: number): string {
  const minutes = Math.round(lagMs / MINUTE_MS);
  if (minutes < 1) return 'within a minute of when';
  if (minutes === 1) return '1 minute before';
  if (minutes < 120) return `${minutes} minutes before`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours before` : `${Math.round(hours / 24)} days before`;
}

function tiePoints({ record, kind }: Change, { relations }: Scene): readonly Point[] {
  const names = record.resources.map(({ name }): string => name);
  const tie = relations.tieOf(names);
  const word = relations.sharedWord(names);
  const strength = tie?.strength ?? 0;
  if (tie !== null && strength >= 0.8) {
    return [
      { weight: WEIGHTS.sameThing, words: `it changed ${tie.through}, which the alarm watches` },
    ];
  }
  const byWord = word === null ? 0 : WEIGHTS.sharedWord * word.weight;
  const byTie = strength >= 0.45 ? WEIGHTS.attached : strength >= 0.2 ? WEIGHTS.near : 0;
  if (tie !== null && byTie >= byWord) {
    return [{ weight: byTie, words: `what it changed was called together with ${tie.through}` }];
  }
  if (word !== null && byWord > 0.5) {
    return [
      { weight: byWord, words: `what it changed and the alarm share the name “${word.word}”` },
    ];
  }
  const weight = SHARED.has(kind.changeClass) ? WEIGHTS.untiedShared : WEIGHTS.untied;
  return [{ weight, words: 'nothing on record ties what it changed to what the alarm watches' }];
}

function fitPoint({ kind }: Change, { symptoms }: Scene): Point {
  const { typical, possible } = FITS[kind.changeClass];
  const typicalOf = symptoms.find((symptom) => typical.split(' ').includes(symptom));
  if (typicalOf !== undefined) {
    return { weight: WEIGHTS.fitTypical, words: `such a change typically shows as ${typicalOf}` };
  }
  const possibleOf = symptoms.find((symptom) => possible.split(' ').includes(symptom));
  return possibleOf === undefined
    ? { weight: WEIGHTS.fitUnlikely, words: 'such a change hardly ever shows like this' }
    : { weight: WEIGHTS.fitPossible, words: `such a change can show as ${possibleOf}` };
}

function directionPoint({ kind }: Change): Point {
  const weight = DIRECTION[kind.direction];
  const words = weight > 0 ? 'it took something away' : 'it only added something';
  return { weight, words };
}

function whoPoint({ record }: Change): Point | null {
  const { principal, channel } = record;
  if (principal.kind === 'service' || channel === 'service') {
    return { weight: WEIGHTS.byService, words: 'AWS did it by itself, usually in reaction' };
  }
  if (principal.kind === 'human' && (channel === 'console' || channel === 'cli')) {
    return { weight: WEIGHTS.byPerson, words: 'a person did it by hand' };
  }
  return null;
}

function habitPoint(change: Change, { perDay }: Scene): Point {
  const often = perDay(change);
  const name = normaliseEventName(change.record.eventName);
  if (often >= 4)
    return { weight: WEIGHTS.routine, words: `${name} happens here many times a day` };
  return often <= 1
    ? { weight: WEIGHTS.unusual, words: `${name} is rare here` }
    : { weight: 0, words: '' };
}

function undonePoint(change: Change, { undoneBy }: Scene): Point | null {
  const undone = undoneBy(change);
  if (undone === null) return null;
  return undone.isInverse
    ? { weight: WEIGHTS.undone, words: `undone after the trouble began (${undone.by})` }
    : { weight: WEIGHTS.setAgain, words: `set again after the trouble began (${undone.by})` };
}

/** For alarms that count calls: what they do not count did not set them off. */
function countedPoint({ record }: Change, { onset }: Scene): Point | null {
  const verdicts = onset.episodes
    .filter(({ alarm }) => symptomOf(alarm, 'ALARM') === 'security')
    .map(({ alarm }) => countsCall(alarm, record))
    .filter((verdict) => verdict !== null);
  if (verdicts.length === 0 || verdicts.length < onset.episodes.length) return null;
  return verdicts.includes(true)
    ? { weight: WEIGHTS.counted, words: 'the alarm counts exactly such calls' }
    : { weight: WEIGHTS.notCounted, words: 'the alarm counts other calls' };
}
