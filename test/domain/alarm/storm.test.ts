import { describe, expect, it } from 'vitest';
import { joinsStorm, type StormArrival } from '../../../src/domain/alarm/storm.ts';
import { UNDECIDED } from '../../../src/domain/incident/incident-alarms.ts';
import type { IncidentState } from '../../../src/domain/incident/state.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { anAlarmChange, FIRED_AT_MS } from '../../support/alarm-builders.ts';
import { anIncidentState } from '../../support/store-builders.ts';

const MINUTE_MS = 60_000;

const opened = (changes: Partial<IncidentState> = {}): IncidentState =>
  anIncidentState({
    openedAtMs: FIRED_AT_MS + 5_000,
    proposal: UNDECIDED,
    alarms: [{ firing: anAlarmChange(), firingCount: 1, clearedAtMs: null, hasJoined: false }],
    severity: 'sev2',
    ...changes,
  });

const other = (minutes = 4) =>
  anAlarmChange({ name: untrusted('cart-5xx'), atMs: FIRED_AT_MS + minutes * MINUTE_MS });

const arrival = (changes: Partial<StormArrival> = {}): StormArrival => ({
  change: other(),
  severity: 'sev2',
  nowMs: FIRED_AT_MS + 4 * MINUTE_MS,
  togetherMs: 10 * MINUTE_MS,
  ...changes,
});

describe('another alarm within minutes', () => {
  it.each([
    ['of the first', opened(), arrival()],
    ['before the first, delivered after it', opened(), arrival({ change: other(-3) })],
    ['and less urgent', opened(), arrival({ severity: 'sev3' })],
    [
      'of one that somebody accepted',
      opened({ proposal: { ...UNDECIDED, verdict: 'accepted' } }),
      arrival(),
    ],
    [
      'long ago, when all were delivered late',
      opened({ openedAtMs: FIRED_AT_MS + 90 * MINUTE_MS }),
      arrival({ nowMs: FIRED_AT_MS + 91 * MINUTE_MS }),
    ],
  ])('joins %s', (_what, state, one) => {
    expect(joinsStorm(state, one)).toBe(true);
  });

  it.each([
    ['it is switched off', opened(), arrival({ togetherMs: 0 })],
    ['it fired later', opened(), arrival({ change: other(11) })],
    ['the incident is older', opened(), arrival({ nowMs: FIRED_AT_MS + 20 * MINUTE_MS })],
    ['it is more urgent', opened(), arrival({ severity: 'sev1' })],
    ['a person opened the incident', opened({ proposal: null }), arrival()],
    ['the incident is closed', opened({ status: 'closed' }), arrival()],
    ['a fix is being verified', opened({ step: 'verify' }), arrival()],
    [
      'people took it out',
      opened({
        separated: [{ alarm: other(), intoId: 'RT-2', by: { kind: 'bot' }, atMs: FIRED_AT_MS }],
      }),
      arrival(),
    ],
  ])('opens its own when %s', (_what, state, one) => {
    expect(joinsStorm(state, one)).toBe(false);
  });
});
