import { writeInCanvas } from './canvases.ts';
import type { Core } from './core.ts';
import { clickInMessage, clickInView, runMessageShortcut } from './interactions.ts';
import { joinChannel, leaveChannel } from './membership.ts';
import { mentionable } from './mentionable.ts';
import { composeBlocks, composeText } from './message-format.ts';
import { changeMessage, postMessage, removeMessage } from './messages.ts';
import { closeView, submitView } from './modals.ts';
import type { PersonAction } from './page-actions.ts';
import { viewPart } from './payload-parts.ts';
import { react } from './reactions.ts';
import { runSlashCommand, splitCommand } from './slash-commands.ts';
import { type Channel, directChannel, type Message, type OpenView, type Person } from './state.ts';
import { stackOf } from './views.ts';
import { wording } from './wording.ts';

type Of<Type extends PersonAction['type']> = Extract<PersonAction, { type: Type }>;
type Problem = string | null;

/** Does what a person does in Slack's client. Returns Slack's sentence where it is refused or fails. */
export async function act(core: Core, person: Person, action: PersonAction): Promise<Problem> {
  switch (action.type) {
    case 'send':
      return send(core, person, action);
    case 'edit':
      return edit(core, person, action);
    case 'delete':
      return remove(core, person, action);
    case 'block-action':
      return click(core, person, action);
    case 'submit-view':
      return withView(core, person, action.viewId, (open) =>
        submitView(core, person, open, action.state),
      );
    case 'close-view':
      return withView(core, person, action.viewId, (open) => closeView(core, person, open));
    case 'message-shortcut':
      return shortcut(core, person, action);
    case 'react':
      return withMessage(core, person, action, (channel, message) =>
        react(core, channel, message, { userId: person.id, name: action.name, add: action.add }),
      );
    case 'write-in-canvas':
      return writeInCanvas(core, person, action) ? null : wording.canvasClosed;
    case 'open-home':
      return openHome(core, person);
    case 'invite-bot':
      return invite(core, person, action);
    case 'dismiss-notice': {
      const notices = core.state.notices.get(person.id) ?? [];
      core.state.notices.set(
        person.id,
        notices.filter(({ id }) => id !== action.noticeId),
      );
      core.changed();
      return null;
    }
  }
}

/** Public channels are everybody's; private ones and direct conversations only their members'. */
export function isVisibleTo(channel: Channel, person: Person): boolean {
  return !channel.isPrivate || channel.memberIds.has(person.id);
}

function findChannel(core: Core, person: Person, channelId: string): Channel | null {
  const channel = core.state.channels.get(channelId);
  return channel !== undefined && isVisibleTo(channel, person) ? channel : null;
}

async function withMessage(
  core: Core,
  person: Person,
  place: { readonly channelId: string; readonly ts: string },
  run: (channel: Channel, message: Message) => Problem | Promise<Problem>,
): Promise<Problem> {
  const channel = findChannel(core, person, place.channelId);
  if (channel === null) return wording.channelUnknown;
  const message = channel.messages.get(place.ts);
  return message === undefined ? wording.messageGone : run(channel, message);
}

async function withView(
  core: Core,
  person: Person,
  viewId: string,
  run: (open: OpenView) => Promise<void>,
): Promise<Problem> {
  const open = stackOf(core, person.id).find(({ id }) => id === viewId);
  if (open === undefined) return wording.viewGone;
  await run(open);
  return null;
}

async function send(core: Core, person: Person, action: Of<'send'>): Promise<Problem> {
  const channel = findChannel(core, person, action.channelId);
  if (channel === null) return wording.channelUnknown;
  if (channel.isArchived) return wording.archived;
  const command = splitCommand(action.text);
  if (command !== null) return sendCommand(core, person, channel, action.threadTs, command);
  if (action.text.trim() === '') return null;
  const isToApp = channel.directWith !== null;
  if (isToApp && !core.settings.manifest.takesDirectMessages) return wording.directMessagesOff;
  joinChannel(core, channel, person.id, null);
  const text = composeText(action.text, mentionable(core));
  postMessage(core, {
    channel,
    userId: person.id,
    text,
    blocks: composeBlocks(text, core.ids),
    threadTs: action.threadTs,
    clientMessageId: core.ids.uuid(),
  });
  return null;
}

async function sendCommand(
  core: Core,
  person: Person,
  channel: Channel,
  threadTs: string | null,
  { name, rest }: { readonly name: string; readonly rest: string },
): Promise<Problem> {
  const command = core.settings.manifest.commands.find((known) => known.command === name);
  if (command === undefined) return wording.commandUnknown(name);
  if (threadTs !== null) return wording.commandInThread(name);
  await runSlashCommand(core, person, channel, command, rest);
  return null;
}

function edit(core: Core, person: Person, action: Of<'edit'>): Promise<Problem> {
  return withMessage(core, person, action, (channel, message) => {
    if (message.userId !== person.id) return wording.notYours;
    const text = composeText(action.text, mentionable(core));
    const edited = { user: person.id, ts: core.ids.nextTs() };
    changeMessage(core, channel, message, { text, blocks: composeBlocks(text, core.ids), edited });
    return null;
  });
}

function remove(core: Core, person: Person, action: Of<'delete'>): Promise<Problem> {
  return withMessage(core, person, action, (channel, message) => {
    if (message.userId !== person.id) return wording.notYours;
    removeMessage(core, channel, message);
    return null;
  });
}

async function click(core: Core, person: Person, action: Of<'block-action'>): Promise<Problem> {
  if (!core.settings.manifest.isInteractive) return wording.notInteractive;
  const { container } = action;
  switch (container.type) {
    case 'message': {
      const channel = findChannel(core, person, container.channelId);
      if (channel === null) return wording.channelUnknown;
      const ephemeral = core.state.ephemerals.find(
        ({ ts, forUserId }) => ts === container.messageTs && forUserId === person.id,
      );
      const message = ephemeral ?? channel.messages.get(container.messageTs);
      if (message === undefined) return wording.messageGone;
      return clickInMessage(core, person, channel, message, action);
    }
    case 'view': {
      const open = stackOf(core, person.id).find(({ id }) => id === container.viewId);
      return open === undefined ? wording.viewGone : clickInView(core, person, open, action);
    }
    case 'home': {
      const home = core.state.homes.get(person.id);
      return home === undefined ? wording.viewGone : clickInView(core, person, home, action);
    }
  }
}

async function shortcut(
  core: Core,
  person: Person,
  action: Of<'message-shortcut'>,
): Promise<Problem> {
  if (!core.settings.manifest.isInteractive) return wording.notInteractive;
  const known = core.settings.manifest.messageShortcuts;
  if (!known.some(({ callbackId }) => callbackId === action.callbackId))
    return wording.shortcutUnknown;
  return withMessage(core, person, action, (channel, message) =>
    runMessageShortcut(core, person, channel, message, action.callbackId),
  );
}

function openHome(core: Core, person: Person): Problem {
  if (!core.settings.manifest.hasHomeTab) return null;
  const home = core.state.homes.get(person.id);
  const channel = directChannel(core.state, core.ids, person.id, core.settings.botUserId);
  core.publish('app_home_opened', {
    type: 'app_home_opened',
    user: person.id,
    channel: channel.id,
    tab: 'home',
    ...(home === undefined ? {} : { view: viewPart(core, home) }),
    event_ts: core.ids.nextTs(),
  });
  core.changed();
  return null;
}

function invite(core: Core, person: Person, action: Of<'invite-bot'>): Problem {
  const channel = findChannel(core, person, action.channelId);
  if (channel === null) return wording.channelUnknown;
  if (channel.isArchived) return wording.archived;
  if (action.invite) joinChannel(core, channel, core.settings.botUserId, person.id);
  else leaveChannel(core, channel, core.settings.botUserId);
  return null;
}
