import type { Alarm } from '../alarm/alarm.ts';
import type { IncidentState } from '../incident/state.ts';
import type { PlaybookFacts } from './choose-playbook.ts';

/** What the record tells a choice of playbook: what people said, and the alarms that ring now. */
export function playbookFacts(state: IncidentState): PlaybookFacts {
  const title = [state.title, state.problem?.symptoms ?? ''].join(' . ');
  return { title, alarms: ringingAlarms(state) };
}

/** Of the newest reading; those that rang long before this began say nothing about it. */
function ringingAlarms({ evidence, ranking }: IncidentState): readonly Alarm[] {
  const latest = evidence.findLast((row) => row.kind === 'alarms');
  const stale = new Set<string>(ranking?.onset?.stale ?? []);
  return (latest?.alarms ?? []).filter(({ state, name }) => state === 'ALARM' && !stale.has(name));
}
