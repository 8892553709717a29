import type { RichTextList, RichTextSection } from '@slack/types';
import type { AlarmStateValue } from '../../domain/alarm/alarm.ts';
import { chooseWatched, LEFT_OUT_WORDS } from '../../domain/incident/choose-watched.ts';
import type { IncidentState, StepVisit } from '../../domain/incident/state.ts';
import {
  alarmsToWatch,
  currentWatch,
  isUnread,
  neverRead,
  okSince,
  type Watch,
  type WatchedAlarm,
} from '../../domain/incident/watch.ts';
import { durationWords } from '../../domain/text/time-words.ts';
import { date, line, list, type Part, show, typed } from './text.ts';

const ALARMS_SHOWN_MAX = 8;
const LEFT_OUT_SHOWN_MAX = 4;

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
    return isWaiting ? [line(waitingWords(state)), ...leftOutLine(state)] : [];
  }
  const rows = [
    ...watch.alarms.map((alarm) => alarmItem(alarm, isUnread(watch, alarm))),
    ...neverRead(watch).map(
      ({ name, region }): Part => [show(name), ` (${region}) ⚠️ could not be read`],
    ),
  ];
  const hidden = rows.length - ALARMS_SHOWN_MAX;
  return [
    line(headline(watch)),
    ...(rows.length === 0 ? [] : [list(rows.slice(0, ALARMS_SHOWN_MAX))]),
    ...(hidden > 0 ? [line(`and ${hidden} more`)] : []),
    ...(watch.trouble === null ? [] : [line('⚠️ ', typed(watch.trouble))]),
    ...(visit.leftAtMs === null ? leftOutLine(state) : []),
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

function alarmItem(
  { name, region, state, sinceMs, reconfiguredAtMs }: WatchedAlarm,
  isUnread: boolean,
): Part {
  const doubt = isUnread ? ', not read at the last look' : null;
  const changed =
    reconfiguredAtMs === null
      ? null
      : [
          '. It was reconfigured ',
          date(reconfiguredAtMs),
          ': OK may mean only that its rule changed',
        ];
  return [show(name), ` (${region}) `, STATE_WORDS[state], date(sinceMs), doubt, changed];
}

/** So that nobody takes the silence of an alarm for its being well. */
function leftOutLine(state: IncidentState): readonly RichTextSection[] {
  const { leftOut } = chooseWatched(state, currentWatch(state)?.alarms ?? []);
  if (leftOut.length === 0) return [];
  const hidden = leftOut.length - LEFT_OUT_SHOWN_MAX;
  const named = leftOut
    .slice(0, LEFT_OUT_SHOWN_MAX)
    .flatMap(({ alarm, why }, index): Part[] => [
      index === 0 ? null : ', ',
      show(alarm.name),
      ` (${LEFT_OUT_WORDS[why]})`,
    ]);
  return [line('Not watched: ', ...named, hidden > 0 ? ` and ${hidden} more` : null, '.')];
}
