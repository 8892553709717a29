import type { Alarm, AlarmTransition } from '../alarm/alarm.ts';
import { findOnset } from '../investigation/onset.ts';

/** An alarm to be drawn, and when its trouble began as far as its own evaluation says. */
export interface AlarmToDraw {
  readonly alarm: Alarm;
  readonly onsetMs: number;
}

/**
 * The alarms in ALARM whose metrics are worth a picture: those of the present trouble, first
 * breach first. Composite ones only where there is no other: they have no metric of their own.
 */
export function chooseAlarms(
  alarms: readonly Alarm[],
  transitions: readonly AlarmTransition[],
  nowMs: number,
): readonly AlarmToDraw[] {
  const alarming = alarms.filter(({ state }) => state === 'ALARM');
  const metrics = alarming.filter(({ kind }) => kind === 'metric');
  const episodes = findOnset(metrics, transitions, nowMs)?.episodes ?? [];
  const chosen = new Map<Alarm, number>();
  for (const { alarm, breachedFromMs } of episodes) {
    if (!chosen.has(alarm)) chosen.set(alarm, breachedFromMs);
  }
  if (chosen.size === 0) {
    for (const alarm of metrics.length > 0 ? metrics : alarming) {
      chosen.set(alarm, alarm.transitionedAtMs ?? nowMs);
    }
  }
  return [...chosen].map(([alarm, onsetMs]) => ({ alarm, onsetMs }));
}
