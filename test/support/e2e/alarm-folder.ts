import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(
  new URL('../../../src/simulator/incidents/checkout-5xx', import.meta.url),
);

export interface AlarmFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/** The demo incident with another name for the alarm on its errors. */
export async function makeFolderWithRenamedAlarm(name: string): Promise<AlarmFolder> {
  const path = await mkdtemp(join(tmpdir(), 'redthread-alarms-'));
  await cp(FOLDER, path, { recursive: true });
  const file = join(path, 'alarms.json');
  const { MetricAlarms, ...others } = JSON.parse(await readFile(file, 'utf8'));
  const renamed = MetricAlarms.map((alarm: { readonly AlarmName: string }) =>
    alarm.AlarmName === 'checkout-5xx' ? { ...alarm, AlarmName: name } : alarm,
  );
  await writeFile(file, JSON.stringify({ ...others, MetricAlarms: renamed }));
  return { path, remove: () => rm(path, { recursive: true }) };
}

/** The demo incident with no alarms but these composite ones, which are in ALARM. */
export async function makeFolderWithAlarms(composites: readonly string[]): Promise<AlarmFolder> {
  const path = await mkdtemp(join(tmpdir(), 'redthread-alarms-'));
  await cp(FOLDER, path, { recursive: true });
  const alarms = composites.map((name) => ({
    AlarmName: name,
    AlarmArn: `arn:aws:cloudwatch:eu-west-1:111122223333:alarm:${name}`,
    AlarmRule: 'ALARM(checkout-5xx)',
    StateValue: 'ALARM',
    StateReason: 'checkout-5xx is in ALARM',
    StateUpdatedTimestamp: '2026-10-14T10:45:23.780000+00:00',
    StateTransitionedTimestamp: '2026-10-14T10:45:23.780000+00:00',
  }));
  await writeFile(
    join(path, 'alarms.json'),
    JSON.stringify({ MetricAlarms: [], CompositeAlarms: alarms }),
  );
  await writeFile(join(path, 'history.json'), JSON.stringify({ AlarmHistoryItems: [] }));
  return { path, remove: () => rm(path, { recursive: true }) };
}

/** The demo incident with these tags on the alarm on its errors. */
export async function makeFolderWithTags(
  tags: Readonly<Record<string, string>>,
): Promise<AlarmFolder> {
  const path = await mkdtemp(join(tmpdir(), 'redthread-alarms-'));
  await cp(FOLDER, path, { recursive: true });
  const file = join(path, 'alarms.json');
  const alarms = JSON.parse(await readFile(file, 'utf8'));
  const rows = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  await writeFile(file, JSON.stringify({ ...alarms, AlarmTags: { 'checkout-5xx': rows } }));
  return { path, remove: () => rm(path, { recursive: true }) };
}
