import { expect, it } from 'vitest';
import { configFile } from '../support/config-file.ts';

const DAY_MS = 86_400_000;
const file = configFile();
const read = (yaml: string) => file.read(yaml).retention;

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
