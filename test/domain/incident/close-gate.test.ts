import { describe, expect, test } from 'vitest';
import { missingForClose } from '../../../src/domain/incident/close-gate.ts';
import {
  ana,
  type commands,
  eventsUpTo,
  MINUTE_MS,
  play,
  stateOf,
} from '../../support/incident-builders.ts';

const partsOf = (...args: Parameters<typeof missingForClose>) =>
  missingForClose(...args).map(({ part }) => part);
const complete = stateOf(eventsUpTo('document'));

describe('what a record lacks', () => {
  test('is named in the order of the method, with a sentence and what helps', () => {
    const state = { ...stateOf(eventsUpTo('open')), startedAtMs: null };

    expect(missingForClose(state).map(({ name, fix, itemId }) => [name, fix, itemId])).toEqual([
      ['the problem statement', 'state-problem', null],
      ['who was affected', 'state-problem', null],
      ['the start time', 'state-problem', null],
      ['the component', 'move-to-step', 'isolate'],
      ['a tested hypothesis', 'propose-hypothesis', null],
      ['a plan with its risk and the way back', 'plan-solution', null],
      ['an implemented solution', 'plan-solution', null],
      ['a verified solution', 'move-to-step', 'verify'],
      ['the root cause', 'move-to-step', 'document'],
      ['preventive measures', 'move-to-step', 'document'],
    ]);
    for (const { sentence } of missingForClose(state)) {
      expect(sentence).toMatch(/^(?:The|Nobody|No) .{15,}\.$/);
    }
  });

  test('is nothing at the end of the straight path, and each thing that is taken away again', () => {
    const [plan] = complete.plans;
    const without = [
      { ...complete, problem: complete.problem && { ...complete.problem, affected: ' \u200b' } },
      { ...complete, isolation: null },
      { ...complete, hypotheses: [] },
      { ...complete, plans: plan === undefined ? [] : [{ ...plan, risk: ' ' }] },
      { ...complete, plans: plan === undefined ? [] : [{ ...plan, rollback: '' }] },
      { ...complete, findings: complete.findings && { ...complete.findings, rootCause: ' ' } },
      {
        ...complete,
        findings: complete.findings && { ...complete.findings, preventiveMeasures: [] },
      },
    ];

    expect(partsOf(complete)).toEqual([]);
    expect(without.map((state) => partsOf(state))).toEqual([
      ...[['scope'], ['component'], ['verdict'], ['plan'], ['plan']],
      ...[['root-cause'], ['preventive-measures']],
    ]);
  });

  test.each([
    'confirmed',
    'eliminated',
    'inconclusive',
  ] as const)('is no verdict where one hypothesis is %s', (status) => {
    const hypotheses = complete.hypotheses.map((row) => ({ ...row, status }));
    expect(partsOf({ ...complete, hypotheses })).not.toContain('verdict');
  });

  test('is a verdict while all are only proposed or under test', () => {
    for (const name of ['propose', 'startTest'] as const) {
      expect(partsOf(stateOf(eventsUpTo(name)))).toContain('verdict');
    }
  });

  test('is a verified solution again after anything that could have changed that', () => {
    const rollBack = { type: 'roll-back', planId: 'plan-1', reason: 'Side effects.' } as const;
    const reopen = { type: 'reopen-incident', reason: 'It is back.' } as const;
    const failed = { type: 'fail-verification', finding: 'Still 503.' } as const;

    expect(partsOf(stateOf(play([[rollBack, ana]], eventsUpTo('document'))))).toEqual([
      ...['plan', 'implementation', 'verification'],
    ]);
    expect(partsOf(stateOf(play([[reopen, ana]], eventsUpTo('close'))))).toEqual(['verification']);
    expect(partsOf(stateOf(play([[failed, ana]], eventsUpTo('document'))))).toEqual([
      'verification',
    ]);
  });

  test('is verified when that was said in the same moment or after', () => {
    const [verification] = complete.verifications;
    const atMs = complete.plans[0]?.implementedAtMs ?? 0;
    const saidAt = (saidAtMs: number) => ({
      ...complete,
      verifications: verification === undefined ? [] : [{ ...verification, atMs: saidAtMs }],
    });

    expect(partsOf(saidAt(atMs))).toEqual([]);
    expect(partsOf(saidAt(atMs - MINUTE_MS))).toEqual(['verification']);
  });

  test('is helped by the plan that may go in, approved or in need of no approval', () => {
    const helpOf = (state: typeof complete) => {
      const { fix, itemId } =
        missingForClose(state).find(({ part }) => part === 'implementation') ?? {};
      return [fix, itemId];
    };
    const planned = stateOf(eventsUpTo('plan'));
    const free = planned.plans.map((plan) => ({
      ...plan,
      need: { rule: 'none', entitledIds: [] } as const,
    }));
    const replaced = planned.plans.map((plan) => ({ ...plan, status: 'replaced' as const }));

    expect(helpOf(planned)).toEqual(['approve-plan', 'plan-1']);
    expect(helpOf({ ...planned, plans: free })).toEqual(['report-implemented', 'plan-1']);
    expect(helpOf(stateOf(eventsUpTo('approve')))).toEqual(['report-implemented', 'plan-1']);
    expect(helpOf({ ...planned, plans: replaced })).toEqual(['plan-solution', null]);
    expect(helpOf(stateOf(eventsUpTo('confirm')))).toEqual(['plan-solution', null]);
  });

  test('is helped by the test that runs, the next one, or a hypothesis', () => {
    const helpOf = (name: keyof typeof commands) =>
      missingForClose(stateOf(eventsUpTo(name)))
        .filter(({ part }) => part === 'verdict')
        .map(({ fix, itemId }) => [fix, itemId]);

    expect(helpOf('startTest')).toEqual([['conclude-test', 'hypothesis-1']]);
    expect(helpOf('propose')).toEqual([['start-test', 'hypothesis-1']]);
    expect(helpOf('isolate')).toEqual([['propose-hypothesis', null]]);
  });
});
