import type { Button } from '@slack/types';
import type { RecordedEvent } from '../../domain/incident/events.ts';
import type { NudgeReason } from '../../domain/incident/nudging.ts';
import type { History } from '../../domain/incident/record.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { actions, aimAt, tapButton } from './buttons.ts';
import { rootButtons } from './incident-buttons.ts';
import type { MessageContent } from './message.ts';
import { actor, bold, date, line, mention, type Part, richText, typed } from './text.ts';
import { waitingPart } from './waiting-part.ts';
import { notification, SEVERITY_WORDS } from './words.ts';

const NEXT_BUTTONS_MAX = 2;

/** A reminder with its own ways out; once somebody has reacted it is only a line. */
export function renderNudge(
  state: IncidentState,
  sent: RecordedEvent,
  history: History,
): MessageContent {
  const reaction = reactionTo(sent, history);
  if (reaction !== null || state.status === 'closed') {
    return {
      text: notification(state, 'a reminder, over'),
      blocks: [richText(line('🔕 Reminded ', date(sent.atMs), reaction))],
    };
  }
  const why = sent.event.type === 'nudge-sent' ? sent.event.why : 'quiet';
  const aim = aimAt(state);
  return {
    text: notification(state, NOTICES[why]),
    blocks: [
      richText(
        line('🔔 ', addressee(state), ...reasonParts(state, why)),
        line(bold('Waiting for:'), ' ', waitingPart(state)),
      ),
      ...actions(...nextButtons(state)),
      ...actions(
        tapButton('snooze-nudges', aim),
        tapButton('snooze-till-tomorrow', aim),
        tapButton('stop-nudges', aim),
      ),
    ],
  };
}

const NOTICES = {
  'no-owner': 'nobody owns it',
  quiet: 'it has gone quiet',
} as const satisfies Record<NudgeReason, string>;

/** An owner first of all; then what the step asks for. */
function nextButtons(state: IncidentState): readonly Button[] {
  const take = state.ownerId === null ? [tapButton('take-ownership', aimAt(state))] : [];
  const others = rootButtons(state).filter(({ action_id }) => action_id !== take[0]?.action_id);
  return [...take, ...others].slice(0, NEXT_BUTTONS_MAX);
}

/** By name: the owner, or who opened it. Where there is neither, the channel reads it, without the card. */
function addressee({ incidentId, ownerId, openedBy, title }: IncidentState): Part {
  if (ownerId !== null) return [mention(ownerId), ' '];
  if (openedBy.kind === 'person') return [actor(openedBy), ' '];
  return [bold(incidentId), ' ', typed(title), ': '];
}

function reasonParts(state: IncidentState, why: NudgeReason): Part[] {
  if (why === 'no-owner' && state.ownerId === null) {
    const { short } = SEVERITY_WORDS[state.severity];
    return [bold(`Nobody owns this ${short} yet.`), ' Take it, or hand it to somebody.'];
  }
  return [
    bold('It has been quiet here.'),
    ' Last on the record: ',
    date(state.nudging.activeAtMs || state.openedAtMs),
    '.',
  ];
}

/** What somebody did about it first; null as long as nobody has done anything. */
function reactionTo({ version }: RecordedEvent, history: History): Part {
  const next = history.after(version).find(({ actor: by }) => by.kind === 'person');
  if (next === undefined) return null;
  switch (next.event.type) {
    case 'nudges-snoozed':
      return ['; ', actor(next.actor), ' put it off until ', date(next.event.untilMs), '.'];
    case 'nudges-stopped':
      return ['; ', actor(next.actor), ' has stopped reminders for this incident.'];
    default:
      return ['; ', actor(next.actor), ' went on.'];
  }
}
