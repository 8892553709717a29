import { northwindSeed, type WorkspaceSeed } from '../../../src/simulator/workspace/seed.ts';

/** Names are what people outside choose for themselves. */
export const GUEST = 'gus🦄:tada:<!here>*bold*';

/** The demo's people, a guest, and a channel of its own for each test: sessions do not meet. */
export function roomsSeed(...names: readonly string[]): WorkspaceSeed {
  return {
    ...northwindSeed,
    people: [
      ...northwindSeed.people,
      {
        name: GUEST,
        realName: GUEST,
        email: 'gus@partner.example',
        timeZone: 'Europe/Paris',
        isGuest: true,
      },
    ],
    channels: [...northwindSeed.channels, ...names.map((name) => ({ name, hasBot: true }))],
  };
}
