import type { Core } from './core.ts';
import type { Mentionable } from './message-format.ts';

/** Whom and what a person can mention by typing a name. */
export function mentionable(core: Core): Mentionable {
  const channels = [...core.state.channels.values()].filter(
    (channel) => channel.directWith === null,
  );
  return {
    people: new Map(
      [...core.state.people.values()].map(({ name, id }) => [name.toLowerCase(), id]),
    ),
    channels: new Map(channels.map(({ name, id }) => [name, id])),
  };
}
