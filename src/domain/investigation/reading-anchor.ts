import type { Alarm, AlarmTransition } from '../alarm/alarm.ts';
import { findOnset } from './onset.ts';

const LIMITS = {
  /** An alarm that went off longer before the time asked about is another story. */
  onsetLeadMaxMs: 24 * 3_600_000,
  /** With nothing to go by: people open an incident within this of its beginning. */
  guessMs: 2 * 3_600_000,
  /** What people say is rounded. */
  saidSlackMs: 10 * 60_000,
  /** The period of the first breach, and clocks. */
  onsetSlackMs: 60_000,
} as const;

/** From where readings go back. */
export interface ReadingAnchor {
  readonly basis: 'alarms' | 'people' | 'guess';
  /** When the trouble began. */
  readonly earliestMs: number;
  /** Nothing later is its cause. */
  readonly latestMs: number;
}

export interface AnchorInput {
  /** What was asked for. */
  readonly window: { readonly fromMs: number; readonly toMs: number };
  readonly startedAtMs: number | null;
  readonly alarms: readonly Alarm[];
  readonly transitions: readonly AlarmTransition[];
}

/** By the alarms; without any of that time, by what people said; without that, two hours ago. */
export function findAnchor({
  window,
  startedAtMs,
  alarms,
  transitions,
}: AnchorInput): ReadingAnchor {
  const { fromMs, toMs } = window;
  const onset = findOnset(alarms, transitions, toMs);
  if (onset !== null && onset.earliestMs >= fromMs - LIMITS.onsetLeadMaxMs) {
    const latestMs = Math.min(toMs, onset.latestMs + LIMITS.onsetSlackMs);
    return { basis: 'alarms', earliestMs: Math.min(onset.earliestMs, latestMs), latestMs };
  }
  if (startedAtMs !== null && startedAtMs <= toMs) {
    const latestMs = Math.min(toMs, startedAtMs + LIMITS.saidSlackMs);
    return { basis: 'people', earliestMs: startedAtMs, latestMs };
  }
  return { basis: 'guess', earliestMs: Math.min(fromMs, toMs - LIMITS.guessMs), latestMs: toMs };
}
