import { describe, expect, it } from 'vitest';
import { findOnset } from '../../../src/domain/investigation/onset.ts';
import { anAlarm, MINUTE_MS, minutes, ONSET_MS, wentOff } from './builders.ts';

const nowMs = minutes(30);

describe('the onset', () => {
  it('is the first datapoint that breached, not the time of the alarm', () => {
    const alarm = anAlarm('orders-5xx');

    const onset = findOnset([alarm], [wentOff(alarm, minutes(4), ONSET_MS)], nowMs);

    expect(onset).toMatchObject({ earliestMs: ONSET_MS, latestMs: ONSET_MS + MINUTE_MS });
  });

  it('of several alarms is the earliest, also where its alarm went off last', () => {
    const quick = anAlarm('orders-5xx');
    const slow = anAlarm('orders-latency');
    const history = [wentOff(quick, minutes(4), minutes(1)), wentOff(slow, minutes(16), ONSET_MS)];

    const onset = findOnset([quick, slow], history, nowMs);

    expect(onset?.earliestMs).toBe(ONSET_MS);
    expect(onset?.episodes.map(({ alarm }) => alarm.name)).toEqual([
      'orders-latency',
      'orders-5xx',
    ]);
  });

  it('leaves alarms aside that have been on for days', () => {
    const fresh = anAlarm('orders-5xx');
    const stale = anAlarm('disk-used');
    const history = [wentOff(fresh, minutes(4), ONSET_MS), wentOff(stale, minutes(-3_000))];

    const onset = findOnset([fresh, stale], history, nowMs);

    expect(onset?.earliestMs).toBe(ONSET_MS);
    expect(onset?.stale).toEqual([stale]);
  });

  it('leaves alarms aside that go off all the time', () => {
    const fresh = anAlarm('orders-5xx');
    const flapping = anAlarm('read-throttles');
    const history = [
      wentOff(fresh, minutes(4), ONSET_MS),
      ...[-900, -400, -20].map((minute) => wentOff(flapping, minutes(minute))),
    ];

    const onset = findOnset([fresh, flapping], history, nowMs);

    expect(onset?.earliestMs).toBe(ONSET_MS);
    expect(onset?.flapping).toEqual([flapping]);
  });

  it('is taken from the alarm itself where there is no history', () => {
    expect(findOnset([anAlarm('orders-5xx')], [], nowMs)?.earliestMs).toBe(ONSET_MS);
  });

  it('is not known where nothing went off', () => {
    expect(findOnset([anAlarm('orders-5xx', { state: 'OK' })], [], nowMs)).toBeNull();
  });
});
