import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoWorld, startDemoWorld } from '../../src/cli/demo-world.ts';
import { type BotProcess, startBotProcess } from '../support/e2e/bot-process.ts';
import { createPerson, type TestPerson } from '../support/e2e/person.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { openSession, postedSlots, rootsOf } from '../support/e2e/sessions.ts';
import { told } from '../support/e2e/told.ts';
import { until } from '../support/poll.ts';

/** After a kill, work is taken up again when its lease (30 s) has ended. */
const RESUMED_WITHIN_MS = 90_000;
/** Before anything of the move is shown, and in the middle of showing it. */
const KILLED_AFTER_MS = [0, 250];

describe('a bot that is killed while it moves an incident', () => {
  let world: DemoWorld;
  let environment: Readonly<Record<string, string>>;
  let bot: BotProcess;

  beforeAll(async () => {
    const seed = roomsSeed('from-0', 'to-0', 'from-1', 'to-1');
    world = await startDemoWorld({ port: 0, rateLimits: 'off', seed });
    environment = { REDTHREAD_DATA: await mkdtemp(join(tmpdir(), 'redthread-moved-')) };
    bot = await startBotProcess(world, environment);
  });
  afterAll(async () => {
    await bot.stop();
    await world.close();
    await rm(environment['REDTHREAD_DATA'] ?? '', { recursive: true });
  });

  const at = (room: string): TestPerson =>
    createPerson(world.workspace, 'ana', world.workspace.channelId(room));

  it.each([...KILLED_AFTER_MS.entries()])(
    'leaves no half-moved session (round %i, after %i ms)',
    async (round, killAfterMs) => {
      const here = at(`from-${round}`);
      const there = at(`to-${round}`);
      const { incidentId, rootTs } = await openSession(here, 'checkout returns 5xx');
      await here.seeMessage(/Changes · .*changes/);
      await here.say(`/triage move #to-${round}`);
      await told(here, /goes on in/);
      await delay(killAfterMs);
      await bot.kill9();
      await until('Slack noticed', () => here.view().appConnections === 0);
      bot = await startBotProcess(world, environment);

      await until(
        'both sides tell it',
        () => there.findMessage('Moved here from') && here.findMessage('Go on there'),
        RESUMED_WITHIN_MS,
      );
      await until('the evidence came along', () => there.findMessage(/Changes · .*changes/));
      const last = () =>
        here
          .messages()
          .filter(({ threadTs }) => threadTs === rootTs)
          .at(-1);
      await until('the thread ends with it', () =>
        here.textOf(last() as never).includes('Moved to'),
      );

      expect(rootsOf(there, incidentId)).toHaveLength(1);
      expect(rootsOf(here, incidentId).map(({ ts }) => ts)).toEqual([rootTs]);
      for (const person of [here, there]) {
        const slots = await postedSlots({ demo: world }, person.channelId, incidentId);
        expect(slots).toEqual([...new Set(slots)]);
      }
    },
    150_000,
  );
});
