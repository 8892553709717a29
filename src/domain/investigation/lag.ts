import type { Change } from './change-set.ts';
import type { Point } from './point.ts';
import type { Scene } from './scene.ts';
import { BILLS, LAG, SLOW, SLOW_CLASS, TOO_SOON } from './weights.ts';

const MINUTE_MS = 60_000;

/** How well the time between a change and the trouble fits; the first of all points. */
export function lagPoint({ record, kind }: Change, scene: Scene, delayMs: number): Point {
  const lagMs = Math.max(0, scene.onset.earliestMs - record.atMs);
  const words = `${lagWords(lagMs)} the trouble began`;
  if (scene.isAboutBills && lagMs < BILLS.notBeforeMs) {
    return { weight: BILLS.tooSoon, words: `${words}, and bills show hours later` };
  }
  const slowness = SLOW_CLASS[kind.changeClass] ?? 1;
  const feltMs = Math.max(0, lagMs - delayMs) / slowness;
  const weight = lagWeight(kind.latency, feltMs, scene.symptoms[0]);
  return { weight: weight === 0 ? 0.01 : weight, words };
}

/** Best at once, then falling with the logarithm of the time that passed. */
export function lagWeight(
  latency: Change['kind']['latency'],
  lagMs: number,
  symptom: Scene['symptoms'][number] | undefined,
): number {
  const { best, halfMs, slope, least, notBeforeMs = 0 } = LAG[latency];
  if (lagMs < notBeforeMs) return TOO_SOON;
  const slowness = symptom === undefined ? 1 : (SLOW[symptom] ?? 1);
  return Math.max(least, best - slope * Math.log2(1 + lagMs / (halfMs * slowness)));
}

/** "3 minutes before", to be followed by what. */
export function lagWords(lagMs: number): string {
  const minutes = Math.round(lagMs / MINUTE_MS);
  if (minutes < 1) return 'within a minute of when';
  if (minutes === 1) return '1 minute before';
  if (minutes < 120) return `${minutes} minutes before`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours before` : `${Math.round(hours / 24)} days before`;
}
