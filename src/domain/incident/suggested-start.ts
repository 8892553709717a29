import type { AlarmTransition } from '../alarm/alarm.ts';
import type { IncidentState } from './state.ts';

/**
 * When the alarms that ring now saw their first bad datapoint, the earliest of them; null when
 * none says. A suggestion for people to confirm: the real onset lies at or before it.
 */
export function suggestedStart(state: IncidentState): number | null {
  const starts = state.evidence.flatMap((evidence) =>
    evidence.kind === 'alarms'
      ? evidence.alarms
          .filter((alarm) => alarm.state === 'ALARM')
          .flatMap((alarm) => newestStart(alarm.name, evidence.transitions) ?? [])
      : [],
  );
  return starts.length === 0 ? null : Math.min(...starts);
}

/** Of the last time this alarm went into ALARM: earlier ones were other incidents. */
function newestStart(name: string, transitions: readonly AlarmTransition[]): number | null {
  const into = transitions.filter((row) => row.alarmName === name && row.to === 'ALARM');
  const newest = into.toSorted((a, b) => b.atMs - a.atMs)[0];
  return newest?.evaluatedFromMs ?? null;
}
