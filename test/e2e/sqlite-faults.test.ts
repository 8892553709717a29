import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoWorld, startDemoWorld } from '../../src/cli/demo-world.ts';
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { type BotProcess, startBotProcess } from '../support/e2e/bot-process.ts';
import { createPerson } from '../support/e2e/person.ts';
import { openSession } from '../support/e2e/sessions.ts';
import { fieldErrors, told, toldTo } from '../support/e2e/told.ts';
import { createKeptLog } from '../support/kept-log.ts';
import { until } from '../support/poll.ts';

const SORRY = /I cannot record this right now/;
/** Where the operating system would end a process that writes beyond its limit, the write fails. */
const KEEP_ALIVE = `--import data:text/javascript,${encodeURIComponent("process.on('SIGXFSZ',()=>{})")}`;
/** Less than the log of the database has already. */
const NO_ROOM_BYTES = 4_096;

/** No file of the process may become longer: as on a full disk, each write to the store fails. */
function leaveRoom(bot: BotProcess, bytes: number | 'unlimited'): void {
  execFileSync('prlimit', [`--pid=${bot.pid}`, `--fsize=${bytes}:unlimited`]);
}

describe('a bot whose disk takes nothing more', () => {
  let folder: string;
  let world: DemoWorld;
  let bot: BotProcess;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'redthread-full-'));
    world = await startDemoWorld({ port: 0, rateLimits: 'off' });
    bot = await startBotProcess(world, { REDTHREAD_DATA: folder, NODE_OPTIONS: KEEP_ALIVE });
  });
  afterAll(async () => {
    await bot.kill9();
    await world.close();
    await rm(folder, { recursive: true });
  });

  it('says so for a command, a button and a form, and goes on once there is room again', async () => {
    const ana = createPerson(world.workspace, 'ana', world.workspace.channelId('incidents'));
    const { incidentId } = await openSession(ana, 'checkout is down');
    await ana.tap('State the problem', incidentId);
    await ana.seeForm('State the problem');
    leaveRoom(bot, NO_ROOM_BYTES);

    expect(await ana.say('/triage note meanwhile')).toBeNull();
    await told(ana, SORRY);
    await ana.submit({ 'What exactly is wrong?': 'Every request fails.' });
    expect(fieldErrors(ana)).toMatch(SORRY);
    expect(await ana.tap('Take it', incidentId)).toBeNull();
    await until('the tap is answered', () => toldTo(ana).filter((text) => SORRY.test(text))[1]);
    leaveRoom(bot, 'unlimited');

    expect(await ana.submit({ 'What exactly is wrong?': 'Every request fails.' })).toEqual({});
    await ana.say('/triage note afterwards');
    await told(ana, /Noted\./);
    await ana.seeMessage('Step 2 of 7');
    expect(await bot.stop()).toBe(0);
    const store = await openSqliteStore({
      path: join(folder, 'redthread.db'),
      log: createKeptLog(),
    });
    const state = await store.readState(incidentId);
    const versions = (await store.readEvents(incidentId)).map(({ version }) => version);
    await store.close();
    expect(state?.notes.map(({ text }) => text)).toEqual(['afterwards']);
    expect(state?.ownerId).toBeNull();
    expect(versions).toEqual(versions.map((_, index) => index + 1));
  }, 60_000);
});
