import { describe, expect, it } from 'vitest';
import { alarmResourceNames } from '../../../src/domain/investigation/alarm-resources.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { anAlarm } from './builders.ts';

const names = (dimensions: Readonly<Record<string, string>>, changes = {}) =>
  alarmResourceNames(
    anAlarm('alarm', {
      dimensions: Object.entries(dimensions).map(([name, value]) => ({
        name,
        value: untrusted(value),
      })),
      ...changes,
    }),
  );

const account = '111122223333';

describe('the names under which Event history may have what an alarm watches', () => {
  it.each([
    [{ InstanceId: 'i-0abc' }, ['i-0abc']],
    [{ FunctionName: 'orders' }, ['orders']],
    [{ TopicName: 'orders' }, [`arn:aws:sns:eu-west-1:${account}:orders`, 'orders']],
    [{ QueueName: 'orders' }, [`https://sqs.eu-west-1.amazonaws.com/${account}/orders`, 'orders']],
    [
      { LoadBalancer: 'app/edge/50dc6c49' },
      [`arn:aws:elasticloadbalancing:eu-west-1:${account}:loadbalancer/app/edge/50dc6c49`, 'edge'],
    ],
    [{ CacheClusterId: 'sessions-0001-002' }, ['sessions', 'sessions-0001-002']],
    [{ StateMachineArn: `arn:aws:states:eu-west-1:${account}:stateMachine:nightly` }, 2],
  ])('of %j are tried likeliest first', (dimensions, expected) => {
    const found = names(dimensions as Readonly<Record<string, string>>);

    expect(typeof expected === 'number' ? found.length : found).toEqual(expected);
  });

  it('are not those by which a bill calls services', () => {
    expect(names({ ServiceName: 'AmazonEC2' }, { namespace: 'AWS/Billing' })).toEqual([]);
  });

  it('take the service before the cluster that it is in', () => {
    expect(names({ ClusterName: 'shop', ServiceName: 'orders' })).toEqual(['orders', 'shop']);
  });

  it('leave out places, kinds and words that name no one thing', () => {
    expect(names({ AvailabilityZone: 'eu-west-1a', Stage: 'prod', ServiceName: 'api' })).toEqual(
      [],
    );
  });

  it('leave out what needs an account that is not known', () => {
    expect(names({ TopicName: 'orders' }, { accountId: null })).toEqual(['orders']);
  });

  it('are few, whatever an alarm watches', () => {
    const many = Object.fromEntries(
      Array.from({ length: 30 }, (_, at) => [`Key${at}`, `thing-${at}`]),
    );

    expect(names(many).length).toBeLessThanOrEqual(6);
  });
});
