import { northwindSeed, type WorkspaceSeed } from '../../../src/simulator/workspace/seed.ts';

/** Names are what people choose for themselves. */
export const ODD_NAME = 'gus🦄:tada:<!here>*bold*';
export const GUEST = 'guest';
export const STRANGER = 'stranger';

/** The demo's people and some others, and a channel of its own for each test: sessions do not meet. */
export function roomsSeed(...names: readonly string[]): WorkspaceSeed {
  return {
    ...northwindSeed,
    people: [
      ...northwindSeed.people,
      person(ODD_NAME, 'gus@northwind.example'),
      { ...person(GUEST, 'guest@partner.example'), isGuest: true },
      { ...person(STRANGER, 'stranger@partner.example'), teamId: 'T0PARTNER' },
    ],
    channels: [...northwindSeed.channels, ...names.map((name) => ({ name, hasBot: true }))],
  };
}

const person = (name: string, email: string) => ({
  name,
  realName: name,
  email,
  timeZone: 'Europe/Paris',
});
