import { normaliseEventName } from '../trail/event-name.ts';
import type { TrailRecord } from '../trail/record.ts';
import type { ChangeClass, ChangeKind } from './change-class.ts';
import type { Change } from './change-set.ts';
import { changesRefuser } from './refusal.ts';
import type { Tie } from './relations.ts';
import type { Reversal } from './reversal.ts';
import type { Scene, View } from './scene.ts';
import { countsCall } from './security-signal.ts';
import { symptomOf } from './symptom.ts';
import {
  DIRECTION,
  FITS,
  HABIT,
  LAG,
  NAMED_FREELY,
  OF_MORE,
  SHARED,
  SLOW,
  SUSPICION,
  TIE,
  WEIGHTS,
} from './weights.ts';

/** One reason, in words, with what it adds (nats). */
export interface Point {
  readonly weight: number;
  readonly words: string;
}

const MINUTE_MS = 60_000;
/** Below this much nothing that is still to be looked up makes it a suspect. */
const HOPELESS = -1.5;
/** A metric that counts CloudTrail records is as late as their delivery. */
const DELIVERY_MS = 10 * MINUTE_MS;

/** Every reason for and against one change as the cause; the lag comes first. Their sum is its log-odds. */
export function scoreChange(found: Change, scene: Scene): readonly Point[] {
  const change = { record: found.record, kind: scene.refine(found) };
  const counted = countedPoint(change, scene);
  const own =
    counted === null ? [...matchPoints(change, scene), directionPoint(change, scene)] : [counted];
  const delayMs = counted === null ? 0 : DELIVERY_MS;
  const points = [lagPoint(change, scene, delayMs), ...own, whoPoint(change)].filter(isTelling);
  const soFar = points.reduce((sum, { weight }) => sum + weight, 0);
  if (soFar < HOPELESS) return points;
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

function lagPoint({ record, kind }: Change, { onset, symptoms }: Scene, delayMs: number): Point {
  const lagMs = Math.max(0, onset.earliestMs - record.atMs);
  const unexplainedMs = Math.max(0, lagMs - delayMs);
  const { best, halfMs, slope, least } = LAG[kind.latency];
  const [main] = symptoms;
  const slowness = main === undefined ? 1 : (SLOW[main] ?? 1);
  const doublings = Math.log2(1 + unexplainedMs / (halfMs * slowness));
  const weight = Math.max(least, best - slope * doublings);
  return { weight: weight === 0 ? 0.01 : weight, words: `${lagWords(lagMs)} the trouble began` };
}

function lagWords(lagMs: number): string {
  const minutes = Math.round(lagMs / MINUTE_MS);
  if (minutes < 1) return 'within a minute of when';
  if (minutes === 1) return '1 minute before';
  if (minutes < 120) return `${minutes} minutes before`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours before` : `${Math.round(hours / 24)} days before`;
}

/** The alarm that the change explains best, and how many others it is tied to as well. */
function matchPoints(change: Change, { views, isWidespread }: Scene): readonly Point[] {
  const names = change.record.resources.map(({ name }): string => name);
  const matches = views.map((view) => {
    const tie = tiePoint(names, change.kind, view);
    const points = [tie.point, fitPoint(change.kind, view), ...refusalPoints(change, view)];
    return { points, isTied: tie.isTied, sum: points.reduce((sum, { weight }) => sum + weight, 0) };
  });
  const best = matches.reduce((a, b) => (b.sum > a.sum ? b : a));
  const tiedCount = matches.filter(({ isTied }) => isTied).length;
  if (isWidespread && tiedCount === 0 && SHARED.has(change.kind.changeClass)) {
    const words = 'the alarms have nothing in common but what they all stand on';
    return [...best.points, { weight: WEIGHTS.widespread, words }];
  }
  if (tiedCount < 2) return best.points;
  const weight = WEIGHTS.severalAlarms * ((tiedCount - 1) / (views.length - 1));
  return [...best.points, { weight, words: `it is tied to ${tiedCount} of the alarms` }];
}

function tiePoint(
  names: readonly string[],
  { changeClass }: ChangeKind,
  { relations, isAccountWide }: View,
): { readonly point: Point; readonly isTied: boolean } {
  const tie = relations.tieOf(names);
  const word = relations.sharedWord(names);
  const byWord = word === null ? 0 : WEIGHTS.sharedWord * word.weight;
  const byTie = tie === null ? 0 : TIE.most + TIE.slope * Math.log(tie.strength);
  if (tie !== null && byTie >= byWord && byTie >= TIE.least) {
    return { point: { weight: byTie, words: tieWords(tie) }, isTied: byTie >= TIE.telling };
  }
  if (word !== null && byWord >= TIE.least) {
    const words = `what it changed and the alarm share the name “${word.word}”`;
    return { point: { weight: byWord, words }, isTied: byWord >= TIE.telling };
  }
  if (isAccountWide) {
    const words = 'the alarm watches the whole account';
    return { point: { weight: 0, words }, isTied: false };
  }
  const other = NAMED_FREELY.has(changeClass) ? null : relations.otherSystem(names);
  if (other !== null) {
    const words = `by its name what it changed belongs to something else (“${other}”)`;
    return { point: { weight: WEIGHTS.otherSystem, words }, isTied: false };
  }
  const weight = SHARED.has(changeClass) ? WEIGHTS.untiedShared : WEIGHTS.untied;
  const words = 'nothing on record ties what it changed to what the alarm watches';
  return { point: { weight, words }, isTied: false };
}

function tieWords({ through, strength, byFailure }: Tie): string {
  if (byFailure && strength >= 0.8) return `calls that fail since then name ${through}`;
  if (byFailure) return `what it changed hangs together with ${through}, which failing calls name`;
  return strength >= 0.8
    ? `it changed ${through}, which the alarm watches`
    : `what it changed was called together with ${through}`;
}

function fitPoint({ changeClass }: ChangeKind, { symptoms }: View): Point {
  const { typical, possible } = FITS[changeClass];
  const isDenied = symptoms.includes('denied') && typical.split(' ').includes('denied');
  const typicalOf = isDenied
    ? 'denied'
    : symptoms.find((symptom) => typical.split(' ').includes(symptom));
  // Where calls are refused, what fails is no mystery: only what refuses typically shows so.
  const isRefused = symptoms.includes('denied') && !isDenied;
  if (typicalOf !== undefined && isRefused) {
    const words = `it can show as ${typicalOf}, but what fails here was refused`;
    return { weight: WEIGHTS.fitPossible, words };
  }
  if (typicalOf !== undefined) {
    return { weight: WEIGHTS.fitTypical, words: `such a change typically shows as ${typicalOf}` };
  }
  const possibleOf = symptoms.find((symptom) => possible.split(' ').includes(symptom));
  return possibleOf === undefined
    ? { weight: WEIGHTS.fitUnlikely, words: 'such a change hardly ever shows like this' }
    : { weight: WEIGHTS.fitPossible, words: `such a change can show as ${possibleOf}` };
}

const REFUSING: ReadonlySet<ChangeClass> = new Set(['permission-cut', 'key-changed']);

/** What a bucket or a queue refuses is not on record: those are data events. */
const ON_RECORD = /^(?:iam|kms|organizations|sso)\./;

function refusalPoints(change: Change, { isRefused, refusers }: View): readonly Point[] {
  const { record, kind } = change;
  if (refusers.some((refuser) => changesRefuser(record, refuser))) {
    const words = 'AWS says what kind of policy or key refuses, and it changed one';
    return [{ weight: WEIGHTS.refuserChanged, words }];
  }
  // New code asks for what nobody granted: that is the caller's own rights, nothing else.
  if (
    refusers.some((refuser) => refuser !== 'identity') ||
    (refusers.length > 0 && REFUSING.has(kind.changeClass))
  ) {
    const words = 'AWS says what kind of policy or key refuses, and it is none of those';
    return [{ weight: WEIGHTS.otherRefuser, words }];
  }
  if (isRefused || !REFUSING.has(kind.changeClass) || !ON_RECORD.test(record.eventSource)) {
    return [];
  }
  return [{ weight: WEIGHTS.noneRefused, words: 'no call is on record that was refused for it' }];
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
