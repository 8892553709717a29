import { describe, expect, it } from 'vitest';
import type { Alarm } from '../../../src/domain/alarm/alarm.ts';
import type { Coverage } from '../../../src/domain/coverage.ts';
import type { Evidence } from '../../../src/domain/incident/evidence.ts';
import type { IncidentState } from '../../../src/domain/incident/state.ts';
import { checkResults } from '../../../src/domain/playbook/check-results.ts';
import type { Check } from '../../../src/domain/playbook/playbook.ts';
import type { TrailRecord } from '../../../src/domain/trail/record.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { aPlaybook } from '../../support/playbook-builders.ts';
import { aRankedCause, aRanking } from '../../support/ranking-builders.ts';
import { anIncidentState, OPENED_AT_MS } from '../../support/store-builders.ts';
import { aRecord } from '../../support/trail-record.ts';
import { anAlarm } from '../investigation/builders.ts';

const errors = { namespace: null, metric: null, symptom: 'errors' } as const;
const alarmCheck: Check = { text: 'Errors?', kind: 'alarms', patterns: [errors] };
const changeCheck: Check = { text: 'Stopped?', kind: 'changes', classes: ['compute-stopped'] };
const metricCheck: Check = { text: 'CPU?', kind: 'metric', namespace: 'AWS/EC2', metric: 'CPU*' };
const trailCheck: Check = { text: 'Who?', kind: 'trail', question: 'touched {resource} since 2d' };

function aCoverage(changes: Partial<Coverage> = {}): Coverage {
  return {
    source: 'event-history',
    query: 'successful writes',
    fromMs: 0,
    toMs: OPENED_AT_MS,
    targets: [
      {
        accountId: '111122223333',
        region: 'eu-west-1',
        outcome: 'nothing',
        count: 0,
        truncated: false,
        explanation: null,
      },
    ],
    recordCount: 0,
    skippedCount: 0,
    mayStillArriveAfterMs: null,
    gaps: [],
    ...changes,
  };
}

const [target] = aCoverage().targets;
const denied = aCoverage({
  targets: [target, { ...target, region: 'us-east-1', outcome: 'denied' }] as Coverage['targets'],
});
const base = { evidenceId: 'e', gatheringId: 'g1', coverage: aCoverage() };

const alarmsRead = (alarms: readonly Alarm[], coverage = aCoverage()): Evidence => ({
  ...base,
  coverage,
  kind: 'alarms',
  alarms,
  transitions: [],
});
const changesRead = (records: readonly TrailRecord[], coverage = aCoverage()): Evidence => ({
  ...base,
  coverage,
  kind: 'changes',
  records,
});
const attached = (question: string, coverage = aCoverage()): Evidence => ({
  ...base,
  coverage,
  gatheringId: null,
  kind: 'lookup',
  question,
  records: [],
});

function resultOf(check: Check, changes: Partial<IncidentState> = {}) {
  const [result] = checkResults(anIncidentState(changes), aPlaybook({ checks: [check] }));
  return { status: result?.status, sentence: result?.sentence };
}

const stop = (minutesBefore: number) =>
  aRecord({
    eventId: `stop-${minutesBefore}`,
    eventName: 'StopInstances',
    atMs: OPENED_AT_MS - minutesBefore * 60_000,
  });

describe('a check on alarms', () => {
  it('waits until they were read', () => {
    expect(resultOf(alarmCheck)).toEqual({
      status: 'not-yet',
      sentence: 'Not read yet.',
    });
  });

  it('names those of its kind that are in ALARM', () => {
    const alarms = ['a', 'b', 'c', 'd'].map((name) => anAlarm(name));
    const ok = anAlarm('ok', { state: 'OK' });
    const other = anAlarm('bill', { namespace: 'AWS/Billing', metric: 'EstimatedCharges' });
    expect(resultOf(alarmCheck, { evidence: [alarmsRead([ok, other, ...alarms])] })).toEqual({
      status: 'found',
      sentence: 'In ALARM: “a”, “b”, “c” and 1 more.',
    });
  });

  it('says that none is, and what that leaves open', () => {
    expect(resultOf(alarmCheck, { evidence: [alarmsRead([])] })).toEqual({
      status: 'nothing',
      sentence: 'None is in ALARM. There may be none that watches it.',
    });
  });

  it('does not say that none is while a Region could not be read', () => {
    expect(resultOf(alarmCheck, { evidence: [alarmsRead([], denied)] })).toEqual({
      status: 'not-yet',
      sentence: 'None is known to be in ALARM, but us-east-1 could not be read whole.',
    });
  });

  it('goes by the newest reading', () => {
    const evidence = [alarmsRead([anAlarm('a')]), alarmsRead([])];
    expect(resultOf(alarmCheck, { evidence }).status).toBe('nothing');
  });
});

describe('a check on a metric', () => {
  const cpu = (name: string, state: Alarm['state']) =>
    anAlarm(name, { namespace: 'AWS/EC2', metric: 'CPUUtilization', state });

  it('tells what an alarm on it says, the worst first', () => {
    const evidence = [alarmsRead([cpu('cpu-low', 'OK'), cpu('cpu-high', 'ALARM')])];
    expect(resultOf(metricCheck, { evidence })).toEqual({
      status: 'found',
      sentence: '“cpu-high” watches it and is in ALARM.',
    });
    expect(resultOf(metricCheck, { evidence: [alarmsRead([cpu('cpu', 'OK')])] }).status).toBe(
      'nothing',
    );
  });

  it('asks people to look where no alarm watches it', () => {
    expect(resultOf(metricCheck, { evidence: [alarmsRead([anAlarm('a')])] })).toEqual({
      status: 'not-yet',
      sentence: 'No alarm that was read watches it: look at its graph in CloudWatch.',
    });
  });
});

describe('a check on changes', () => {
  it('tells what was ranked before anything else', () => {
    const ranked = aRankedCause({ statement: 'Ana revoked a rule.' });
    const check: Check = { ...changeCheck, classes: ['network-closed'] };
    expect(resultOf(check, { ranking: aRanking({ causes: [ranked] }) })).toEqual({
      status: 'found',
      sentence: 'Ana revoked a rule.',
    });
  });

  it('looks through the changes themselves where nothing of its kind was ranked', () => {
    const evidence = [changesRead([stop(3), stop(30), stop(50)])];
    const startedAtMs = OPENED_AT_MS - 60_000;
    expect(resultOf(changeCheck, { evidence }).sentence).toMatch(
      /^\S+ stopped .*, 3 minutes before the incident was opened\. .* And 1 more\.$/,
    );
    expect(resultOf(changeCheck, { evidence, startedAtMs })).toEqual({
      status: 'found',
      sentence: expect.stringMatching(/, 2 minutes before it began\. .*, 29 minutes before/),
    });
  });

  it('leaves out what failed, what is of another kind, and what came after it began', () => {
    const records = [
      { ...stop(3), errorCode: untrusted('AccessDenied') },
      aRecord({ eventName: 'RevokeSecurityGroupIngress', atMs: OPENED_AT_MS - 60_000 }),
      stop(-2),
    ];
    const evidence = [changesRead(records, aCoverage({ recordCount: 3 }))];
    expect(resultOf(changeCheck, { evidence })).toEqual({
      status: 'nothing',
      sentence: 'None before it began, in what CloudTrail shows.',
    });
  });

  it('never says "none" of more than was read and kept', () => {
    const of = (coverage: Coverage) =>
      resultOf(changeCheck, { evidence: [changesRead([], coverage)] });
    expect(of(denied)).toMatchObject({ status: 'not-yet', sentence: /us-east-1/ });
    expect(of(aCoverage({ recordCount: 90 }))).toEqual({
      status: 'not-yet',
      sentence: 'None among the 0 changes kept here, of 90 found.',
    });
    expect(of(aCoverage({ mayStillArriveAfterMs: 1 })).sentence).toContain('may still arrive');
  });

  it('waits until they were read', () => {
    expect(resultOf(changeCheck).status).toBe('not-yet');
  });
});

describe('a check by a question to /trail', () => {
  it('says how to ask it, with the resource in question', () => {
    expect(resultOf(trailCheck).sentence).toBe(
      'Ask /trail touched {resource} since 2d and attach the answer.',
    );
    expect(resultOf(trailCheck, { resources: ['i-0abc', 'i-1'] })).toEqual({
      status: 'not-yet',
      sentence: 'Ask /trail touched i-0abc since 2d and attach the answer.',
    });
  });

  it('takes the component that people named for the resource, where it is a name', () => {
    const isolated = (component: string) => ({
      isolation: { component, finding: '', by: { kind: 'bot' as const }, atMs: OPENED_AT_MS },
    });
    expect(resultOf(trailCheck, isolated('sg-0abc')).sentence).toContain('touched sg-0abc since');
    expect(resultOf(trailCheck, isolated('the shop')).sentence).toContain('touched {resource}');
  });

  it('knows the answer that was attached', () => {
    const question = 'Touched  i-0abc since 2d';
    const of = (coverage: Coverage) =>
      resultOf(trailCheck, { resources: ['i-0abc'], evidence: [attached(question, coverage)] });
    expect(of(aCoverage({ recordCount: 4 }))).toEqual({
      status: 'found',
      sentence: '4 calls attached.',
    });
    expect(of(aCoverage()).status).toBe('nothing');
    expect(of(denied).status).toBe('not-yet');
  });
});

describe('a check that people do', () => {
  it('has no result', () => {
    expect(resultOf({ text: 'Look.', kind: 'people' })).toEqual({
      status: 'for-people',
      sentence: null,
    });
  });
});
