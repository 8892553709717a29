import { expect } from 'vitest';
import { actOnIncident } from '../../../src/flows/act-on-incident.ts';
import type { PageMessage } from '../../../src/simulator/workspace/page-protocol.ts';
import { STRAIGHT_PATH } from '../incident-builders.ts';
import { createKeptLog } from '../kept-log.ts';
import { until } from '../poll.ts';
import type { BotWorld } from './bot-world.ts';
import type { TestPerson } from './person.ts';
import { openSession, stateOf, untilQuiet } from './sessions.ts';

const PNG_BEGINNING = '89504e470d0a1a0a';

export function picturesIn(person: TestPerson, threadTs: string): readonly PageMessage[] {
  return person
    .messages()
    .filter((message) => message.threadTs === threadTs)
    .filter(({ files }) => files.some(({ mimetype }) => mimetype === 'image/png'));
}

/** Files that Slack took for this thread, whether the bot heard of it or not. */
export function uploadsTo({ demo }: BotWorld, threadTs: string): number {
  return demo.workspace.journal
    .calls('files.completeUploadExternal')
    .filter(({ args, answer }) => args['thread_ts'] === threadTs && answer['ok'] === true).length;
}

/** A session whose evidence is in, and with it the graphs. */
export async function openedWithGraphs(world: BotWorld, person: TestPerson) {
  const session = await openSession(person, 'checkout returns 5xx');
  await until('the evidence is in', async () =>
    (await stateOf(world, session.incidentId)).gatherings.every((one) => one.finishedAtMs !== null),
  );
  await untilQuiet(world);
  return session;
}

/** Width and height of the files of messages, which must be PNGs. */
export function sidesOf(
  { demo }: BotWorld,
  messages: readonly PageMessage[],
): Promise<readonly (readonly number[])[]> {
  const files = messages.flatMap((message) => message.files);
  return Promise.all(
    files.map(async ({ url }) => {
      const answer = await fetch(new URL(url ?? '', demo.pageUrl));
      const bytes = Buffer.from(await answer.arrayBuffer());
      expect(bytes.subarray(0, 8).toString('hex')).toBe(PNG_BEGINNING);
      return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
    }),
  );
}

/** The straight path from the first step to a verified solution, as forms would play it. */
export async function playToVerification(world: BotWorld, incidentId: string): Promise<void> {
  const deps = {
    store: world.store(),
    clock: { nowMs: Date.now },
    ids: { next: (prefix: string) => `${prefix}-1`, incidentId: () => incidentId },
    log: createKeptLog(),
    wakeWorkers: () => undefined,
  };
  const last = STRAIGHT_PATH.findIndex(([{ type }]) => type === 'verify-solution');
  for (const [command, actor] of STRAIGHT_PATH.slice(1, last + 1)) {
    const outcome = await actOnIncident(deps, {
      incidentId,
      command,
      actor,
      dedupeId: `play-${command.type}`,
    });
    expect(outcome.kind).toBe('done');
  }
}

export async function notesOf(world: BotWorld, incidentId: string): Promise<readonly string[]> {
  return (await stateOf(world, incidentId)).notes.map(({ text }) => text);
}
