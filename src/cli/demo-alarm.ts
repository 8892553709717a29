import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DemoWorld, DemoWorldOptions } from './demo-world.ts';

const QUEUE = 'redthread-alarms';
const REGION = 'eu-west-1';
const ALARM = 'checkout-5xx';

/** The queue that the demo's alarm comes through. */
export const ALARM_WORLD: Pick<DemoWorldOptions, 'queues' | 'alarmQueue'> = {
  queues: { [QUEUE]: { region: REGION } },
  alarmQueue: QUEUE,
};

/** Settings under which the bot reads that queue and opens incidents in #incidents. */
export async function alarmEnvironment(
  world: DemoWorld,
  folder: string,
): Promise<Readonly<Record<string, string>>> {
  const path = join(folder, 'redthread.yaml');
  const settings = [
    `regions: [${REGION}]`,
    'alarms:',
    `  queues: [{ name: ${QUEUE}, region: ${REGION} }]`,
    `  channel: ${world.workspace.channelId('incidents')}`,
    '  severity: sev2',
    '',
  ];
  await mkdir(folder, { recursive: true });
  await writeFile(path, settings.join('\n'));
  return { REDTHREAD_CONFIG: path };
}

export function raiseAlarm(world: DemoWorld): void {
  world.aws.announceAlarm(ALARM);
}
