import { describe, expect, test } from 'vitest';
import { investigate } from '../../../src/domain/investigation/investigate.ts';
import { type RankingContext, rankCauses } from '../../../src/domain/investigation/rank-causes.ts';
import type { TrailRecord } from '../../../src/domain/trail/record.ts';
import { aPrincipal } from '../../support/trail-record.ts';
import { aChange, anAlarm, minutes, ONSET_MS, wentOff } from './builders.ts';

const alarm = anAlarm('orders-5xx');
const group = 'targetgroup/orders/0123456789abcdef';
const culprit = aChange('DeregisterTargets', 'elasticloadbalancing', [group], minutes(-2));
const old = aChange('PutBucketLifecycle', 's3', ['old-invoices'], minutes(-600));

const context: RankingContext = {
  gatheringId: 'g1',
  occasion: 'gathering',
  isPartial: false,
  basis: { recordCount: 2, alarmCount: 1, fromMs: 0, toMs: minutes(30), gaps: [] },
  knownEventIds: new Set(),
};

function rank(records: readonly TrailRecord[], changes: Partial<RankingContext> = {}) {
  const transitions = [wentOff(alarm, minutes(4), ONSET_MS)];
  const found = investigate({ records, alarms: [alarm], transitions, nowMs: minutes(30) });
  return rankCauses(found, { ...context, ...changes });
}

describe('a ranking for the record', () => {
  test('names each cause by the change that tells most, with reasons and what to do', () => {
    const [first] = rank([culprit, old]).causes;
    expect(first).toMatchObject({
      causeId: `cause-${culprit.eventId}`,
      cause: {
        kind: 'change',
        changeClass: 'targets-changed',
        eventIds: [culprit.eventId],
        eventCount: 1,
        atMs: minutes(-2),
      },
      suggestion: { rollback: expect.any(String) },
    });
    expect(first?.assessment.for).not.toEqual([]);
  });

  test('keeps hypothesis 0 apart, and all of it at most one', () => {
    const { causes, nothing } = rank([culprit, old]);
    const sum = causes.reduce((total, row) => total + row.assessment.probability, 0);
    expect(nothing.probability).toBeGreaterThan(0);
    expect(sum + nothing.probability).toBeLessThanOrEqual(1.000001);
  });

  test('tells of what is on the board already, however unlikely it is now', () => {
    const many = Array.from({ length: 12 }, (_, n) =>
      aChange('DeregisterTargets', 'elasticloadbalancing', [group], minutes(-3 - n)),
    );
    const idsOf = (changes: Partial<RankingContext>) =>
      rank([...many, old], changes).causes.map(({ causeId }) => causeId);
    expect(idsOf({})).not.toContain(`cause-${old.eventId}`);
    expect(idsOf({ knownEventIds: new Set([old.eventId]) })).toContain(`cause-${old.eventId}`);
  });

  test('holds what was seen as a cause of its own', () => {
    const worker = aPrincipal({ kind: 'automation' });
    const throttled = Array.from({ length: 30 }, (_, n) =>
      aChange('PutItem', 'dynamodb', ['orders'], minutes(1) + n * 1_000, {
        errorCode: 'ThrottlingException' as TrailRecord['errorCode'],
        principal: worker,
      }),
    );
    const seen = rank([...throttled, old]).causes.filter(
      ({ cause }) => cause.kind === 'observation',
    );
    expect(seen).toMatchObject([
      { causeId: `seen-limit-reached-${throttled[0]?.eventId}`, cause: { eventCount: 30 } },
    ]);
  });

  test('tells the onset with its alarms, and that there is none', () => {
    expect(rank([culprit]).onset).toMatchObject({
      earliestMs: ONSET_MS,
      alarms: [{ name: 'orders-5xx', breachedFromMs: ONSET_MS }],
    });
    const nothing = investigate({ records: [culprit], alarms: [], transitions: [], nowMs: 0 });
    expect(rankCauses(nothing, context)).toMatchObject({ onset: null, causes: [] });
  });
});
