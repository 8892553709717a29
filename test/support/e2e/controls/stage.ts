import { expect } from 'vitest';
import type { IncidentState } from '../../../../src/domain/incident/state.ts';
import type { PageFile, PageMessage } from '../../../../src/simulator/workspace/page-protocol.ts';
import { until } from '../../poll.ts';
import type { BotWorld } from '../bot-world.ts';
import { type TestPerson, textIn } from '../person.ts';
import { controlsOf } from './control-names.ts';

/** One thing that somebody does, which controls they use for it, and what is to be seen then. */
export interface ControlRow {
  readonly controls: readonly string[];
  /** In something that was not on anybody's screen before. */
  readonly sees: RegExp;
  /** Said to one person, in the thread that they are in: elsewhere they would not see it. */
  readonly isInThread?: true;
  readonly act: (stage: Stage) => Promise<unknown>;
}

export interface Stage {
  readonly world: BotWorld;
  /** Two people in the room where the rows play. */
  readonly ana: TestPerson;
  readonly ben: TestPerson;
  /** What the rows of one story hand on to each other; `opened` is where a link led to. */
  readonly kept: Map<string, string>;
}

/** What a person reads when something was not done. */
const FAILED =
  /went wrong|I do not (know|understand)|I could not|I cannot|does not answer|is missing|does not fit|already/i;

/** Does it, waits until it is seen, and until Slack has delivered what the row is about. */
export async function playRow(stage: Stage, row: ControlRow): Promise<void> {
  const { journal } = stage.world.demo.workspace;
  const before = await screens(stage);
  const earlier = new Set(journal.envelopes());
  await row.act(stage);
  const seen = await until(`somebody sees ${row.sees}`, async () => {
    const now = await screens(stage);
    return now.find((text) => row.sees.test(text) && countOf(now, text) > countOf(before, text));
  });
  if (!isDocument(seen)) expect(seen).not.toMatch(FAILED);
  if (row.isInThread) expect(ephemeralsIn(stage, seen).some(isInThread)).toBe(true);
  await until(`Slack delivered ${row.controls.join()}`, () => {
    const fresh = journal.envelopes().filter((envelope) => !earlier.has(envelope));
    const delivered = new Set(fresh.flatMap(controlsOf));
    return row.controls.every((control) => delivered.has(control));
  });
}

const isInThread = ({ threadTs }: PageMessage): boolean => threadTs !== null;

/** What one person alone was told with these words. */
function ephemeralsIn({ ana, ben }: Stage, text: string): readonly PageMessage[] {
  return [ana, ben]
    .flatMap((person) => person.messages())
    .filter((message) => message.ephemeral && messageText(message) === text);
}

/** It holds what people wrote, in any words. */
const isDocument = (text: string): boolean => text.startsWith('# ');

/** The same sentence may be told twice. */
const countOf = (texts: readonly string[], wanted: string): number =>
  texts.filter((text) => text === wanted).length;

/** The newest incident of the room. */
export async function incidentOf({ world, ana }: Stage): Promise<IncidentState> {
  const { channelId } = ana;
  const [summary] = await world.store().listIncidents({ channelId, limit: 1 });
  const state = await world.readState(summary?.incidentId ?? '');
  if (state === null) throw new Error('There is no incident in this room.');
  return state;
}

/** Each message, document, form and Home tab as the people of the stage see it now. */
export async function screens({ world, ana, ben, kept }: Stage): Promise<readonly string[]> {
  const views = [ana, ben].map((person) => ({ person, ...person.view() }));
  const messages = views.flatMap(({ person, channels }) =>
    channels
      .filter(({ id, isDirect }) => isDirect || id === person.channelId)
      .flatMap((channel) => channel.messages),
  );
  const others = views.flatMap(({ modal, home }) => [textIn(modal?.view), textIn(home)]);
  const files = new Map(messages.flatMap((row) => row.files.map((file) => [file.id, file])));
  const documents = await Promise.all([...files.values()].map((file) => textOfFile(world, file)));
  return [...messages.map(messageText), ...others, ...documents, kept.get('opened') ?? ''];
}

function messageText({ text, blocks, files }: PageMessage): string {
  return [text, textIn(blocks), ...files.map(({ name }) => name)].join(' ');
}

const read = new Map<string, string>();

/** What stands in an uploaded document, whole. */
async function textOfFile({ demo }: BotWorld, { id, name, url }: PageFile): Promise<string> {
  if (url === null || !name.endsWith('.md')) return name;
  const known = read.get(id);
  if (known !== undefined) return known;
  const text = await (await fetch(new URL(url, demo.pageUrl))).text();
  read.set(id, text);
  return text;
}
