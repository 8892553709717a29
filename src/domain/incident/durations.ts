import type { RecordedEvent } from './events.ts';
import { type Moments, momentsAfter, NO_MOMENTS } from './moments.ts';
import { INCIDENT_STEPS, type StepId } from './steps.ts';

export const DURATION_IDS = ['detect', 'acknowledge', 'isolate', 'mitigate', 'resolve'] as const;

export type DurationId = (typeof DURATION_IDS)[number];

export interface Duration {
  readonly id: DurationId;
  /** Null where the record does not say, or says it ended before it began. */
  readonly ms: number | null;
}

export interface StepDuration {
  readonly step: StepId;
  /** How often it was entered; 0: the incident never was in this step. */
  readonly visitCount: number;
  /** Time in this step while the incident was open. */
  readonly ms: number;
}

/** From when to when, for people. Times of the record, not of the alarms. */
export const DURATION_MEANINGS = {
  detect: 'from the start of the problem to the opening',
  acknowledge: 'from the opening to the first owner',
  isolate: 'from the start of the problem to the first named component',
  mitigate: 'from the start of the problem to the implemented solution that lasted',
  resolve: 'from the start of the problem to the verification that lasted',
} as const satisfies Record<DurationId, string>;

function between(fromMs: number | null, toMs: number | null): number | null {
  return fromMs === null || toMs === null || toMs < fromMs ? null : toMs - fromMs;
}

/** Milliseconds by name; null where the record does not say. */
export type Durations = Readonly<Record<DurationId, number | null>>;

export const NO_DURATIONS: Durations = {
  detect: null,
  acknowledge: null,
  isolate: null,
  mitigate: null,
  resolve: null,
};

export function durationsOf(moments: Moments): Durations {
  const { startedAtMs, openedAtMs } = moments;
  return {
    detect: between(startedAtMs, openedAtMs),
    acknowledge: between(openedAtMs, moments.ownedAtMs),
    isolate: between(startedAtMs, moments.isolatedAtMs),
    mitigate: between(startedAtMs, moments.implementedAtMs),
    resolve: between(startedAtMs, moments.verifiedAtMs),
  };
}

export function incidentDurations(events: readonly RecordedEvent[]): readonly Duration[] {
  const durations = durationsOf(events.reduce(momentsAfter, NO_MOMENTS));
  return DURATION_IDS.map((id) => ({ id, ms: durations[id] }));
}

/** One row a step, in the method's order. Time while closed is nobody's; `nowMs` ends what is open. */
export function stepDurations(
  events: readonly RecordedEvent[],
  nowMs: number,
): readonly StepDuration[] {
  const totals = new Map<StepId, { visitCount: number; ms: number }>();
  const totalOf = (step: StepId) => totals.get(step) ?? { visitCount: 0, ms: 0 };
  let step: StepId | null = null;
  let runsSinceMs: number | null = null;
  const stop = (atMs: number): void => {
    if (step === null || runsSinceMs === null) return;
    const total = totalOf(step);
    totals.set(step, { ...total, ms: total.ms + Math.max(0, atMs - runsSinceMs) });
  };
  for (const { event, atMs } of events) {
    if (event.type === 'step-entered') {
      stop(atMs);
      step = event.step;
      runsSinceMs = atMs;
      totals.set(step, { ...totalOf(step), visitCount: totalOf(step).visitCount + 1 });
    } else if (event.type === 'incident-closed') {
      stop(atMs);
      runsSinceMs = null;
    } else if (event.type === 'incident-reopened') {
      runsSinceMs = atMs;
    }
  }
  stop(nowMs);
  return INCIDENT_STEPS.map((row) => ({ step: row.id, ...totalOf(row.id) }));
}
