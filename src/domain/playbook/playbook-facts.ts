import type { Alarm } from '../alarm/alarm.ts';
import { type AlarmChange, isSameAlarm } from '../alarm/alarm-change.ts';
import { ownLines } from '../incident/drafted-lines.ts';
import { isCleared } from '../incident/incident-alarms.ts';
import type { IncidentState } from '../incident/state.ts';
import type { PlaybookFacts } from './choose-playbook.ts';

/** What the record tells a choice of playbook: what people said, and the alarms that ring now. */
export function playbookFacts(state: IncidentState): PlaybookFacts {
  const { title: opened, problem } = state;
  // Only what people said: the lines that tell the alarms would count them twice.
  const said = problem === null ? '' : ownLines(problem.symptoms, problem);
  const title = [opened, said].join(' . ');
  return { title, alarms: ringingAlarms(state) };
}

/**
 * Those of the newest reading, and those that were reported and could not be read. What rang long
 * before this began says nothing about it.
 */
function ringingAlarms({ evidence, ranking, alarms }: IncidentState): readonly Alarm[] {
  const read = evidence.findLast((row) => row.kind === 'alarms')?.alarms ?? [];
  const reported = alarms
    .filter((alarm) => !isCleared(alarm))
    .map(({ firing }) => reportedAlarm(firing))
    .filter((alarm) => !read.some((other) => isSameAlarm(alarm, other)));
  const stale = new Set<string>(ranking?.onset?.stale ?? []);
  return [...read, ...reported].filter(({ state, name }) => state === 'ALARM' && !stale.has(name));
}

/** An alarm as far as the report of its firing tells. */
export function reportedAlarm({
  from: _from,
  to,
  atMs,
  reason,
  breachedFromMs,
  ...facts
}: AlarmChange): Alarm {
  return {
    ...facts,
    state: to,
    stateReason: reason,
    transitionedAtMs: atMs,
    periodSeconds: null,
    drawable: null,
    evaluation: { breachedFromMs, periodSeconds: null },
    children: [],
    contributors: [],
  };
}
