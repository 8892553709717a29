import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';

const folder = mkdtempSync(join(tmpdir(), 'redthread-watch-'));
afterAll(() => rmSync(folder, { recursive: true }));

function read(yaml: string) {
  const path = join(folder, 'redthread.yml');
  writeFileSync(path, yaml);
  return readConfig({
    SLACK_BOT_TOKEN: 'xoxb-1',
    SLACK_APP_TOKEN: 'xapp-1',
    AWS_REGION: 'eu-west-1',
    REDTHREAD_CONFIG: path,
  });
}

it('the time that alarms must stay OK is read in minutes', () => {
  expect(read('watch: { minutes: 30 }').watchMs).toBe(30 * 60_000);
});

it.each([
  ['watch: { minutes: 0 }', 'watch.minutes is too short: an alarm needs minutes to go off'],
  ['watch: { minutes: 1441 }', 'watch.minutes is longer than a day'],
  ['watch: { minutes: 1.5 }', 'watch.minutes must be a whole number of minutes'],
  ['watch: { hours: 1 }', 'watch'],
])('`%s` is refused with a clear sentence', (yaml, sentence) => {
  expect(() => read(yaml)).toThrow(sentence);
});
