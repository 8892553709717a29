import { describe, expect, it } from 'vitest';
import type { InsightFinding, TrailRecord } from '../../../../src/domain/trail/record.ts';
import { untrusted } from '../../../../src/domain/untrusted.ts';
import { aChange, minutes } from '../builders.ts';
import { aws, explain, ordersFunction } from './story.ts';

function anInsight(
  minute: number,
  finding: Partial<InsightFinding> = {},
  changes: Partial<Omit<TrailRecord, 'resources'>> = {},
): TrailRecord {
  return aChange('Invoke', 'lambda', [], minutes(minute), {
    category: 'insight',
    readOnly: true,
    principal: aws('cloudtrail'),
    channel: 'service',
    insight: {
      state: 'start',
      measure: 'call-rate',
      errorCode: null,
      baselinePerMinute: 0.5,
      insightPerMinute: 120,
      durationMinutes: null,
      attributions: [
        {
          attribute: 'identity',
          value: untrusted('arn:aws:sts::111122223333:assumed-role/orders-fn-role'),
          insightPerMinute: 118,
          baselinePerMinute: 0.4,
        },
      ],
      ...finding,
    },
    ...changes,
  });
}

describe('an unusual rate, as an explanation', () => {
  it('tells the rate, the usual one, and whom CloudTrail puts it down to', () => {
    const { seen } = explain(ordersFunction, [anInsight(-3)]);

    expect(seen[0]?.statement).toBe(
      'CloudTrail Insights saw unusually many calls of lambda Invoke (120 a minute, usually 0.5 a minute), put down to orders-fn-role; it began 3 minutes before the trouble began.',
    );
    expect(seen[0]?.for.join()).toContain('the alarm watches the same service, lambda');
    expect(seen[0]?.suggestion?.test).toContain('orders-fn-role');
  });

  it('names the error that was so frequent', () => {
    const finding = { measure: 'error-rate', errorCode: untrusted('ThrottlingException') } as const;

    expect(explain(ordersFunction, [anInsight(-1, finding)]).seen[0]?.statement).toContain(
      'calls that fail with ThrottlingException',
    );
  });

  it('counts its start and its end as one, from when it began', () => {
    const sharedEventId = 'one-finding';
    const start = anInsight(-3, {}, { sharedEventId });
    const end = anInsight(7, { state: 'end', durationMinutes: 10 }, { sharedEventId });
    const { seen } = explain(ordersFunction, [start, end]);

    expect(seen).toHaveLength(1);
    expect(seen[0]?.observation.eventIds).toHaveLength(2);
    expect(explain(ordersFunction, [end]).seen[0]?.observation.atMs).toBe(minutes(-3));
  });

  it('is none when it was over long before, or is about something else', () => {
    const elsewhere = { eventSource: 'athena.amazonaws.com', eventName: 'StartQueryExecution' };

    expect(explain(ordersFunction, [anInsight(-300)]).seen).toEqual([]);
    expect(explain(ordersFunction, [anInsight(-3, { attributions: [] }, elsewhere)]).seen).toEqual(
      [],
    );
  });
});
