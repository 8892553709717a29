import type { RichTextList, RichTextSection } from '@slack/types';
import type { AlarmStateValue } from '../../domain/alarm/alarm.ts';
import type { IncidentState, StepVisit } from '../../domain/incident/state.ts';
import {
  alarmsToWatch,
  okSince,
  type Watch,
  type WatchedAlarm,
} from '../../domain/incident/watch.ts';
import { durationWords } from '../../domain/text/time-words.ts';
import { date, line, list, type Part, show, typed } from './text.ts';

const ALARMS_SHOWN_MAX = 8;

const STATE_WORDS = {
  OK: '✅ OK since ',
  ALARM: '🔔 in alarm since ',
  INSUFFICIENT_DATA: '❔ without data since ',
} as const satisfies Record<AlarmStateValue, string>;

/** How the alarms have done since the fix; of this visit to step 6 only. */
export function watchLines(
  state: IncidentState,
  visit: StepVisit,
): readonly (RichTextSection | RichTextList)[] {
  const { watch } = state;
  if (watch === null || watch.startedAtMs !== visit.enteredAtMs) {
    const isWaiting = visit.leftAtMs === null && state.status === 'open';
    return isWaiting ? [line(waitingWords(state))] : [];
  }
  const shown = watch.alarms.slice(0, ALARMS_SHOWN_MAX);
  const hidden = watch.alarms.length - shown.length;
  return [
    line(headline(watch)),
    ...(shown.length === 0 ? [] : [list(shown.map(alarmItem))]),
    ...(hidden > 0 ? [line(`and ${hidden} more`)] : []),
    ...(watch.trouble === null ? [] : [line('⚠️ ', typed(watch.trouble))]),
  ];
}

function waitingWords(state: IncidentState): string {
  return alarmsToWatch(state).length === 0
    ? 'No alarm told of this, so there is none to watch: see for yourselves that it works.'
    : 'The bot looks at the alarms…';
}

function headline(watch: Watch): Part {
  const agreed = durationWords(watch.agreedMs);
  const sinceMs = okSince(watch);
  switch (watch.outcome) {
    case 'fired':
      return 'An alarm went off again:';
    case 'quiet':
      return `Watched until all had stayed OK for ${agreed}:`;
    case 'watching':
      return sinceMs === null
        ? `Watching until all have stayed OK for ${agreed}:`
        : [`All OK; watching for ${agreed}, until `, date(sinceMs + watch.agreedMs), ':'];
  }
}

function alarmItem({ name, region, state, sinceMs }: WatchedAlarm): Part {
  return [show(name), ` (${region}) `, STATE_WORDS[state], date(sinceMs)];
}
