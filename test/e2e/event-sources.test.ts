import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { told } from '../support/e2e/told.ts';

const GROUP = 'aws/cloudtrail/managementevents';
const STORE_ID = '0f0c5b9a-97c2-4f9e-8f1c-0123456789ab';
const QUESTION = 'who stopped i-0c4e8d21f6ab97530 since 3h';

/** The bot as it is installed with a log group, and with an event data store that AWS does not have. */
describe('a bot that may search more than Event history', () => {
  let folder: string;
  let world: BotWorld;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'redthread-sources-'));
    const path = join(folder, 'redthread.yaml');
    const logs = [{ region: 'eu-west-1', groups: [GROUP] }];
    const lake = [{ region: 'eu-west-1', store: STORE_ID }];
    writeFileSync(path, JSON.stringify({ regions: ['eu-west-1'], logs, lake }));
    world = await startBotWorld({
      world: {
        seed: roomsSeed('logs', 'long', 'lake', 'data'),
        deliveryLagMs: 0,
        logGroups: { [GROUP]: { account: '111122223333', region: 'eu-west-1' } },
      },
      environment: { REDTHREAD_CONFIG: path },
    });
  });
  afterAll(async () => {
    await world.close();
    rmSync(folder, { recursive: true });
  });

  it('answers from the log group when it is named, and says so', async () => {
    const ana = world.person('ana', 'logs');

    await ana.say(`/trail ${QUESTION} in:logs`);

    const text = await told(ana, /noor\.haddad@northwind\.example stopped/);
    expect(text).toContain('CloudTrail in CloudWatch Logs');
    expect(text).toContain('in CloudWatch Logs · found by full search');
    expect(world.demo.aws.calls.some(({ service }) => service === 'logs')).toBe(true);
  });

  it('takes the log group by itself for what Event history cannot look up, and says why', async () => {
    const ana = world.person('ana', 'long');

    await ana.say('/trail role:config-writer since 12h');

    expect(await told(ana, /Searched in CloudWatch Logs/)).toContain(
      'because Event history cannot look for this and would have to be read whole',
    );
  });

  it('says what it did not check when the event data store is not there', async () => {
    const ben = world.person('ben', 'lake');

    await ben.say(`/trail ${QUESTION} in:lake`);

    expect(await told(ben, /Nothing could be checked/)).toContain(
      `No event data store ${STORE_ID} exists in eu-west-1`,
    );
  });

  it('refuses a data event that no place holds, in words', async () => {
    const ben = world.person('ben', 'data');

    await ben.say('/trail event:GetObject');

    expect(await told(ben, /GetObject is a data event/)).toContain(
      'Event history never holds those',
    );
  });
});
