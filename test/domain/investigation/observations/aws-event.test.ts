import { describe, expect, it } from 'vitest';
import { aChange, anAlarm, minutes } from '../builders.ts';
import { aws, dimension, explain } from './story.ts';

const workers = anAlarm('workers-few', {
  namespace: 'AWS/AutoScaling',
  metric: 'GroupInServiceInstances',
  comparison: 'LessThanThreshold',
  dimensions: [dimension('AutoScalingGroupName', 'workers')],
});
const byAws = (name: string, minute: number, named: readonly string[] = [], service = 'ec2') =>
  aChange(name, service, named, minutes(minute), { principal: aws(service), channel: 'service' });

describe('what AWS did by itself', () => {
  it('takes spot instances back: that is no change of anybody here', () => {
    const { rows } = explain(
      workers,
      [-1, 0, 0].map((minute) => byAws('BidEvictedEvent', minute)),
    );

    expect(rows[0]).toMatchObject({ kind: 'observation' });
    expect(rows[0]?.statement).toMatch(/^AWS took spot instances back, 3 times/);
    expect(rows.filter(({ kind }) => kind === 'change')).toEqual([]);
  });

  it('takes away what the alarm watches: told, but mostly a reaction', () => {
    const { seen } = explain(workers, [
      byAws('TerminateInstanceInAutoScalingGroup', -3, ['workers'], 'autoscaling'),
    ]);

    expect(seen[0]?.observation.kind).toBe('aws-event');
    expect(seen[0]?.against.join()).toContain('something is ill already');
  });

  it('is nothing new where it does so all day', () => {
    const all = Array.from({ length: 60 }, (_, index) =>
      byAws('BidEvictedEvent', -1_500 + index * 25),
    );

    expect(explain(workers, all).seen).toEqual([]);
  });

  it('follows what somebody here changed: then the change it is', () => {
    const scaled = aChange('SetDesiredCapacity', 'autoscaling', ['workers'], minutes(-4));
    const { rows, seen } = explain(workers, [
      scaled,
      byAws('TerminateInstanceInAutoScalingGroup', -3, ['workers'], 'autoscaling'),
    ]);

    expect(rows[0]).toMatchObject({ kind: 'change', eventIds: [scaled.eventId] });
    expect(seen).toEqual([]);
  });

  it('is left aside when it was long before, long after, or about something else', () => {
    const act = (minute: number, group: string) =>
      byAws('TerminateInstanceInAutoScalingGroup', minute, [group], 'autoscaling');

    expect(explain(workers, [act(-200, 'workers')]).seen).toEqual([]);
    expect(explain(workers, [act(30, 'workers')]).seen).toEqual([]);
    expect(explain(workers, [act(-3, 'billing')]).seen).toEqual([]);
  });
});
