import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrailRecord } from '../../../../src/domain/trail/record.ts';
import { untrusted } from '../../../../src/domain/untrusted.ts';
import { aPrincipal } from '../../../support/trail-record.ts';
import { aChange, anAlarm, minutes } from '../builders.ts';
import { explain, failing, ordersFunction } from './story.ts';

const missing = failing(
  [0, 1, 2, 3],
  ['secretsmanager', 'GetSecretValue'],
  'ResourceNotFoundException',
  'Secrets Manager cannot find the specified secret.',
);
const other = aChange('UpdateFunctionCode20150331v2', 'lambda', ['billing-fn'], minutes(-12));

describe('what was seen, among the explanations', () => {
  it('takes its share from "nothing explains it", hardly any from a change', () => {
    const without = explain(ordersFunction, [other]);
    const withSeen = explain(ordersFunction, [other, ...missing]);
    const chance = ({ rows }: typeof without) =>
      rows.find(({ kind }) => kind === 'change')?.probability ?? 0;

    expect(withSeen.seen).toHaveLength(1);
    expect(withSeen.nothing.probability).toBeLessThan(without.nothing.probability);
    expect(chance(withSeen)).toBeGreaterThan(0.85 * chance(without));
  });

  it('leaves all probabilities together at one', () => {
    expect(explain(ordersFunction, [other, ...missing]).total).toBeCloseTo(1, 9);
    expect(explain(ordersFunction, missing).total).toBeCloseTo(1, 9);
  });

  it('says of "nothing explains it" that something was seen', () => {
    const { rows } = explain(ordersFunction, missing);
    const nothing = rows.find(({ kind }) => kind === 'no-change');

    expect(nothing?.against.join()).toContain('something was seen');
  });

  it('does not depend on the order in which records come', () => {
    const there = explain(ordersFunction, [other, ...missing]).rows;
    const back = explain(ordersFunction, [...missing].reverse().concat(other)).rows;

    expect(back.map(({ statement, probability }) => ({ statement, probability }))).toEqual(
      there.map(({ statement, probability }) => ({ statement, probability })),
    );
  });

  it('is whole and sums to one whatever names, codes and messages say', () => {
    const text = fc.oneof(fc.string({ maxLength: 40 }), fc.constant('{it} $& __proto__'));
    const code = fc.oneof(fc.constantFrom('AccessDenied', 'ThrottlingException', 'NotFound'), text);
    const row = fc.record({
      call: fc.constantFrom('Query', 'BidEvictedEvent', 'ConsoleLogin', 'StopTask', 'DeleteTrail'),
      minute: fc.integer({ min: -40, max: 39 }),
      errorCode: fc.option(code),
      message: text,
      kind: fc.constantFrom(...KINDS),
      who: fc.constantFrom('orders-role', 'root', '{call}'),
      named: fc.array(text, { maxLength: 2 }),
    });
    const rows = fc.array(row, { maxLength: 30 });

    fc.assert(
      fc.property(rows, fc.constantFrom(ordersFunction, guard), (made, alarm) => {
        const { seen, total } = explain(alarm, made.map(recordOf));

        expect(total).toBeLessThanOrEqual(1 + 1e-9);
        for (const { observation } of seen) {
          expect(Number.isFinite(observation.score)).toBe(true);
          expect(observation.statement).toMatch(/\S.*\.$/s);
          expect(new Set(observation.eventIds).size).toBe(observation.eventIds.length);
        }
      }),
      { numRuns: 150 },
    );
  });
});

const KINDS = ['human', 'automation', 'service', 'unknown'] as const;

const guard = anAlarm('findings', {
  namespace: 'AWS/GuardDuty',
  metric: 'FindingCount',
  dimensions: [],
});

interface Row {
  readonly call: string;
  readonly minute: number;
  readonly errorCode: string | null;
  readonly message: string;
  readonly kind: TrailRecord['principal']['kind'];
  readonly who: string;
  readonly named: readonly string[];
}

function recordOf({ call, minute, errorCode, message, kind, who, named }: Row): TrailRecord {
  return aChange(call, 'ec2', named, minutes(minute), {
    errorCode: errorCode === null ? null : untrusted(errorCode),
    errorMessage: errorCode === null ? null : untrusted(message),
    principal: aPrincipal({ kind, label: untrusted(who), roleName: untrusted(who) }),
  });
}
