import type { PageCommand, PagePerson } from '../page-protocol.ts';
import type { ChannelEntry } from './directory.ts';

export interface Completion {
  readonly key: string;
  readonly label: string;
  readonly detail: string;
  readonly insert: string;
}

export interface CompletionList {
  readonly kind: 'command' | 'mention';
  /** Characters `start` to the caret are replaced by the chosen completion. */
  readonly start: number;
  readonly items: readonly Completion[];
}

export interface Names {
  readonly people: readonly PagePerson[];
  readonly channels: readonly Pick<ChannelEntry, 'id' | 'name' | 'isDirect'>[];
  readonly commands: readonly PageCommand[];
}

const itemsMax = 8;
const broadcasts = ['here', 'channel', 'everyone'] as const;

export function displayNameOf(person: PagePerson): string {
  return person.realName || person.name;
}

/** What can complete the word before the caret, null when there is nothing to offer. */
export function findCompletions(text: string, caret: number, names: Names): CompletionList | null {
  const before = text.slice(0, caret);
  if (/^\/\S*$/.test(before)) return commandList(before, names.commands);
  const mention = /(?:^|[\s(])@([^\s@]*)$/.exec(before);
  return mention === null ? null : mentionList(mention[1] ?? '', caret, names.people);
}

function commandList(typed: string, commands: readonly PageCommand[]): CompletionList | null {
  const items = commands
    .filter(({ command }) => command.startsWith(typed.toLowerCase()))
    .slice(0, itemsMax)
    .map(({ command, usageHint, description }) => ({
      key: command,
      label: `${command} ${usageHint}`.trim(),
      detail: description,
      insert: `${command} `,
    }));
  return items.length === 0 ? null : { kind: 'command', start: 0, items };
}

function mentionList(
  typed: string,
  caret: number,
  people: readonly PagePerson[],
): CompletionList | null {
  const wanted = typed.toLowerCase();
  const items = people
    .filter(({ name, realName }) =>
      [name, ...realName.split(' ')].some((word) => word.toLowerCase().startsWith(wanted)),
    )
    .slice(0, itemsMax)
    .map((person) => ({
      key: person.id,
      label: displayNameOf(person),
      detail: person.isBot ? 'app' : person.name,
      insert: `@${displayNameOf(person)} `,
    }));
  return items.length === 0 ? null : { kind: 'mention', start: caret - typed.length - 1, items };
}

/** The command whose arguments are being typed, for the hint above the composer. */
export function commandInProgress(
  text: string,
  commands: readonly PageCommand[],
): PageCommand | null {
  return commands.find(({ command }) => text.startsWith(`${command} `)) ?? null;
}

/**
 * Typed text with the names of people and channels, and `@here`, as Slack's tokens: `<@U…>`,
 * `<#C…>`, `<!here>`. Names are matched whole, the longest first, in any case. The rest is left as
 * typed; the server escapes it.
 */
export function toWire(text: string, names: Names): string {
  const targets = mentionTargets(names);
  const longestFirst = [...targets.keys()].toSorted((a, b) => b.length - a.length);
  const anyName = longestFirst.map(escapePattern).join('|');
  const pattern = new RegExp(`(?<![\\w@#<])(?:${anyName})(?![\\w-])`, 'gi');
  return text.replace(pattern, (found) => targets.get(found.toLowerCase()) ?? found);
}

function mentionTargets(names: Names): ReadonlyMap<string, string> {
  const channels = names.channels.filter(({ isDirect }) => !isDirect);
  return new Map([
    ...broadcasts.map((word) => [`@${word}`, `<!${word}>`] as const),
    ...channels.map(({ name, id }) => [`#${name}`.toLowerCase(), `<#${id}>`] as const),
    ...names.people.flatMap((person) =>
      [person.name, displayNameOf(person)].map(
        (name) => [`@${name}`.toLowerCase(), `<@${person.id}>`] as const,
      ),
    ),
  ]);
}

/** The reverse of `toWire`, for editing a message. Links keep their angle brackets. */
export function toTyped(wire: string, names: Names): string {
  const plain = wire
    .replace(/<@(\w+)(?:\|[^>]*)?>/g, (found, id: string) => {
      const person = names.people.find((candidate) => candidate.id === id);
      return person === undefined ? found : `@${displayNameOf(person)}`;
    })
    .replace(/<#(\w+)(?:\|[^>]*)?>/g, (found, id: string) => {
      const channel = names.channels.find((candidate) => candidate.id === id);
      return channel === undefined ? found : `#${channel.name}`;
    })
    .replace(/<!(here|channel|everyone)>/g, '@$1')
    .replace(/<(https?:[^|>]+)(?:\|[^>]*)?>/g, '$1');
  return unescapeHtml(plain);
}

function unescapeHtml(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
