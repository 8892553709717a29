import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startDemoWorld } from '../../src/cli/demo-world.ts';
import { startBotProcess } from '../support/e2e/bot-process.ts';
import { until } from '../support/poll.ts';

it('a start says on standard error which playbook is left out and why, and goes on', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'redthread-playbooks-'));
  await mkdir(join(folder, 'ours'));
  await writeFile(join(folder, 'ours', 'broken.yaml'), 'id: ours\ntitle: [\n');
  await writeFile(join(folder, 'redthread.yaml'), 'playbooks: ours\n');
  const world = await startDemoWorld({ port: 0 });
  const bot = await startBotProcess(world, {
    REDTHREAD_CONFIG: join(folder, 'redthread.yaml'),
    REDTHREAD_DATA: join(folder, 'data'),
  });

  const told = await until(
    'it is told',
    () => /redthread: playbook .*/.exec(bot.errorOutput())?.[0],
  );
  expect(told).toMatch(/^redthread: playbook left out: .*ours\/broken\.yaml:\d: \S/);
  expect(bot.isRunning()).toBe(true);

  await bot.stop();
  await world.close();
  await rm(folder, { recursive: true });
});
