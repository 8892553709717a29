import type { Core } from './core.ts';
import { type Acknowledgement, once } from './delivery.ts';
import type { Json } from './json.ts';
import type { PageStateValues } from './page-protocol.ts';
import { appPart, channelPart, personPart, teamPart, viewPart } from './payload-parts.ts';
import { messagePayload } from './render.ts';
import type { Channel, EphemeralMessage, Message, OpenView, Person } from './state.ts';
import { chosenAction, elementsOf, flatBlocks, stateValues } from './state-values.ts';
import { wording } from './wording.ts';

/** What a person clicked or chose. */
export interface Click {
  readonly blockId: string;
  readonly element: Json;
  readonly state: PageStateValues;
}

function problemOf(answer: Acknowledgement): string | null {
  switch (answer.kind) {
    case 'acked':
      return null;
    case 'timeout':
      return wording.clickTimeout;
    case 'unreachable':
      return wording.clickUnreachable;
  }
}

/** The element as the app sent it with what was chosen, or null where it is no longer there. */
function actionOf(core: Core, blocks: unknown, click: Click): Json | null {
  const actionId = click.element['action_id'];
  const element = flatBlocks(blocks)
    .filter((block) => block['block_id'] === click.blockId)
    .flatMap(elementsOf)
    .find((candidate) => candidate['action_id'] === actionId);
  if (element === undefined) return null;
  return {
    ...chosenAction(element, click.element),
    block_id: click.blockId,
    action_ts: core.ids.nextTs(),
  };
}

function common(core: Core, person: Person): Json {
  return {
    user: personPart(core, person),
    ...appPart(core),
    team: teamPart(core),
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** Returns the sentence at the clicked element, null when the app acknowledged. */
export async function clickInMessage(
  core: Core,
  person: Person,
  channel: Channel,
  message: Message | EphemeralMessage,
  click: Click,
): Promise<string | null> {
  const action = actionOf(core, message.blocks, click);
  if (action === null) return wording.elementGone;
  const isEphemeral = 'forUserId' in message;
  const target = { ts: message.ts, isEphemeral };
  const answer = await core.deliver(
    once('interactive', {
      type: 'block_actions',
      ...common(core, person),
      container: {
        type: 'message',
        message_ts: message.ts,
        channel_id: channel.id,
        is_ephemeral: isEphemeral,
        ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
      },
      trigger_id: core.triggers.issue({ userId: person.id, viewId: null }),
      channel: channelPart(channel),
      ...(isEphemeral ? {} : { message: messagePayload(core, channel, message) }),
      state: { values: stateValues(message.blocks, click.state) },
      response_url: core.responseUrls.issue({
        kind: 'actions',
        userId: person.id,
        channelId: channel.id,
        message: target,
      }),
      actions: [action],
    }),
  );
  return problemOf(answer);
}

/** A click in a form or in the Home tab. */
export async function clickInView(
  core: Core,
  person: Person,
  open: OpenView,
  click: Click,
): Promise<string | null> {
  const action = actionOf(core, open.view['blocks'], click);
  if (action === null) return wording.elementGone;
  const isModal = open.view['type'] === 'modal';
  const answer = await core.deliver(
    once('interactive', {
      type: 'block_actions',
      ...common(core, person),
      container: { type: 'view', view_id: open.id },
      trigger_id: core.triggers.issue({ userId: person.id, viewId: isModal ? open.id : null }),
      view: viewPart(core, open, stateValues(open.view['blocks'], click.state)),
      actions: [action],
    }),
  );
  return problemOf(answer);
}

export async function runMessageShortcut(
  core: Core,
  person: Person,
  channel: Channel,
  message: Message,
  callbackId: string,
): Promise<string | null> {
  const answer = await core.deliver(
    once('interactive', {
      type: 'message_action',
      ...common(core, person),
      action_ts: core.ids.nextTs(),
      channel: channelPart(channel),
      callback_id: callbackId,
      trigger_id: core.triggers.issue({ userId: person.id, viewId: null }),
      response_url: core.responseUrls.issue({
        kind: 'actions',
        userId: person.id,
        channelId: channel.id,
        message: { ts: message.ts, isEphemeral: false },
      }),
      message_ts: message.ts,
      message: messagePayload(core, channel, message),
    }),
  );
  return problemOf(answer);
}
