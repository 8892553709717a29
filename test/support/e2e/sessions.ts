import type { IncidentState } from '../../../src/domain/incident/state.ts';
import type { Store } from '../../../src/ports.ts';
import { until } from '../poll.ts';
import type { BotWorld } from './bot-world.ts';
import type { TestPerson } from './person.ts';
import { told } from './told.ts';

export interface OpenSession {
  readonly incidentId: string;
  readonly rootTs: string;
}

/** Opens a session with `/triage` and waits for its card in the channel. */
export async function openSession(person: TestPerson, title: string): Promise<OpenSession> {
  await person.say(`/triage ${title}`);
  const sentence = await told(person, /RT-[0-9A-Z]{5} is open/);
  const incidentId = /RT-[0-9A-Z]{5}/.exec(sentence)?.[0] ?? '';
  const root = await until('the root card', () => rootsOf(person, incidentId)[0]);
  return { incidentId, rootTs: root.ts };
}

/** The cards outside threads that show this session: there must be exactly one. */
export function rootsOf(person: TestPerson, incidentId: string) {
  return person
    .messages()
    .filter((message) => !message.ephemeral && message.threadTs === null)
    .filter((message) => person.textOf(message).includes(incidentId));
}

/** What is due later than this is a second look or the next look at alarms: longer than any lease. */
const SOON_MS = 31_000;

/** Waits until the bot has nothing left to do now. */
export function untilQuiet(world: BotWorld): Promise<unknown> {
  return until('no work is left', () => hasNoWorkNow(world.store()));
}

export async function hasNoWorkNow(store: Pick<Store, 'workCounts'>): Promise<boolean> {
  const { nextDueAtMs } = await store.workCounts();
  return nextDueAtMs === null || nextDueAtMs > Date.now() + SOON_MS;
}

export async function stateOf(world: BotWorld, incidentId: string): Promise<IncidentState> {
  const state = await world.readState(incidentId);
  if (state === null) throw new Error(`There is no ${incidentId}.`);
  return state;
}

/** Whether every version of the log is there, once, in order. */
export async function versionsOf(world: BotWorld, incidentId: string): Promise<readonly number[]> {
  return (await world.store().readEvents(incidentId)).map((event) => event.version);
}

/** The slots of the session's messages as they are in Slack, by metadata or file name, sorted. */
export async function postedSlots(
  world: Pick<BotWorld, 'demo'>,
  channelId: string,
  incidentId: string,
): Promise<readonly string[]> {
  const { journal } = world.demo.workspace;
  const gone = new Set(journal.calls('chat.delete').map((call) => String(call.args['ts'])));
  const messages = journal
    .calls('chat.postMessage')
    .filter((call) => call.args['channel'] === channelId && call.answer['ok'] === true)
    .filter((call) => !gone.has(String(call.answer['ts'])))
    .map((call) => JSON.stringify(call.args['metadata'] ?? ''))
    .filter((metadata) => metadata.includes(incidentId))
    .map((metadata) => /"slot\\?":\\?"([^"\\]+)/.exec(metadata)?.[1] ?? metadata);
  const pictures = journal
    .calls('files.completeUploadExternal')
    .filter((call) => call.args['channel_id'] === channelId && call.answer['ok'] === true)
    .flatMap((call) => JSON.stringify(call.answer).match(/"name":"[^"]+\.png"/g) ?? [])
    .filter((name) => name.includes(incidentId))
    .map((name) => /graph-[0-9a-f]+/.exec(name)?.[0] ?? name);
  return [...messages, ...pictures].sort();
}
