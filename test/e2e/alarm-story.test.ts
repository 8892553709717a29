import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALARM_WORLD, demoEnvironment } from '../../src/cli/demo-alarm.ts';
import { demoIncident } from '../../src/cli/demo-incidents.ts';
import { type DemoWorld, startDemoWorld } from '../../src/cli/demo-world.ts';
import { type BotProcess, startBotProcess } from '../support/e2e/bot-process.ts';
import { createPerson, type TestPerson } from '../support/e2e/person.ts';
import { rootsOf } from '../support/e2e/sessions.ts';
import { until } from '../support/poll.ts';

describe('the demo’s incident, opened by its alarm', () => {
  let folder: string;
  let world: DemoWorld;
  let bot: BotProcess;
  let ana: TestPerson;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'redthread-demo-'));
    world = await startDemoWorld({ port: 0, ...ALARM_WORLD });
    const environment = await demoEnvironment(world, join(folder, 'new'), {
      ...demoIncident(),
      byAlarm: true,
    });
    bot = await startBotProcess(world, { ...environment, REDTHREAD_DATA: folder });
    ana = createPerson(world.workspace, 'ana', world.workspace.channelId('incidents'));
  });
  afterAll(async () => {
    await bot.stop();
    await world.close();
    await rm(folder, { recursive: true });
  });

  it('has its evidence before anybody comes, and hears when the alarm is over', async () => {
    world.aws.announceAlarm(demoIncident().alarm);
    const card = await ana.seeMessage(/Alarm checkout-5xx .*RT-[0-9A-Z]{5}/);
    const incidentId = /RT-[0-9A-Z]{5}/.exec(ana.textOf(card))?.[0] ?? '';
    await ana.seeMessage(/Changes · .*[67]\d changes/);
    await ana.tap('Accept', incidentId);
    await ana.seeMessage('owns it now');
    world.aws.setAlarmState('checkout-5xx', 'OK', 'Threshold Crossed: no datapoint was greater.');
    await ana.seeMessage('checkout-5xx is OK');
    world.aws.setAlarmState('checkout-5xx', 'ALARM', 'Threshold Crossed: it is back.');
    await ana.seeMessage('checkout-5xx fires');
    await until('the card counts', () =>
      rootsOf(ana, incidentId).some((root) => ana.textOf(root).includes('(2 times)')),
    );
    expect(rootsOf(ana, incidentId)).toHaveLength(1);
    expect(bot.errorOutput()).toBe('');
  });
});
