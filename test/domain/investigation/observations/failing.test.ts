import { describe, expect, it } from 'vitest';
import { untrusted } from '../../../../src/domain/untrusted.ts';
import { aPrincipal } from '../../../support/trail-record.ts';
import { aChange, anAlarm, minutes } from '../builders.ts';
import { dimension, explain, failing, ordersFunction } from './story.ts';

const REFUSED =
  'User: arn:aws:sts::111122223333:assumed-role/orders-role/orders-fn is not authorized to perform: dynamodb:Query on resource: arn:aws:dynamodb:eu-west-1:111122223333:table/orders with an explicit deny in a service control policy';
const refusals = (at: readonly number[]) =>
  failing(at, ['dynamodb', 'Query'], 'AccessDenied', REFUSED);

describe('calls that fail, as an explanation of their own', () => {
  it('names who was refused what, how often, and which policy said no', () => {
    const { seen } = explain(ordersFunction, refusals([0, 1, 3, 4]));

    expect(seen[0]?.observation.kind).toBe('denied-calls');
    expect(seen[0]?.statement).toMatch(
      /^orders-role was refused dynamodb:Query on orders-data \(4 times.*a service control policy \(SCP\) of the organization forbids it\.$/,
    );
    expect(seen[0]?.for.join()).toContain('no such call failed before');
    expect(seen[0]?.suggestion?.solution).toContain('orders-role');
  });

  it('folds everything that one caller was refused into one', () => {
    const others = failing([1, 2], ['s3', 'ListBuckets'], 'AccessDenied', '', { named: [] });
    const { seen } = explain(ordersFunction, [...refusals([0, 2]), ...others]);

    expect(seen.map(({ observation }) => observation.kind)).toEqual(['denied-calls']);
    expect(seen[0]?.statement).toContain('dynamodb:Query, ListBuckets');
    expect(seen[0]?.eventIds).toHaveLength(4);
  });

  it('steps back behind the change that took the right away', () => {
    const cut = aChange('DetachRolePolicy', 'iam', ['orders-role'], minutes(-2));
    const refused = failing(
      [0, 1, 3, 4],
      ['dynamodb', 'Query'],
      'AccessDenied',
      'User: arn:aws:sts::111122223333:assumed-role/orders-role/orders-fn is not authorized to perform: dynamodb:Query because no identity-based policy allows the dynamodb:Query action',
    );
    const { rows, seen } = explain(ordersFunction, [cut, ...refused]);

    expect(rows[0]).toMatchObject({ kind: 'change', eventIds: [cut.eventId] });
    expect(seen).toEqual([]);
  });

  it('says nothing about what was refused just as often before', () => {
    const usual = Array.from({ length: 40 }, (_, index) => -1_000 + index * 23);
    const { seen } = explain(ordersFunction, refusals([...usual, 0, 10, 20]));

    expect(seen).toEqual([]);
  });

  it('says nothing about two tries, and nothing about what people try', () => {
    const person = { principal: aPrincipal() };
    const byHand = failing([0, 1, 2, 3], ['dynamodb', 'Query'], 'AccessDenied', REFUSED, person);

    expect(explain(ordersFunction, refusals([0, 1])).seen).toEqual([]);
    expect(explain(ordersFunction, byHand).seen).toEqual([]);
  });

  it('counts against what fails only once the trouble is old', () => {
    const early = explain(ordersFunction, refusals([0, 1, 2])).seen[0];
    const late = explain(ordersFunction, refusals([25, 26, 27])).seen[0];

    expect(late?.probability ?? 0).toBeLessThan((early?.probability ?? 0) / 2);
  });

  it('names the limit that is reached, and lets it speak against any change', () => {
    const throttled = anAlarm('orders-throttled', {
      namespace: 'AWS/Lambda',
      metric: 'Throttles',
      dimensions: [dimension('FunctionName', 'orders-fn')],
    });
    const limited = failing(
      [-1, 0, 1, 2, 3, 4],
      ['ssm', 'GetParametersByPath'],
      'ThrottlingException',
      'Rate exceeded',
    );
    const deployed = aChange('UpdateFunctionCode20150331v2', 'lambda', ['other-fn'], minutes(-20));
    const with_ = explain(throttled, [deployed, ...limited]);
    const without = explain(throttled, [deployed]);

    expect(with_.rows[0]).toMatchObject({ kind: 'observation' });
    expect(with_.rows[0]?.statement).toMatch(/limit with GetParametersByPath.*ThrottlingException/);
    const chance = (rows: typeof with_.rows) => rows.find(({ kind }) => kind === 'change');
    expect(chance(with_.rows)?.probability).toBeLessThan(chance(without.rows)?.probability ?? 0);
  });

  it('names what a failing call lacks', () => {
    const broken = failing(
      [0, 1, 2],
      ['secretsmanager', 'GetSecretValue'],
      'InvalidRequestException',
      'You cannot perform this operation on a secret that was deleted',
    );
    const { seen } = explain(ordersFunction, broken);

    expect(seen[0]?.observation.kind).toBe('failing-calls');
    expect(seen[0]?.statement).toContain('InvalidRequestException');
  });

  it('tells of machines that AWS did not have, whoever asked for them', () => {
    const few = anAlarm('workers-few', {
      namespace: 'AWS/AutoScaling',
      metric: 'GroupInServiceInstances',
      comparison: 'LessThanThreshold',
      dimensions: [dimension('AutoScalingGroupName', 'workers')],
    });
    const lacking = failing(
      [1, 2, 4],
      ['ec2', 'RunInstances'],
      'Server.InsufficientInstanceCapacity',
      'We currently do not have sufficient c6i.8xlarge capacity in the Availability Zone you requested (eu-west-1b). Our system will be working on it.',
      {
        named: ['lt-0e8d3dacf52d27683'],
        principal: aPrincipal({
          kind: 'service',
          label: untrusted('AWSServiceRoleForAutoScaling'),
        }),
      },
    );
    const { rows } = explain(few, lacking);

    expect(rows[0]).toMatchObject({ kind: 'observation', confidence: 'likely' });
    expect(rows[0]?.statement).toMatch(
      /^AWS had no capacity to give of c6i.8xlarge in eu-west-1b: RunInstances/,
    );
  });
});
