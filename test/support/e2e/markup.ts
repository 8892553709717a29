import { type TestPerson, walk } from './person.ts';

/**
 * Everything in the messages and the form this person sees that Slack would act upon because of
 * the words in it: mrkdwn, notifications, and elements that ping or link. Empty is what we want.
 */
export function actedUpon(person: TestPerson, marker: RegExp): readonly string[] {
  const { channels, modal } = person.view();
  const messages = channels.flatMap((channel) => channel.messages);
  const own = messages.filter((message) => message.userId !== person.id);
  const nodes = walk([own.map((message) => message.blocks), modal?.view['blocks'] ?? []]);
  const parsed = nodes
    .filter((node) => node['type'] === 'mrkdwn')
    .map((node) => String(node['text']))
    .filter((text) => marker.test(text));
  const active = nodes
    .filter((node) => ['broadcast', 'usergroup', 'user', 'link'].includes(String(node['type'])))
    .map((node) => JSON.stringify(node))
    .filter((text) => marker.test(text) || text.includes('"broadcast"'));
  // The words beside a file have names in code style and a link to the canvas, which are ours.
  const besideFiles = /<[!@#]|<\/?script/i;
  const notices = own
    .filter(({ text, files }) =>
      (files.length > 0 ? besideFiles : /<[!@#h]|<\/?script|[*_~`]/i).test(text),
    )
    .map(({ text }) => text);
  const hidden = nodes
    .map((node) => String(node['text'] ?? ''))
    .filter((text) => /[\u202a-\u202e\u2066-\u2069\u200e\u200f]/.test(text));
  return [...parsed, ...active, ...notices, ...hidden];
}
