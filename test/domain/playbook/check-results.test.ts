import { describe, expect, it } from 'vitest';
import type { Alarm } from '../../../src/domain/alarm/alarm.ts';
import type { Coverage } from '../../../src/domain/coverage.ts';
import type { Evidence } from '../../../src/domain/incident/evidence.ts';
import type { IncidentState } from '../../../src/domain/incident/state.ts';
import { checkResults } from '../../../src/domain/playbook/check-results.ts';
import type { Check } from '../../../src/domain/playbook/playbook.ts';
import { answerQuestion } from '../../../src/domain/trail/answer.ts';
import { parseQuery } from '../../../src/domain/trail/query/parse-query.ts';
import type { TrailQuery } from '../../../src/domain/trail/query/query.ts';
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
/** As it is attached: with how the question was understood, and the window that was read. */
function attached(asked: string, coverage: Partial<Coverage> = {}): Evidence {
  const when = { timeZone: 'Europe/Berlin', nowMs: OPENED_AT_MS, meaning: 'past' } as const;
  const { query } = parseQuery(asked, { ...when, lookbackMaxMs: null }) as { query: TrailQuery };
  const { understood, coverage: read } = answerQuestion({
    question: asked,
    query,
    records: [],
    targets: aCoverage().targets,
    skippedCount: 0,
    deliveredUntilMs: OPENED_AT_MS,
  });
  const whole = { ...read, ...coverage };
  const of = { ...base, coverage: whole, gatheringId: null };
  return { ...of, kind: 'lookup', question: understood, records: [] };
}

function resultOf(check: Check, changes: Partial<IncidentState> = {}) {
  const [result] = checkResults(anIncidentState(changes), aPlaybook({ checks: [check] }));
  return { status: result?.status, sentence: result?.sentence };
}

function questionOf(changes: Partial<IncidentState> = {}) {
  const playbook = aPlaybook({ checks: [trailCheck] });
  return checkResults(anIncidentState(changes), playbook)[0]?.question;
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
  const isolated = (component: string) => ({
    isolation: { component, finding: '', by: { kind: 'bot' as const }, atMs: OPENED_AT_MS },
  });

  it('is ready to be asked, with the resource in question', () => {
    expect(resultOf(trailCheck, { resources: ['i-0abc', 'i-1'] })).toEqual({
      status: 'not-yet',
      sentence: 'Not asked yet: /trail touched i-0abc since 2d.',
    });
    expect(questionOf({ resources: ['i-0abc', 'i-1'] })).toBe('touched i-0abc since 2d');
  });

  it('asks for the component first where nobody has named any', () => {
    expect(resultOf(trailCheck)).toEqual({
      status: 'not-yet',
      sentence: 'Name the component first: one name, id or ARN.',
    });
    expect(questionOf()).toBeNull();
    expect(questionOf(isolated('the shop'))).toBeNull();
  });

  it('takes what people named last rather than what the opening named', () => {
    const resources = ['i-0abc'];
    expect(questionOf({ resources, ...isolated('sg-0abc') })).toBe('touched sg-0abc since 2d');
    expect(questionOf({ resources, ...isolated('the shop') })).toBe('touched i-0abc since 2d');
  });

  it('knows the answer that was attached', () => {
    const asked = 'Touched  i-0abc since 2d';
    const of = (coverage: Partial<Coverage>) =>
      resultOf(trailCheck, { resources: ['i-0abc'], evidence: [attached(asked, coverage)] });
    expect(of({ recordCount: 4 })).toEqual({ status: 'found', sentence: '4 calls attached.' });
    expect(of({})).toEqual({
      status: 'nothing',
      sentence: 'Nothing was found in what was searched.',
    });
    expect(of({ targets: denied.targets }).status).toBe('not-yet');
    expect(of({ mayStillArriveAfterMs: 1 }).sentence).toContain('may still arrive');
  });

  it('takes a longer look for an answer, and no shorter one or one about something else', () => {
    const statusOf = (asked: string) =>
      resultOf(trailCheck, { resources: ['i-0abc'], evidence: [attached(asked)] }).status;
    expect(statusOf('touched i-0abc since 7d')).toBe('nothing');
    expect(statusOf('touched i-0abc since 1d')).toBe('not-yet');
    expect(statusOf('touched i-1 since 2d')).toBe('not-yet');
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
