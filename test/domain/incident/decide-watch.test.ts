import { describe, expect, test } from 'vitest';
import type { AlarmStateValue } from '../../../src/domain/alarm/alarm.ts';
import type { IncidentCommand } from '../../../src/domain/incident/commands.ts';
import type { RecordedEvent } from '../../../src/domain/incident/events.ts';
import type { SeenAlarm } from '../../../src/domain/incident/watch.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { anAlarmChange } from '../../support/alarm-builders.ts';
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

function seen(name: string, state: AlarmStateValue, sinceMin: number): SeenAlarm {
  return {
    accountId: null,
    region: 'eu-west-1',
    name: untrusted(name),
    state,
    sinceMs: FIXED_AT_MS + sinceMin * MINUTE_MS,
    reconfiguredAtMs: null,
  };
}

function watch(
  readings: readonly SeenAlarm[],
  trouble: string | null = null,
): Extract<IncidentCommand, { type: 'record-watch' }> {
  return { type: 'record-watch', agreedMs: 15 * MINUTE_MS, readings, trouble };
}

const after = (min: number) => FIXED_AT_MS + min * MINUTE_MS;
const gatherWindow = { fromMs: FIXED_AT_MS, toMs: FIXED_AT_MS };

const look = (
  earlier: readonly RecordedEvent[],
  afterMin: number,
  ...readings: readonly SeenAlarm[]
) => play([[watch(readings), bot]], earlier, after(afterMin));

describe('the watch after a fix', () => {
  test('goes on while an alarm is not OK, or has not been for long', () => {
    const alarming = look(implemented, 1, seen('5xx', 'ALARM', -20), seen('latency', 'OK', -300));
    expect(stateOf(alarming).watch?.outcome).toBe('watching');
    const calm = look(alarming, 5, seen('5xx', 'OK', 4), seen('latency', 'OK', -300));
    expect(stateOf(calm)).toMatchObject({ step: 'verify', watch: { outcome: 'watching' } });
    const later = look(calm, 18, seen('5xx', 'OK', 4), seen('latency', 'OK', -300));
    expect(stateOf(later).watch?.outcome).toBe('watching');
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
    const atFix = seen('latency', 'OK', 0);
    const first = look(implemented, 9, atFix, seen('latency', 'ALARM', 8));
    expect(stateOf(first).watch?.outcome).toBe('fired');
    const never = look(implemented, 9, seen('5xx', 'ALARM', -20));
    expect(stateOf(never).watch?.outcome).toBe('watching');
  });

  test('does not take an alarm for fired again that only had no data in between', () => {
    const alarming = look(implemented, 1, seen('5xx', 'ALARM', -20));
    const without = look(alarming, 5, seen('5xx', 'INSUFFICIENT_DATA', 4));
    const back = stateOf(look(without, 9, seen('5xx', 'ALARM', 8)));
    expect(back).toMatchObject({ step: 'verify', watch: { outcome: 'watching' } });

    const calm = look(without, 9, seen('5xx', 'OK', 8));
    const blind = look(calm, 11, seen('5xx', 'INSUFFICIENT_DATA', 10));
    expect(stateOf(look(blind, 13, seen('5xx', 'ALARM', 12))).watch?.outcome).toBe('fired');
  });

  test('sees what was not OK between two looks, and when', () => {
    const calm = look(implemented, 5, seen('5xx', 'OK', 4));
    const between = stateOf(look(calm, 9, seen('5xx', 'OK', 8)));
    expect(between).toMatchObject({ step: 'hypothesize', watch: { outcome: 'fired' } });
    expect(between.verifications.at(-1)?.finding).toMatch(
      /^Did not stay OK between two looks: 5xx, OK again since \d\d:\d\d:\d\d UTC\.$/,
    );

    const told = [seen('5xx', 'ALARM', 0), seen('5xx', 'OK', 4), seen('5xx', 'ALARM', 6)];
    const withHistory = stateOf(look(calm, 9, ...told, seen('5xx', 'OK', 8)));
    expect(withHistory.verifications.at(-1)?.finding).toMatch(
      /^Went off again while it was watched: 5xx at \d\d:\d\d:\d\d UTC\.$/,
    );
    const blind = [seen('5xx', 'INSUFFICIENT_DATA', 6), seen('5xx', 'OK', 8)];
    expect(stateOf(look(calm, 9, ...blind)).watch?.outcome).toBe('watching');
  });

  test('does not count again what a history tells of the time before it was OK', () => {
    const calm = look(implemented, 5, seen('5xx', 'OK', 4));
    const before = [seen('5xx', 'INSUFFICIENT_DATA', 0), seen('5xx', 'ALARM', 2)];
    const after = [seen('5xx', 'OK', 4), seen('5xx', 'INSUFFICIENT_DATA', 8)];
    expect(stateOf(look(calm, 9, ...before, ...after)).watch?.outcome).toBe('watching');
  });

  test('is not quiet as long as CloudWatch did not answer, or one of the alarms was not read', () => {
    const change = anAlarmChange({ name: untrusted('5xx'), accountId: null });
    const reported = play(
      [[{ type: 'record-alarm', change, mergedFrom: null, gatheringId: null, gatherWindow }, bot]],
      implemented,
    );
    const ok = seen('5xx', 'OK', 4);
    const silent = play([[watch([ok], 'CloudWatch did not answer.'), bot]], reported, after(30));
    expect(stateOf(silent).watch).toMatchObject({ outcome: 'watching', unread: [] });
    const other = look(reported, 30, seen('latency', 'OK', -300));
    expect(stateOf(other).watch).toMatchObject({ outcome: 'watching', unread: [{ name: '5xx' }] });
    const gap = look(silent, 90, ok);
    expect(stateOf(gap).watch).toMatchObject({ outcome: 'quiet', trouble: null });
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
