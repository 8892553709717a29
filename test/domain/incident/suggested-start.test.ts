import { describe, expect, it } from 'vitest';
import type { Alarm, AlarmTransition } from '../../../src/domain/alarm/alarm.ts';
import { suggestedStart } from '../../../src/domain/incident/suggested-start.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { aCoverage } from '../../support/full-incident.ts';
import { eventsUpTo, stateOf } from '../../support/incident-builders.ts';

const opened = stateOf(eventsUpTo('startTest'));

function anAlarm(name: string, state: Alarm['state']): Alarm {
  return {
    name: untrusted(name),
    kind: 'metric',
    accountId: null,
    region: 'eu-west-1',
    state,
    stateReason: untrusted(''),
    transitionedAtMs: null,
    namespace: null,
    metric: null,
    dimensions: [],
    threshold: null,
    comparison: null,
    periodSeconds: 60,
    drawable: null,
    evaluation: null,
    children: [],
    contributors: [],
  };
}

function intoAlarm(name: string, atMs: number, evaluatedFromMs: number | null): AlarmTransition {
  return {
    alarmName: untrusted(name),
    region: 'eu-west-1',
    atMs,
    from: 'OK',
    to: 'ALARM',
    reason: untrusted(''),
    evaluatedFromMs,
    evaluation: null,
  };
}

function withAlarms(alarms: readonly Alarm[], transitions: readonly AlarmTransition[]) {
  const evidence = { evidenceId: 'alarms-1', gatheringId: null, coverage: aCoverage({}) };
  return {
    ...opened,
    evidence: [{ ...evidence, kind: 'alarms' as const, alarms, transitions }],
  };
}

describe('the suggested start', () => {
  it('is the earliest first bad datapoint of the alarms that ring', () => {
    const state = withAlarms(
      [anAlarm('a', 'ALARM'), anAlarm('b', 'ALARM')],
      [intoAlarm('a', 9_000, 6_000), intoAlarm('b', 8_000, 5_000)],
    );
    expect(suggestedStart(state)).toBe(5_000);
  });

  it('does not reach back to an earlier time the alarm rang', () => {
    const state = withAlarms(
      [anAlarm('a', 'ALARM')],
      [intoAlarm('a', 2_000, 1_000), intoAlarm('a', 9_000, 6_000)],
    );
    expect(suggestedStart(state)).toBe(6_000);
  });

  it('is unknown when no alarm rings or none says', () => {
    expect(suggestedStart(withAlarms([], []))).toBeNull();
    const quiet = withAlarms([anAlarm('a', 'OK')], [intoAlarm('a', 9_000, 6_000)]);
    expect(suggestedStart(quiet)).toBeNull();
    const silent = withAlarms([anAlarm('a', 'ALARM')], [intoAlarm('a', 9_000, null)]);
    expect(suggestedStart(silent)).toBeNull();
  });
});
