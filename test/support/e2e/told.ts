import { until } from '../poll.ts';
import { type TestPerson, textIn } from './person.ts';
import { isWindow } from './window.ts';

/** What the bot said to this person alone: where they are, in the direct conversation, or in a window. */
export function toldTo(person: TestPerson): readonly string[] {
  const { channels, modal } = person.view();
  const window = modal !== null && isWindow(modal) ? [textIn(modal.view)] : [];
  const messages = channels
    .filter((channel) => channel.isDirect || channel.id === person.channelId)
    .flatMap(({ isDirect, messages }) => messages.filter((one) => isDirect || one.ephemeral))
    .map((message) => person.textOf(message));
  return [...messages, ...window];
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
