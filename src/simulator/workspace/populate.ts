import type { Ids } from './ids.ts';
import { composeBlocks } from './message-format.ts';
import type { SeedChannel, WorkspaceSeed } from './seed.ts';
import type { Settings } from './settings.ts';
import { addChannel, directChannel, keepMessage, type Person, type State } from './state.ts';

const colors = ['#2b5f75', '#8c5a2b', '#5b7f3a', '#7a4a86', '#a2453d', '#3f5fa8'];

/** Puts the seed's people, channels and first messages in place. */
export function populate(state: State, ids: Ids, settings: Settings, seed: WorkspaceSeed): void {
  const idOf = addPeople(state, ids, settings, seed);
  for (const channel of seed.channels) populateChannel(state, ids, settings, channel, idOf);
  for (const group of seed.userGroups ?? []) {
    const id = group.id ?? ids.id('S');
    const userIds = group.members.map(idOf);
    state.userGroups.set(id, { id, handle: group.handle, name: group.name, userIds });
  }
  for (const person of [...state.people.values()].filter(({ isBot }) => !isBot)) {
    directChannel(state, ids, person.id, settings.botUserId);
  }
}

function addPeople(
  state: State,
  ids: Ids,
  settings: Settings,
  seed: WorkspaceSeed,
): (name: string) => string {
  const byName = new Map<string, string>();
  seed.people.forEach((person, index) => {
    const id = person.id ?? ids.id('U');
    const color = colors[index % colors.length] ?? '#555555';
    const { name, realName, email, timeZone, isGuest = false, isDeactivated = false } = person;
    const { teamId = settings.teamId } = person;
    const account = { isGuest, isDeactivated, teamId, isBot: false };
    state.people.set(id, { id, name, realName, email, timeZone, color, ...account });
    byName.set(name, id);
  });
  state.people.set(settings.botUserId, botPerson(settings));
  return (name) => {
    const id = byName.get(name);
    if (id === undefined) throw new Error(`The seed names nobody called ${name}.`);
    return id;
  };
}

function botPerson(settings: Settings): Person {
  return {
    id: settings.botUserId,
    name: settings.manifest.botName.toLowerCase(),
    realName: settings.manifest.botName,
    email: null,
    timeZone: 'America/Los_Angeles',
    isBot: true,
    isGuest: false,
    isDeactivated: false,
    teamId: settings.teamId,
    color: '#b3261e',
  };
}

function populateChannel(
  state: State,
  ids: Ids,
  settings: Settings,
  seed: SeedChannel,
  idOf: (name: string) => string,
): void {
  const everybody = [...state.people.values()].filter(({ isBot }) => !isBot).map(({ id }) => id);
  const people = seed.members?.map(idOf) ?? everybody;
  const channel = addChannel(state, {
    id: seed.id ?? ids.id('C'),
    name: seed.name,
    isPrivate: seed.isPrivate ?? false,
    directWith: null,
    topic: seed.topic ?? '',
    members: seed.hasBot ? [...people, settings.botUserId] : people,
  });
  const oldestFirst = [...(seed.messages ?? [])].sort(
    (left, right) => right.minutesAgo - left.minutesAgo,
  );
  for (const { from, text, minutesAgo } of oldestFirst) {
    keepMessage(channel, {
      ts: ids.tsAt(Date.now() - minutesAgo * 60_000),
      threadTs: null,
      userId: idOf(from),
      subtype: null,
      clientMessageId: ids.uuid(),
      text,
      blocks: composeBlocks(text, ids),
      attachments: [],
      metadata: null,
      fileIds: [],
      reactions: new Map(),
      edited: null,
      isPinned: false,
      isBroadcast: false,
      visibleAtMs: 0,
    });
  }
}
