import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { openSession, untilQuiet } from '../support/e2e/sessions.ts';
import { told } from '../support/e2e/told.ts';
import { until } from '../support/poll.ts';

const GROUP = 'aws/cloudtrail/managementevents';
const LOOK_DELAYS_MS = [3_000, 6_000];
const STOPPED = /noor\.haddad@northwind\.example stopped i-0c4e8d21f6ab97530/;

/** A query of Logs Insights costs money each time it is started. */
describe('an answer from a log group', () => {
  let folder: string;
  let world: BotWorld;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'redthread-kept-'));
    const path = join(folder, 'redthread.yaml');
    const logs = [{ region: 'eu-west-1', groups: [GROUP] }];
    writeFileSync(path, JSON.stringify({ regions: ['eu-west-1'], logs }));
    world = await startBotWorld({
      world: {
        seed: roomsSeed('done', 'looks'),
        deliveryLagMs: 0,
        logGroups: { [GROUP]: { account: '111122223333', region: 'eu-west-1' } },
      },
      environment: { REDTHREAD_CONFIG: path },
      pauses: { lookDelaysMs: LOOK_DELAYS_MS },
    });
  });
  afterAll(async () => {
    await world.close();
    rmSync(folder, { recursive: true });
  });

  const queryCount = () =>
    world.demo.aws.calls.filter(({ operation }) => operation === 'StartQuery').length;

  it('costs one query with all its pages, shared and attached, also by a bot that was started anew', async () => {
    const [ana, ben] = [world.person('ana', 'done'), world.person('ben', 'done')];
    const { incidentId } = await openSession(ana, 'the depot is down');
    await ana.say('/trail is:write since 30h until 1h in:logs');
    await told(ana, /Also · 1–8 of \d+/);
    await ana.tap('More matches');
    await told(ana, /Also · 9–16 of \d+/);
    await ana.tap('Newer');
    await told(ana, /Also · 1–8 of \d+/);
    await world.restartBot();
    await ana.tap('Share here', /Also · 1–8 of/);
    await until('the shared answer', () =>
      ana.messages().find((one) => !one.ephemeral && /Also · 1–8 of/.test(ana.textOf(one))),
    );
    await ana.tap('Attach as evidence', /Also · 1–8 of/);
    await told(ana, new RegExp(`Attached to ${incidentId}`));
    expect(queryCount()).toBe(1);

    await ben.say('/trail is:write since 30h until 1h in:logs');
    await told(ben, /Also · 1–8 of \d+/);
    expect(queryCount()).toBe(2);
  });

  it('costs another query for every later look at it', async () => {
    const ben = world.person('ben', 'looks');
    await untilQuiet(world);
    const before = queryCount();
    await ben.say('/trail who stopped i-0c4e8d21f6ab97530 since 3h in:logs');
    await told(ben, STOPPED);
    await untilQuiet(world);
    expect(queryCount() - before).toBe(1 + LOOK_DELAYS_MS.length);
  });
});
