import { until } from '../poll.ts';
import type { TestPerson } from './person.ts';

/** What the bot said to this person alone: in the channel where they are, or in the direct conversation. */
export function toldTo(person: TestPerson): readonly string[] {
  return person
    .view()
    .channels.filter((channel) => channel.isDirect || channel.id === person.channelId)
    .flatMap(({ isDirect, messages }) => messages.filter((one) => isDirect || one.ephemeral))
    .map((message) => person.textOf(message));
}

/** Waits until the person was told so, and returns the whole text. */
export function told(person: TestPerson, wanted: RegExp): Promise<string> {
  return until(`${person.id} is told ${wanted}`, () =>
    toldTo(person).findLast((text) => wanted.test(text)),
  );
}

/** The sentences on the fields of the form that this person has open. */
export function fieldErrors(person: TestPerson): string {
  return Object.values(person.view().modal?.errors ?? {}).join(' ');
}
