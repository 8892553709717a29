import { describe, expect, test } from 'vitest';
import { buildDocument } from '../../../src/domain/incident/document.ts';
import { fixWindow, splitFixWrites, touchesPlan } from '../../../src/domain/incident/fix-writes.ts';
import { renderMarkdown } from '../../../src/domain/incident/render-markdown.ts';
import { buildTimeline } from '../../../src/domain/incident/timeline.ts';
import { checkResults } from '../../../src/domain/playbook/check-results.ts';
import { aCoverage } from '../../support/full-incident.ts';
import { bot, eventsUpTo, MINUTE_MS, play, stateOf } from '../../support/incident-builders.ts';
import { aPlaybook } from '../../support/playbook-builders.ts';
import { aRecord } from '../../support/trail-record.ts';

const BALANCER =
  'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/0123456789abcdef';
const GROUP =
  'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/fedcba9876543210';

describe('a write touches what a plan names', () => {
  test.each([
    ['sg-0abc', 'sg-0abc', true],
    ['SG-0ABC', 'sg-0abc', true],
    ['sg-0abc', 'arn:aws:ec2:eu-west-1:111122223333:security-group/sg-0abc', true],
    ['arn:aws:ec2:eu-west-1:111122223333:security-group/sg-0abc', 'sg-0abc', true],
    ['web', BALANCER, true],
    [BALANCER, BALANCER, true],
    [
      'arn:aws:lambda:eu-west-1:111122223333:function:pay',
      'arn:aws:lambda:eu-west-1:111122223333:function:pay:live',
      true,
    ],
    [BALANCER, GROUP, false],
    ['sg-0ab', 'sg-0abc', false],
    ['the checkout service', 'checkout', false],
    ['web', 'web-canary', false],
  ])('%s and %s: %s', (planned, recorded, isTouched) => {
    expect(touchesPlan({ resources: [planned] }, aRecord({ named: [recorded] }))).toBe(isTouched);
  });

  test('never where the plan names nothing', () => {
    expect(touchesPlan({ resources: [] }, aRecord())).toBe(false);
  });
});

describe('the writes while a plan was carried out', () => {
  const implemented = eventsUpTo('implement');
  const plan = stateOf(implemented).plans[0];
  const records = [aRecord({ eventId: 'in', named: ['sg-0abc'] }), aRecord({ eventId: 'out' })];
  const fix = { planId: 'plan-1', inside: [{ eventId: 'in', because: 'resource' }] } as const;
  const seen = play(
    [
      [
        {
          type: 'record-evidence',
          evidence: {
            kind: 'changes',
            evidenceId: 'fix-plan-1',
            gatheringId: null,
            records,
            fix,
            coverage: {
              ...aCoverage(),
              query: 'writes while plan 1 was carried out',
              recordCount: 2,
            },
          },
        },
        bot,
      ],
    ],
    implemented,
  );

  test('are those from the approval to shortly after it was reported', () => {
    expect(fixWindow(plan ?? { plannedAtMs: 0, approvedAtMs: 0, implementedAtMs: 0 })).toEqual({
      fromMs: plan?.approvedAtMs,
      toMs: (plan?.implementedAtMs ?? 0) + 2 * MINUTE_MS,
    });
    expect(fixWindow({ plannedAtMs: 1, approvedAtMs: null, implementedAtMs: null })).toBeNull();
  });

  test('are split in order', () => {
    expect(splitFixWrites(records, fix)).toEqual({ inside: [records[0]], outside: [records[1]] });
  });

  test('are told on the timeline once, and again only when there are more', () => {
    const told = (events: typeof seen) =>
      buildTimeline(events)
        .map(({ sentence }) => sentence)
        .filter((sentence) => sentence.startsWith('CloudTrail shows'));
    expect(told(seen)).toEqual([
      'CloudTrail shows 2 writes while plan 1 was carried out, 1 in the plan and 1 outside of it',
    ]);
    const [event] = seen.slice(-1);
    const again = event === undefined ? seen : [...seen, { ...event, version: event.version + 1 }];
    expect(told(again)).toHaveLength(1);
  });

  test('that may still arrive are not told as nothing', () => {
    const evidenceOf = (lateMs: number | null) => {
      const fixed = { ...fix, inside: [] };
      const coverage = aCoverage({ recordCount: 0, mayStillArriveAfterMs: lateMs });
      return {
        type: 'record-evidence',
        evidence: {
          evidenceId: 'fix-plan-1',
          gatheringId: null,
          kind: 'changes',
          coverage,
          records: [],
          fix: fixed,
        },
      } as const;
    };
    const early = play([[evidenceOf(1), bot]], eventsUpTo('implement'));
    const settled = play([[evidenceOf(null), bot]], early);
    const told = buildTimeline(settled)
      .map(({ sentence }) => sentence)
      .filter((sentence) => sentence.startsWith('CloudTrail shows'));
    expect(told).toEqual([
      'CloudTrail shows no write yet (as delivered by 10:45:00) that was made while plan 1 was carried out; it may still deliver some',
      'CloudTrail shows no write that was made while plan 1 was carried out',
    ]);
    const document = buildDocument({
      state: stateOf(early),
      events: early,
      names: new Map(),
      generatedAtMs: 0,
      permalinks: new Map(),
    });
    expect(renderMarkdown(document)).toContain(
      'CloudTrail had not delivered everything from that time when this was read.',
    );
  });

  test('stand in the document in two parts', () => {
    const document = buildDocument({
      state: stateOf(seen),
      events: seen,
      names: new Map(),
      generatedAtMs: 0,
      permalinks: new Map(),
    });
    const markdown = renderMarkdown(document);
    expect(markdown).toContain('writes while plan 1 was carried out');
    expect(markdown).toMatch(
      /\*\*In the plan\*\* \(1\)[\s\S]*sg-0abc[\s\S]*\*\*Also seen then\*\*/,
    );
  });

  test('answer no check of what may be the cause', () => {
    const check = { text: 'Stopped?', kind: 'changes', classes: ['compute-stopped'] } as const;
    const [result] = checkResults(stateOf(seen), aPlaybook({ checks: [check] }));
    expect(result).toMatchObject({ status: 'not-yet', sentence: 'Not read yet.' });
  });
});
