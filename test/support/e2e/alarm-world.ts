import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DemoWorldOptions } from '../../../src/cli/demo-world.ts';

export const ALARM_QUEUE = 'redthread-alarms';
export const ALARM_SECRET = 'a secret of the tests';

/** One queue whose messages come back soon when nobody deletes them. */
export const ALARM_QUEUES: NonNullable<DemoWorldOptions['queues']> = {
  [ALARM_QUEUE]: { region: 'eu-west-1' },
};

/**
 * A configuration file that sends alarms to this channel, and those that end in `-test` nowhere.
 * Unless a test says otherwise, each opens an incident of its own: its alarms fire at once.
 */
export function alarmConfigFile(channelId: string, together: number | 'off' = 'off'): string {
  const path = join(mkdtempSync(join(tmpdir(), 'redthread-alarms-')), 'redthread.yaml');
  writeFileSync(
    path,
    [
      'regions: [eu-west-1]',
      'alarms:',
      `  queues: [{ name: ${ALARM_QUEUE}, region: eu-west-1 }]`,
      '  rules: [{ alarm: "*-test", ignore: true }]',
      `  channel: ${channelId}`,
      '  severity: sev2',
      `  together: ${together}`,
      '',
    ].join('\n'),
  );
  return path;
}
