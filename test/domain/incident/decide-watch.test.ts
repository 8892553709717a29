import { describe, expect, test } from 'vitest';
import type { AlarmStateValue } from '../../../src/domain/alarm/alarm.ts';
import type { IncidentCommand } from '../../../src/domain/incident/commands.ts';
import type { RecordedEvent } from '../../../src/domain/incident/events.ts';
import type { WatchedAlarm } from '../../../src/domain/incident/watch.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import {
  answer,
  bot,
  eventsUpTo,
  MINUTE_MS,
  play,
  stateOf,
} from '../../support/incident-builders.ts';

const implemented = eventsUpTo('implement');
const FIXED_AT_MS = implemented.at(-1)?.atMs ?? 0;

function seen(name: string, state: AlarmStateValue, sinceMin: number): WatchedAlarm {
  return {
    accountId: null,
    region: 'eu-west-1',
    name: untrusted(name),
    state,
    sinceMs: FIXED_AT_MS + sinceMin * MINUTE_MS,
  };
}

function watch(
  readings: readonly WatchedAlarm[],
  trouble: string | null = null,
): Extract<IncidentCommand, { type: 'record-watch' }> {
  return { type: 'record-watch', agreedMs: 15 * MINUTE_MS, readings, trouble };
}

const look = (
  earlier: readonly RecordedEvent[],
  afterMin: number,
  ...readings: readonly WatchedAlarm[]
) => play([[watch(readings), bot]], earlier, FIXED_AT_MS + afterMin * MINUTE_MS);

describe('the watch after a fix', () => {
  test('goes on while an alarm is not OK, or has not been for long', () => {
    const alarming = look(implemented, 1, seen('5xx', 'ALARM', -20), seen('latency', 'OK', -300));
    expect(stateOf(alarming).watch?.outcome).toBe('watching');
    const calm = look(alarming, 5, seen('5xx', 'OK', 4), seen('latency', 'OK', -300));
    expect(stateOf(calm)).toMatchObject({ step: 'verify', watch: { outcome: 'watching' } });
    expect(stateOf(look(calm, 18, seen('5xx', 'OK', 4))).watch?.outcome).toBe('watching');
  });

  test('is quiet when all of them have stayed OK for the agreed time, and leaves the verdict to people', () => {
    const calm = look(implemented, 5, seen('5xx', 'OK', 4), seen('latency', 'OK', -300));
    const quiet = look(calm, 19, seen('5xx', 'OK', 4), seen('latency', 'OK', -300));
    expect(stateOf(quiet)).toMatchObject({ step: 'verify', watch: { outcome: 'quiet' } });
    expect(stateOf(quiet).verifications).toEqual([]);
  });

  test('counts from the fix on, however long an alarm was OK before', () => {
    const calm = look(implemented, 14, seen('latency', 'OK', -300));
    expect(stateOf(calm).watch?.outcome).toBe('watching');
  });

  test('does not take missing data for OK', () => {
    const without = look(implemented, 30, seen('5xx', 'INSUFFICIENT_DATA', 2));
    expect(stateOf(without).watch?.outcome).toBe('watching');
  });

  test('goes back to the hypotheses at once when an alarm fires again', () => {
    const calm = look(implemented, 5, seen('5xx', 'OK', 4));
    const fired = stateOf(look(calm, 9, seen('5xx', 'ALARM', 8)));
    expect(fired).toMatchObject({ step: 'hypothesize', watch: { outcome: 'fired' } });
    expect(fired.verifications.at(-1)).toMatchObject({
      verified: false,
      by: bot,
      finding: expect.stringContaining('5xx at '),
    });
  });

  test('counts one that fires for the first time since the fix, and not one that never was OK', () => {
    const first = look(implemented, 9, seen('latency', 'ALARM', 8));
    expect(stateOf(first).watch?.outcome).toBe('fired');
    const never = look(implemented, 9, seen('5xx', 'ALARM', -20));
    expect(stateOf(never).watch?.outcome).toBe('watching');
  });

  test('keeps what could not be read as it was, and says why', () => {
    const calm = look(implemented, 5, seen('5xx', 'OK', 4));
    const events = play([[watch([], 'Access is denied.'), bot]], calm);
    expect(stateOf(events).watch).toMatchObject({
      alarms: [{ name: '5xx', state: 'OK' }],
      trouble: 'Access is denied.',
    });
  });

  test('is no event when nothing is new', () => {
    const calm = look(implemented, 5, seen('5xx', 'OK', 4));
    expect(answer(calm, watch([seen('5xx', 'OK', 4)]), bot)).toEqual({
      kind: 'accepted',
      events: [],
    });
  });

  test('starts anew with the next fix', () => {
    const fired = look(look(implemented, 5, seen('5xx', 'OK', 4)), 9, seen('5xx', 'ALARM', 8));
    expect(answer(fired, watch([]), bot)).toMatchObject({ kind: 'rejected', code: 'not-now' });
  });
});
