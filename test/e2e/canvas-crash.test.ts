import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoWorld, startDemoWorld } from '../../src/cli/demo-world.ts';
import { openStore } from '../../src/store/open-store.ts';
import { type BotProcess, startBotProcess } from '../support/e2e/bot-process.ts';
import { createPerson, type TestPerson } from '../support/e2e/person.ts';
import { openSession } from '../support/e2e/sessions.ts';
import { createKeptLog } from '../support/kept-log.ts';
import { until } from '../support/poll.ts';

/** After a kill, work is taken up again when its lease (30 s) has ended. */
const RESUMED_WITHIN_MS = 90_000;

describe.concurrent.each([
  // Slack made it, and nobody heard; the bot is killed before it looks.
  ['canvases.create', { kind: 'drop-reply' }],
  // The bot knows its canvas, and is killed before anything is on record.
  ['canvases.access.set', { kind: 'hang' }],
] as const)('a bot that is killed at %s', (method, fault) => {
  let world: DemoWorld;
  let bot: BotProcess;
  let ana: TestPerson;
  let dataDirectory: string;

  beforeAll(async () => {
    dataDirectory = await mkdtemp(join(tmpdir(), 'redthread-canvas-'));
    world = await startDemoWorld({ port: 0, rateLimits: 'off' });
    bot = await startBotProcess(world, { REDTHREAD_DATA: dataDirectory });
    ana = createPerson(world.workspace, 'ana', world.workspace.channelId('incidents'));
  });
  afterAll(async () => {
    await bot.stop();
    await world.close();
    await rm(dataDirectory, { recursive: true });
  });

  it('has one canvas, linked once in the thread', async () => {
    const calls = (name: string) => world.workspace.journal.calls(name);
    world.workspace.faults.nextCalls(method, fault);
    const { incidentId } = await openSession(ana, 'checkout is down');
    await ana.say(`/triage close ${incidentId} the provider had an outage`);
    await until('the call', () => calls('canvases.create').length > 0 && calls(method).length > 0);
    await bot.kill9();
    await until('Slack noticed', () => ana.view().appConnections === 0);
    bot = await startBotProcess(world, { REDTHREAD_DATA: dataDirectory });
    await until('the card', () => ana.findMessage('Open the canvas'), RESUMED_WITHIN_MS);
    await until('the line', () => ana.findMessage('The same as a canvas'), RESUMED_WITHIN_MS);
    expect(await bot.stop()).toBe(0);

    const store = await openStore({ redisUrl: null, dataDirectory }, createKeptLog());
    const state = await store.readState(incidentId);
    await store.close();
    expect(calls('canvases.create')).toHaveLength(1);
    expect(state?.publication?.canvasLink).toContain(
      String(calls('canvases.create')[0]?.answer['canvas_id']),
    );
    expect(ana.messages().filter(({ text }) => text.includes('The same as a canvas'))).toHaveLength(
      1,
    );
  }, 180_000);
});
