import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DemoIncident } from './demo-incidents.ts';
import type { DemoWorld, DemoWorldOptions } from './demo-world.ts';

const QUEUE = 'redthread-alarms';
const REGION = 'eu-west-1';

/** The queue that the demo's alarm comes through. */
export const ALARM_WORLD: Pick<DemoWorldOptions, 'queues' | 'alarmQueue'> = {
  queues: { [QUEUE]: { region: REGION } },
  alarmQueue: QUEUE,
};

/** Settings under which the bot looks where the incident is; with `byAlarm` also into that queue. */
export async function demoEnvironment(
  world: DemoWorld,
  folder: string,
  { regions, byAlarm }: Pick<DemoIncident, 'regions'> & { readonly byAlarm: boolean },
): Promise<Readonly<Record<string, string>>> {
  const path = join(folder, 'redthread.yaml');
  const queue = [
    'alarms:',
    `  queues: [{ name: ${QUEUE}, region: ${REGION} }]`,
    `  channel: ${world.workspace.channelId('incidents')}`,
    '  severity: sev2',
  ];
  const settings = [`regions: [${regions.join(', ')}]`, ...(byAlarm ? queue : []), ''];
  await mkdir(folder, { recursive: true });
  await writeFile(path, settings.join('\n'));
  return { REDTHREAD_CONFIG: path };
}
