import type { RecordedEvent } from './events.ts';
import { INCIDENT_STEPS, type StepId } from './steps.ts';

export type DurationId = 'detect' | 'acknowledge' | 'isolate' | 'mitigate' | 'resolve';

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

interface Moments {
  startedAtMs: number | null;
  openedAtMs: number | null;
  ownedAtMs: number | null;
  isolatedAtMs: number | null;
  implementedAtMs: number | null;
  verifiedAtMs: number | null;
}

const NO_MOMENTS: Moments = {
  startedAtMs: null,
  openedAtMs: null,
  ownedAtMs: null,
  isolatedAtMs: null,
  implementedAtMs: null,
  verifiedAtMs: null,
};

/** What lasts counts: a roll-back, a failed verification or a reopening takes success back. */
function momentsAfter(moments: Moments, { event, atMs }: RecordedEvent): Moments {
  switch (event.type) {
    case 'incident-opened':
      return { ...moments, openedAtMs: atMs, startedAtMs: event.startedAtMs };
    case 'problem-stated':
      return { ...moments, startedAtMs: event.startedAtMs ?? moments.startedAtMs };
    case 'owner-changed':
      return event.ownerId === null
        ? moments
        : { ...moments, ownedAtMs: moments.ownedAtMs ?? atMs };
    case 'component-isolated':
      return { ...moments, isolatedAtMs: moments.isolatedAtMs ?? atMs };
    case 'solution-implemented':
      return { ...moments, implementedAtMs: moments.implementedAtMs ?? atMs };
    case 'solution-verified':
      return { ...moments, verifiedAtMs: moments.verifiedAtMs ?? atMs };
    case 'solution-rolled-back':
    case 'verification-failed':
    case 'incident-reopened':
      return { ...moments, implementedAtMs: null, verifiedAtMs: null };
    default:
      return moments;
  }
}

function between(fromMs: number | null, toMs: number | null): number | null {
  return fromMs === null || toMs === null || toMs < fromMs ? null : toMs - fromMs;
}

export function incidentDurations(events: readonly RecordedEvent[]): readonly Duration[] {
  const moments = events.reduce(momentsAfter, NO_MOMENTS);
  const { startedAtMs, openedAtMs } = moments;
  return [
    { id: 'detect', ms: between(startedAtMs, openedAtMs) },
    { id: 'acknowledge', ms: between(openedAtMs, moments.ownedAtMs) },
    { id: 'isolate', ms: between(startedAtMs, moments.isolatedAtMs) },
    { id: 'mitigate', ms: between(startedAtMs, moments.implementedAtMs) },
    { id: 'resolve', ms: between(startedAtMs, moments.verifiedAtMs) },
  ];
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
