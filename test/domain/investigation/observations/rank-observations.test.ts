import { describe, expect, it } from 'vitest';
import { aChange, minutes } from '../builders.ts';
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
});
