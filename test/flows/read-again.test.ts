import { expect, it } from 'vitest';
import type { TargetReport } from '../../src/domain/coverage.ts';
import { isWorse } from '../../src/flows/read-again.ts';
import { aCoverage } from '../support/full-incident.ts';

function read(changes: Partial<TargetReport>) {
  const target: TargetReport = {
    accountId: '111122223333',
    region: 'eu-west-1',
    outcome: 'nothing',
    count: 0,
    truncated: false,
    explanation: null,
    ...changes,
  };
  return { coverage: { ...aCoverage(), targets: [target] } };
}

it.each<readonly [string, Partial<TargetReport>, Partial<TargetReport>, boolean]>([
  ['the same place answers again', {}, { outcome: 'found' }, false],
  ['an account tells its number only now', { accountId: null }, { outcome: 'found' }, false],
  ['a place that had answered does not now', {}, { outcome: 'throttled' }, true],
  ['another account answers instead', {}, { accountId: '444455556666' }, true],
  ['another Region answers instead', {}, { region: 'us-east-1' }, true],
  ['neither answered', { outcome: 'denied' }, { outcome: 'denied' }, false],
])('reading again is worse or not when %s', (_when, before, now, expected) => {
  expect(isWorse(read(before), read(now))).toBe(expected);
});
