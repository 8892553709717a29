import { TRIAGE_HELP } from '../../../../src/domain/triage/triage-command.ts';
import type { EnvelopeRecord } from '../../../../src/simulator/workspace/journal.ts';
import type { Json } from '../../../../src/simulator/workspace/json.ts';
import {
  COMMANDS,
  FILL_ACTION,
  FORM_IDS,
  formOf,
  HOME_ACTIONS,
  LINK_ACTION,
  MENU_ACTION,
  MESSAGE_SHORTCUTS,
  OTHER_FORM_IDS,
  TAP_IDS,
  TIMELINE_REACTION,
  tapOf,
} from '../../../../src/slack/ids.ts';
import { EVENT_SCOPES } from '../../../../src/slack/manifest.ts';

/** All that people can use of the product, and all that Slack tells it by itself. */
export const ALL_CONTROLS: readonly string[] = [
  ...Object.values(COMMANDS).map((command) => `command ${command}`),
  ...Object.keys(TRIAGE_HELP).map((verb) => `command ${COMMANDS.triage} ${verb}`),
  ...Object.values(MESSAGE_SHORTCUTS).map((id) => `shortcut ${id}`),
  ...['reaction_added', 'reaction_removed'].map((type) => `${type} ${TIMELINE_REACTION}`),
  ...FORM_IDS.flatMap((form) => [`open ${form}`, `form ${form}`]),
  ...OTHER_FORM_IDS.map((form) => `form ${form}`),
  ...TAP_IDS.map((tap) => `tap ${tap}`),
  ...Object.values(HOME_ACTIONS),
  MENU_ACTION,
  LINK_ACTION,
  FILL_ACTION,
  ...Object.keys(EVENT_SCOPES).map((type) => `event ${type}`),
];

/** The controls behind one thing that Slack delivered; none as long as it was not taken. */
export function controlsOf({ type, outcome, payload, ackPayload }: EnvelopeRecord): string[] {
  if (outcome !== 'acked') return [];
  switch (type) {
    case 'slash_commands':
      return commandNames(String(payload['command']), String(payload['text']));
    case 'interactive':
      return interactionNames(payload, ackPayload);
    case 'events_api':
      return eventNames(payload['event'] as Json);
  }
}

function commandNames(command: string, text: string): string[] {
  const verb = text.trim().split(/\s+/)[0] ?? '';
  const isVerb = command === COMMANDS.triage && Object.hasOwn(TRIAGE_HELP, verb);
  return isVerb ? [`command ${command} ${verb}`] : [`command ${command}`];
}

function interactionNames(payload: Json, ackPayload: unknown): string[] {
  switch (payload['type']) {
    case 'message_action':
      return [`shortcut ${String(payload['callback_id'])}`];
    case 'view_submission': {
      const isRefused = (ackPayload as Json | undefined)?.['response_action'] === 'errors';
      const { callback_id } = payload['view'] as Json;
      return isRefused ? [] : [String(callback_id).replace(':', ' ')];
    }
    case 'block_actions':
      return (payload['actions'] as ChosenAction[]).flatMap(namesOfAction);
    default:
      return [];
  }
}

export type ChosenAction = Parameters<typeof tapOf>[0];

/** What a button or the chosen entry of a menu stands for; the id itself where nobody knows it. */
export function namesOfAction(action: ChosenAction): string[] {
  const isMenu = action.action_id === MENU_ACTION;
  const tap = tapOf(action);
  const form = formOf(action);
  const isLink = isMenu && action.selected_option?.value === LINK_ACTION;
  const names = [
    ...(isMenu ? [MENU_ACTION] : []),
    ...(isLink ? [LINK_ACTION] : []),
    ...(tap === null ? [] : [`tap ${tap.tap}`]),
    ...(form === null ? [] : [`open ${form.form}`]),
  ];
  return names.length === 0 ? [action.action_id] : names;
}

/** An edit or a removal is what the bot wants to hear of messages. */
function eventNames(event: Json): string[] {
  const { type } = event;
  if (type === 'message') {
    const isChange = ['message_changed', 'message_deleted'].includes(String(event['subtype']));
    const place = event['channel_type'] === 'group' ? 'groups' : 'channels';
    return isChange ? [`event message.${place}`] : [];
  }
  const reaction = 'reaction' in event ? [`${String(type)} ${String(event['reaction'])}`] : [];
  return [`event ${String(type)}`, ...reaction];
}
