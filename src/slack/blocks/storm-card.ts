import { isCleared, joinedAlarms } from '../../domain/incident/incident-alarms.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { stormParts } from './alarm-lines.ts';
import { actions, aimAt, tapButton } from './buttons.ts';
import type { MessageContent } from './message.ts';
import { date, line, list, type Part, richText, show } from './text.ts';
import { notification } from './words.ts';

const NAMES_SHOWN_MAX = 15;

/** All alarms that joined, on one card that is kept up to date: nobody is told of each of them. */
export function renderStorm(state: IncidentState): MessageContent {
  const joined = joinedAlarms(state);
  const canSplit = state.status === 'open' && joined.some((alarm) => !isCleared(alarm));
  return {
    text: notification(state, `${joined.length} more alarms joined`),
    blocks: [
      richText(
        joined.length === 0
          ? line('🔔 Other alarms had joined.')
          : line('🔔 ', stormParts(state), '. They fired within minutes of the first and joined.'),
        joined.length === 0 ? null : list(alarmItems(state)),
        ...state.separated.map(({ alarm, intoId }) =>
          line('↗️ ', show(alarm.name), ` is worked on as ${intoId}`),
        ),
      ),
      ...actions(canSplit ? tapButton('separate-alarm', aimAt(state)) : null),
    ],
  };
}

/** Those that still fire first. */
function alarmItems(state: IncidentState): readonly Part[] {
  const joined = joinedAlarms(state).toSorted(
    (a, b) => Number(isCleared(a)) - Number(isCleared(b)) || a.firing.atMs - b.firing.atMs,
  );
  const hidden = joined.length - NAMES_SHOWN_MAX;
  return [
    ...joined
      .slice(0, NAMES_SHOWN_MAX)
      .map(
        (alarm): Part => [
          isCleared(alarm) ? '✅ ' : null,
          show(alarm.firing.name),
          isCleared(alarm) ? ' OK again' : [' since ', date(alarm.firing.atMs)],
          ` · ${alarm.firing.region}`,
        ],
      ),
    ...(hidden > 0 ? [`and ${hidden} more`] : []),
  ];
}
