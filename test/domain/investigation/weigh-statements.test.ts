import { describe, expect, it } from 'vitest';
import type { StatementVerdict } from '../../../src/domain/incident/evidence.ts';
import { investigate } from '../../../src/domain/investigation/investigate.ts';
import { weighStatements } from '../../../src/domain/investigation/weigh-statements.ts';
import { anAnswer, aStatement } from '../../support/statement-builders.ts';
import { aChange, anAlarm, minutes } from './builders.ts';

const group = 'targetgroup/orders/0123456789abcdef';
const mine = aChange('DeregisterTargets', 'elasticloadbalancing', [group], minutes(-9));
const other = aChange('ModifyTargetGroup', 'elasticloadbalancing', [group], minutes(-8));
const found = investigate({
  records: [mine, other],
  alarms: [anAlarm('orders-5xx')],
  transitions: [],
  nowMs: minutes(10),
});

const weighed = (verdict: StatementVerdict | null) =>
  weighStatements(found, [aStatement({ records: [mine], answer: anAnswer({ verdict }) })]);

const suspectOf = (investigation: typeof found) =>
  investigation.suspects.find(({ lead }) => lead.record.eventId === mine.eventId);

const probability = (investigation: typeof found) => suspectOf(investigation)?.probability ?? 0;

describe('what the person behind a change says', () => {
  it('speaks for it when it was a mistake, and less so when it was somebody else', () => {
    expect(probability(weighed('mistake'))).toBeGreaterThan(probability(weighed('not-me')));
    expect(probability(weighed('not-me'))).toBeGreaterThan(probability(found));
  });

  it('speaks a little against it when it was planned', () => {
    const planned = probability(weighed('planned'));

    expect(planned).toBeLessThan(probability(found));
    expect(planned).toBeGreaterThan(probability(found) / 2);
  });

  it('is told as one of the reasons', () => {
    expect(suspectOf(weighed('mistake'))?.points).toContainEqual(
      expect.objectContaining({ words: 'whoever made it says that it was a mistake' }),
    );
  });

  it('moves the other explanations as well: together they stay what they were', () => {
    const sum = ({ suspects, nothing }: typeof found) =>
      suspects.reduce((total, row) => total + row.probability, nothing.probability);
    const after = weighed('mistake');

    expect(sum(after)).toBeCloseTo(sum(found), 6);
    expect(after.nothing.probability).toBeLessThan(found.nothing.probability);
    expect(after.suspects[0]?.lead.record.eventId).toBe(mine.eventId);
  });

  it('changes nothing without an answer, or about another call', () => {
    const elsewhere = aChange('StopInstances', 'ec2', ['i-0abc'], minutes(-3));
    const statement = aStatement({
      records: [elsewhere],
      answer: anAnswer({ verdict: 'mistake' }),
    });

    expect(weighed(null)).toBe(found);
    expect(weighStatements(found, [statement]).suspects).toEqual(found.suspects);
  });
});
