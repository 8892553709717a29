import { describe, expect, it } from 'vitest';
import type { Alarm, AlarmTransition } from '../../../src/domain/alarm/alarm.ts';
import { findOnset, type Onset } from '../../../src/domain/investigation/onset.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { anAlarm, MINUTE_MS, minutes, ONSET_MS, wentOff } from './builders.ts';

const nowMs = minutes(30);

const lostData = (
  alarm: Alarm,
  atMs: number,
  changes: Partial<AlarmTransition> = {},
): AlarmTransition => ({ ...wentOff(alarm, atMs), to: 'INSUFFICIENT_DATA', ...changes });

const composite = (name: string, ...children: readonly string[]): Alarm =>
  anAlarm(name, {
    kind: 'composite',
    namespace: null,
    metric: null,
    dimensions: [],
    periodSeconds: null,
    evaluation: null,
    transitionedAtMs: minutes(5),
    children: children.map((child) => untrusted(child)),
  });

const names = (onset: Onset | null): readonly string[] =>
  (onset?.episodes ?? []).map(({ alarm }) => alarm.name);

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
    expect(names(onset)).toEqual(['orders-latency', 'orders-5xx']);
  });

  it('tells how long it spread from how exactly its beginning is known', () => {
    const first = anAlarm('orders-5xx');
    const last = anAlarm('orders-latency');
    const history = [wentOff(first, minutes(4), ONSET_MS), wentOff(last, minutes(16), minutes(12))];

    expect(findOnset([first, last], history, nowMs)).toMatchObject({
      earliestMs: ONSET_MS,
      latestMs: ONSET_MS + MINUTE_MS,
      spreadToMs: minutes(12),
    });
    expect(findOnset([first], history.slice(0, 1), nowMs)?.spreadToMs).toBe(ONSET_MS);
  });

  it('counts an alarm that came and went within the trouble once', () => {
    const alarm = anAlarm('orders-5xx');
    const history = [wentOff(alarm, minutes(4), ONSET_MS), wentOff(alarm, minutes(20))];

    const onset = findOnset([alarm], history, nowMs);

    expect(names(onset)).toEqual(['orders-5xx']);
    expect(onset?.earliestMs).toBe(ONSET_MS);
  });

  it('is one period before the alarm where no datapoints are on record', () => {
    const alarm = anAlarm('orders-5xx', { evaluation: null, periodSeconds: 300 });
    const bare = { ...wentOff(alarm, minutes(9)), evaluation: null, evaluatedFromMs: null };

    const onset = findOnset([alarm], [bare], nowMs);

    expect(onset).toMatchObject({ earliestMs: minutes(4), latestMs: minutes(9) });
    expect(onset?.episodes[0].isMeasured).toBe(false);
  });

  it('is taken from the alarm itself where there is no history', () => {
    expect(findOnset([anAlarm('orders-5xx')], [], nowMs)?.earliestMs).toBe(ONSET_MS);
  });

  it('is taken from the history where the alarm itself is gone', () => {
    const gone = anAlarm('orders-5xx');

    const onset = findOnset([], [wentOff(gone, minutes(4), ONSET_MS)], nowMs);

    expect(onset?.earliestMs).toBe(ONSET_MS);
    expect(onset?.episodes[0].alarm).toMatchObject({ name: 'orders-5xx', metric: null });
  });

  it('is not known where nothing went off', () => {
    expect(findOnset([anAlarm('orders-5xx', { state: 'OK' })], [], nowMs)).toBeNull();
    expect(findOnset([], [], nowMs)).toBeNull();
  });

  it('takes clocks that differ a little as they are, and what is to come as no news', () => {
    const alarm = anAlarm('orders-5xx', { state: 'OK' });

    expect(findOnset([alarm], [wentOff(alarm, nowMs + MINUTE_MS)], nowMs)).not.toBeNull();
    expect(findOnset([alarm], [wentOff(alarm, nowMs + 10 * MINUTE_MS)], nowMs)).toBeNull();
  });

  it('is never after the alarm, whatever its datapoints say', () => {
    const alarm = anAlarm('orders-5xx');

    const onset = findOnset([alarm], [wentOff(alarm, minutes(4), minutes(9))], nowMs);

    expect(onset?.earliestMs).toBe(minutes(4));
  });
});

describe('alarms that look hours apart', () => {
  const sixHourly = { namespace: 'AWS/Billing', periodSeconds: 21_600 };
  const lookedEverySixHours = (alarm: Alarm, atMs: number): AlarmTransition => ({
    ...wentOff(alarm, atMs, atMs - 360 * MINUTE_MS),
    evaluation: { breachedFromMs: atMs - 360 * MINUTE_MS, periodSeconds: 21_600 },
  });
  const part = anAlarm('charges-of-ec2', sixHourly);

  it('belong together when one noticed it a look before the other', () => {
    const whole = anAlarm('charges', sixHourly);
    const history = [
      lookedEverySixHours(part, minutes(-361)),
      lookedEverySixHours(whole, minutes(0)),
    ];

    const onset = findOnset([part, whole], history, nowMs);

    expect(names(onset)).toEqual(['charges-of-ec2', 'charges']);
    expect(onset?.earliestMs).toBe(minutes(-721));
  });

  it('do not take those along that look every minute', () => {
    const quick = anAlarm('orders-5xx');
    const history = [
      lookedEverySixHours(part, minutes(-361)),
      wentOff(quick, minutes(4), ONSET_MS),
    ];

    expect(names(findOnset([part, quick], history, nowMs))).toEqual(['orders-5xx']);
  });
});

describe('alarms that are left aside', () => {
  it('have been on for days', () => {
    const fresh = anAlarm('orders-5xx');
    const stale = anAlarm('disk-used');
    const history = [wentOff(fresh, minutes(4), ONSET_MS), wentOff(stale, minutes(-3_000))];

    const onset = findOnset([fresh, stale], history, nowMs);

    expect(onset?.earliestMs).toBe(ONSET_MS);
    expect(onset?.stale).toEqual([stale]);
  });

  it('go off all the time', () => {
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

  it('are not those that come and go within one trouble', () => {
    const alarm = anAlarm('orders-5xx');
    const other = anAlarm('orders-latency');
    const history = [
      ...[5, 12, 20, 27].map((minute) => wentOff(alarm, minutes(minute))),
      wentOff(other, minutes(14)),
    ];

    const onset = findOnset([alarm, other], history, nowMs);

    expect(onset?.flapping).toEqual([]);
    expect(names(onset)).toContain('orders-5xx');
  });

  it('matter all the same where there are no others', () => {
    const flapping = anAlarm('read-throttles');
    const history = [-900, -400, -20].map((minute) => wentOff(flapping, minutes(minute)));

    const onset = findOnset([flapping], history, nowMs);

    expect(names(onset)).toEqual(['read-throttles']);
    expect(onset?.flapping).toEqual([]);
  });
});

describe('an alarm without data', () => {
  it('is an onset when its data stops', () => {
    const alarm = anAlarm('sign-ups', { state: 'INSUFFICIENT_DATA' });

    const onset = findOnset([alarm], [lostData(alarm, minutes(4))], nowMs);

    expect(onset?.episodes).toMatchObject([{ isNoData: true, breachedFromMs: ONSET_MS }]);
  });

  it('joins alarms that went off at the same time', () => {
    const failing = anAlarm('orders-5xx');
    const silent = anAlarm('sign-ups', { state: 'INSUFFICIENT_DATA' });
    const history = [wentOff(failing, minutes(4), ONSET_MS), lostData(silent, minutes(9))];

    expect(names(findOnset([failing, silent], history, nowMs))).toEqual(['orders-5xx', 'sign-ups']);
  });

  it('comes after one that is in ALARM since some hours', () => {
    const failing = anAlarm('orders-5xx');
    const silent = anAlarm('sign-ups', { state: 'INSUFFICIENT_DATA' });
    const history = [wentOff(failing, minutes(-300)), lostData(silent, minutes(9))];

    const onset = findOnset([failing, silent], history, nowMs);

    expect(names(onset)).toEqual(['orders-5xx']);
    expect(onset?.withoutData).toEqual([silent]);
  });

  it('says nothing when it never had any, or loses it every night', () => {
    const fresh = anAlarm('new-alarm', {
      state: 'INSUFFICIENT_DATA',
      stateReason: untrusted('Unchecked: Initial alarm creation'),
    });
    const nightly = anAlarm('batch-runs', { state: 'INSUFFICIENT_DATA' });
    const failing = anAlarm('orders-5xx');
    const history = [
      wentOff(failing, minutes(4), ONSET_MS),
      ...[-2_870, -1_430, 10].map((minute) => lostData(nightly, minutes(minute))),
    ];

    const onset = findOnset([fresh, nightly, failing], history, nowMs);

    expect(findOnset([fresh], [], nowMs)).toBeNull();
    expect(names(onset)).toEqual(['orders-5xx']);
    expect(onset?.withoutData).toEqual([fresh, nightly]);
  });

  it('shows the lack of data in ALARM, too, where it takes that as breaching', () => {
    const alarm = anAlarm('heartbeat');
    const reason = untrusted(
      'Threshold Crossed: no datapoints were received for 2 periods and 2 missing datapoints were treated as [Breaching].',
    );

    const onset = findOnset([alarm], [{ ...wentOff(alarm, minutes(4)), reason }], nowMs);

    expect(onset?.episodes).toMatchObject([{ state: 'ALARM', isNoData: true }]);
  });
});

describe('a composite alarm', () => {
  const part = anAlarm('orders-5xx');
  const history = [wentOff(part, minutes(4), ONSET_MS)];

  it('is told by the alarms that it is made of', () => {
    const whole = composite('orders-degraded', 'orders-5xx', 'orders-latency');

    const onset = findOnset([whole, part], [...history, wentOff(whole, minutes(5))], nowMs);

    expect(names(onset)).toEqual(['orders-5xx']);
    expect(onset?.composites).toEqual([whole]);
  });

  it('is followed through other composite alarms, also where they name each other', () => {
    const outer = composite('everything', 'orders-degraded');
    const inner = composite('orders-degraded', 'orders-5xx', 'everything');
    const both = [wentOff(outer, minutes(5)), wentOff(inner, minutes(5))];

    expect(names(findOnset([outer, inner, part], [...history, ...both], nowMs))).toEqual([
      'orders-5xx',
    ]);
  });

  it('stands for itself where nothing is known of its parts', () => {
    const whole = composite('orders-degraded', 'elsewhere-5xx');

    const onset = findOnset([whole], [wentOff(whole, minutes(5), minutes(5))], nowMs);

    expect(names(onset)).toEqual(['orders-degraded']);
    expect(onset?.earliestMs).toBe(minutes(5));
  });
});
