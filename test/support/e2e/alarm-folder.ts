import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(
  new URL('../../../src/simulator/incidents/checkout-5xx', import.meta.url),
);

/** The demo incident with no alarms but these composite ones, which are in ALARM. */
export async function makeFolderWithAlarms(
  composites: readonly string[],
): Promise<{ readonly path: string; remove(): Promise<void> }> {
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
