import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';

const DAY_MS = 86_400_000;
const folder = mkdtempSync(join(tmpdir(), 'redthread-retention-'));
afterAll(() => rmSync(folder, { recursive: true }));

function read(yaml: string) {
  const path = join(folder, 'redthread.yml');
  writeFileSync(path, yaml);
  return readConfig({
    SLACK_BOT_TOKEN: 'xoxb-1',
    SLACK_APP_TOKEN: 'xapp-1',
    AWS_REGION: 'eu-west-1',
    REDTHREAD_CONFIG: path,
  }).retention;
}

it.each([
  ['regions: [eu-west-1]', null, 400],
  ['retention: { incidents: 730d }', 730 * DAY_MS, 400],
  ['retention: { incidents: 90, audit: 1000d }', 90 * DAY_MS, 1_000],
  ['retention: { incidents: forever, audit: 30 }', null, 30],
])('`%s` says how long incidents and the audit log are kept', (yaml, incidentsMs, auditDays) => {
  expect(read(yaml)).toEqual({ incidentsMs, auditMs: auditDays * DAY_MS });
});

const INCIDENTS =
  'retention.incidents must be a number of days like 730d (30 to 36500) or "forever"';

it.each([
  ['retention: { incidents: 2y }', INCIDENTS],
  ['retention: { incidents: 7d }', INCIDENTS],
  ['retention: { incidents: 1.5 }', INCIDENTS],
  ['retention: { audit: forever }', 'retention.audit must be a number of days'],
  ['retention: { notes: 30d }', 'retention'],
])('`%s` is refused with a clear sentence', (yaml, sentence) => {
  expect(() => read(yaml)).toThrow(sentence);
});
