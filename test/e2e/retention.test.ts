import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import { openSession } from '../support/e2e/sessions.ts';
import { until } from '../support/poll.ts';

const DAY_MS = 86_400_000;

/** The bot's clock is moved, and it is started anew as after an update. */
describe('retention', () => {
  const folder = mkdtempSync(join(tmpdir(), 'redthread-retention-'));
  let world: BotWorld;
  let agoMs = 91 * DAY_MS;

  beforeAll(async () => {
    const path = join(folder, 'redthread.yml');
    writeFileSync(path, 'regions: [eu-west-1]\nretention: { incidents: 90d }\n');
    world = await startBotWorld({
      environment: { REDTHREAD_CONFIG: path },
      pauses: { nowMs: () => Date.now() - agoMs },
    });
  });
  afterAll(async () => {
    await world.close();
    rmSync(folder, { recursive: true });
  });

  it('deletes a closed incident after its time, keeps an open one, and audits it', async () => {
    const ana = world.person('ana');
    const { incidentId } = await openSession(ana, 'a closed one');
    await ana.say(`/triage close ${incidentId} not an incident after all`);
    await until('it is closed', async () => {
      return (await world.readState(incidentId))?.status === 'closed';
    });
    const open = await openSession(ana, 'an open one');
    await until('the document is written', async () => {
      return (await world.store().readDocument(incidentId)) !== null;
    });

    agoMs = 2 * DAY_MS;
    await world.restartBot();
    expect(await world.readState(incidentId)).not.toBeNull();
    agoMs = 0;
    await world.restartBot();

    await until('it is deleted', async () => (await world.readState(incidentId)) === null);
    expect(await world.readState(open.incidentId)).not.toBeNull();
    expect(await world.store().readDocument(incidentId)).toBeNull();
    const audit = await world.store().readAudit(100);
    const told = audit.filter(({ action }) => action === 'deletion');
    expect(told).toMatchObject([{ question: incidentId, userId: 'bot' }]);
  });
});
