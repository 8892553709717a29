import { normaliseEventName } from '../trail/event-name.ts';
import type { TrailRecord } from '../trail/record.ts';
import type { Change } from './change-set.ts';
import { lagPoint } from './lag.ts';
import { matchPoints } from './match-points.ts';
import { type Point, sumOf } from './point.ts';
import type { Reversal } from './reversal.ts';
import type { Scene } from './scene.ts';
import { countsCall } from './security-signal.ts';
import { isThrowaway, settingUseOf } from './setting-name.ts';
import { dearnessOf } from './spend.ts';
import { DIRECTION, HABIT, OF_MORE, SETTING, SPENT, SUSPICION, WEIGHTS } from './weights.ts';

export type { Point } from './point.ts';

/** Below this much nothing that is still to be looked up makes it a suspect. */
const HOPELESS = -1.5;
/** A metric that counts CloudTrail records is as late as their delivery. */
const DELIVERY_MS = 10 * 60_000;

/** Every reason for and against one change as the cause; the lag comes first. Their sum is its log-odds. */
export function scoreChange(found: Change, scene: Scene): readonly Point[] {
  const change = { record: found.record, kind: scene.refine(found) };
  const counted = countedPoint(change, scene);
  const own =
    counted === null ? [...matchPoints(change, scene), directionPoint(change, scene)] : [counted];
  const delayMs = counted === null ? 0 : DELIVERY_MS;
  const points = [
    lagPoint(change, scene, delayMs),
    ...own,
    whoPoint(change),
    namePoint(change),
    spentPoint(change, scene),
  ].filter(isTelling);
  if (sumOf(points) < HOPELESS) return points;
  const habits = counted === null ? habitPoints(change, scene) : [];
  return [
    ...points,
    ...habits,
    ...reversalPoints(change, scene),
    ...suspicionPoints(change, scene),
  ].filter(isTelling);
}

function isTelling(point: Point | null): point is Point {
  return point !== null && point.weight !== 0;
}

const DIRECTION_WORDS = {
  destructive: 'it took something away',
  restrictive: 'it made something smaller, narrower or off',
  changing: '',
  tuning: 'such a setting hardly ever breaks anything',
  widening: 'it gave more than there was before',
  adding: 'it only added something',
} as const;

function directionPoint({ kind }: Change, { symptoms }: Scene): Point {
  const isOfMore = symptoms.every((symptom) => OF_MORE.has(symptom));
  if (isOfMore && kind.direction !== 'tuning') return { weight: 0, words: '' };
  return { weight: DIRECTION[kind.direction], words: DIRECTION_WORDS[kind.direction] };
}

function whoPoint({ record }: Change): Point | null {
  const { principal, channel } = record;
  if (isByService(record)) {
    return { weight: WEIGHTS.byService, words: 'AWS did it by itself, usually in reaction' };
  }
  if (principal.kind === 'human' && (channel === 'console' || channel === 'cli')) {
    return { weight: WEIGHTS.byPerson, words: 'a person did it by hand' };
  }
  return null;
}

function isByService({ principal, channel }: TrailRecord): boolean {
  return principal.kind === 'service' || channel === 'service';
}

/** What was set, or what it was called, where that says how much hangs on it. */
function namePoint({ record, kind }: Change): Point | null {
  const names = record.resources.map(({ name }): string => name);
  if (
    kind.changeClass === 'settings-changed' &&
    names.some((name) => settingUseOf(name) === 'address')
  ) {
    return { weight: SETTING.address, words: 'by its name it holds where something is reached' };
  }
  if (names.length > 0 && names.some(isThrowaway)) {
    return { weight: SETTING.throwaway, words: 'by its name nobody depended on it' };
  }
  return null;
}

/** A bill that is felt at once was run up by something dear. */
function spentPoint({ record }: Change, { isAboutBills }: Scene): Point | null {
  const dearness = isAboutBills ? dearnessOf(record) : null;
  if (dearness === null) return null;
  const weight = Math.max(SPENT.least, Math.min(SPENT.most, SPENT.perDoubling * dearness));
  return { weight, words: weight > 0 ? 'what it started is dear' : 'what it started costs little' };
}

const SUSPICION_WORDS = {
  'new-address': 'from an address that they did not use before',
  'no-mfa': 'without a second factor',
} as const;

function suspicionPoints({ record }: Change, { suspicionOf }: Scene): readonly Point[] {
  return suspicionOf(record).map((found) => ({
    weight: SUSPICION[found],
    words: SUSPICION_WORDS[found],
  }));
}

function habitPoints(change: Change, { habits }: Scene): readonly Point[] {
  const perDay = habits.perDay(change);
  // Each deployment carries something else: that there were many says nothing about this one.
  const least = change.kind.changeClass === 'deployed' ? 0 : HABIT.least;
  const often = Math.max(least, HABIT.best - HABIT.slope * Math.log2(1 + perDay));
  const name = normaliseEventName(change.record.eventName);
  const times = habits.timesBefore(change);
  const words = often > 0 ? `${name} is rare here` : `${name} happens here many times a day`;
  return [
    { weight: Math.abs(often) < HABIT.noted ? 0 : often, words },
    times < HABIT.timesMin || change.kind.changeClass === 'deployed'
      ? { weight: 0, words: '' }
      : { weight: WEIGHTS.doneBefore, words: `the same was done to it ${times} times before` },
  ];
}

function reversalPoints({ record, kind }: Change, { reversals }: Scene): readonly Point[] {
  // AWS takes away and gives back all day.
  if (isByService(record)) return [];
  const before = reversals.beforeOnset(record);
  const after = reversals.afterOnset(record);
  const points: Point[] = [];
  if (before?.isInverse === true) {
    points.push({
      weight: WEIGHTS.undoneBefore,
      words: `undone before the trouble began (${before.by})`,
    });
  } else if (before !== null && kind.latency !== 'latent') {
    points.push({ weight: WEIGHTS.superseded, words: `set again before it began (${before.by})` });
  }
  if (after !== null && (after.isInverse || kind.direction !== 'adding')) {
    const when = after.isInverse ? 'undone' : 'set again';
    const inVain = after.wentOn ? ', and the trouble went on' : '';
    points.push({
      weight: undoneWeight(after),
      words: `${when} after the trouble began (${after.by})${inVain}`,
    });
  }
  if (after?.helped === true) {
    points.push({ weight: WEIGHTS.helped, words: 'an alarm was OK again soon after that' });
  }
  return points;
}

function undoneWeight({ isInverse, wentOn }: Reversal): number {
  if (wentOn) return WEIGHTS.undoneInVain;
  return isInverse ? WEIGHTS.undone : WEIGHTS.setAgain;
}

/** For alarms that count calls: what they do not count did not set them off. */
function countedPoint({ record }: Change, { counting }: Scene): Point | null {
  const verdicts = counting
    .map((alarm) => countsCall(alarm, record))
    .filter((verdict) => verdict !== null);
  if (verdicts.length === 0 || verdicts.length < counting.length) return null;
  return verdicts.includes(true)
    ? { weight: WEIGHTS.counted, words: 'the alarm counts exactly such calls' }
    : { weight: WEIGHTS.notCounted, words: 'the alarm counts other calls' };
}
