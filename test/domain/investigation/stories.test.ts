import { describe, expect, it } from 'vitest';
import type { Alarm } from '../../../src/domain/alarm/alarm.ts';
import { hypothesesOf } from '../../../src/domain/investigation/hypotheses.ts';
import { investigate } from '../../../src/domain/investigation/investigate.ts';
import type { TrailRecord } from '../../../src/domain/trail/record.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { aPrincipal } from '../../support/trail-record.ts';
import { aChange, anAlarm, MINUTE_MS, minutes } from './builders.ts';

const dimension = (name: string, value: string) => ({ name, value: untrusted(value) });
const detail = (label: string, value: string) => ({ label, value: untrusted(value) });

const ordersFunction = anAlarm('orders-errors', {
  namespace: 'AWS/Lambda',
  metric: 'Errors',
  dimensions: [dimension('FunctionName', 'orders-fn')],
});
const program = aPrincipal({
  label: untrusted('orders-role'),
  kind: 'automation',
  roleName: untrusted('orders-role'),
  sessionName: untrusted('orders-fn'),
});

function rank(alarm: Alarm, records: readonly TrailRecord[]) {
  const found = investigate({ records, alarms: [alarm], transitions: [], nowMs: minutes(40) });
  return hypothesesOf(found);
}

const firstOf = (alarm: Alarm, records: readonly TrailRecord[]) =>
  rank(alarm, records).flatMap((row) => (row.kind === 'change' ? row.eventIds : []))[0];

const deployed = aChange('UpdateFunctionCode20150331v2', 'lambda', ['orders-fn'], minutes(-26));

describe('what an investigation makes of', () => {
  it('calls that are refused since the trouble began: what refuses them, not the deployment', () => {
    const trust = aChange('UpdateAssumeRolePolicy', 'iam', ['data-writer'], minutes(-33));
    const refused = [1, 3, 5].map((minute) =>
      aChange(
        'AssumeRole',
        'sts',
        ['arn:aws:iam::111122223333:role/data-writer'],
        minutes(minute),
        {
          errorCode: untrusted('AccessDenied'),
          principal: program,
          channel: 'sdk',
        },
      ),
    );

    expect(firstOf(ordersFunction, [trust, deployed, ...refused])).toBe(trust.eventId);
  });

  it('a setting that nothing running feels: no cause, however close', () => {
    const described = aChange(
      'UpdateFunctionConfiguration20150331v2',
      'lambda',
      ['orders-fn'],
      minutes(-1),
      { details: [detail('description', 'release 12')] },
    );
    const squeezed = aChange(
      'UpdateFunctionConfiguration20150331v2',
      'lambda',
      ['orders-fn'],
      minutes(-6),
      { details: [detail('memory (MB)', '128')] },
    );

    expect(firstOf(ordersFunction, [described, squeezed])).toBe(squeezed.eventId);
  });

  it('a capacity that was raised and one that was lowered: the lowered one', () => {
    const table = anAlarm('orders-throttled', {
      namespace: 'AWS/DynamoDB',
      metric: 'WriteThrottleEvents',
      dimensions: [dimension('TableName', 'orders')],
    });
    const set = (label: string, units: string, minute: number) =>
      aChange('UpdateTable', 'dynamodb', ['orders'], minutes(minute), {
        details: [detail(label, units)],
      });
    const before = [set('write units', '100', -3_000), set('read units', '100', -2_990)];
    const lowered = set('write units', '10', -4);
    const raised = set('read units', '200', -2);

    expect(firstOf(table, [...before, lowered, raised])).toBe(lowered.eventId);
  });

  it('what was put back before it began: not the cause', () => {
    const rule = { details: [detail('from port', '443')] };
    const closed = aChange('RevokeSecurityGroupEgress', 'ec2', ['sg-1'], minutes(-9), rule);
    const opened = aChange('AuthorizeSecurityGroupEgress', 'ec2', ['sg-1'], minutes(-7), rule);
    const ties = aChange('GetFunction', 'lambda', ['orders-fn', 'sg-1'], minutes(-900), {
      readOnly: true,
    });

    const [worst] = rank(ordersFunction, [ties, closed, opened, deployed]).filter(
      (row) => row.kind === 'change' && row.eventIds.includes(closed.eventId),
    );

    expect(worst?.against.join()).toContain('undone before the trouble began');
    expect(firstOf(ordersFunction, [ties, closed, opened, deployed])).toBe(deployed.eventId);
  });

  it('a run of a hundred changes, one of which fits by its name: less than a change of its own', () => {
    const session = { accessKeyId: 'ASIARUN', principal: aPrincipal({ kind: 'automation' }) };
    const run = Array.from({ length: 100 }, (_, index) =>
      aChange('PutRolePolicy', 'iam', [`system${index}-role`], minutes(-9) + index * 100, session),
    );
    const within = aChange('PutRolePolicy', 'iam', ['orders-role'], minutes(-9) + 10_050, session);
    const alone = aChange('PutRolePolicy', 'iam', ['orders-role'], minutes(-16), {
      principal: aPrincipal({ kind: 'automation' }),
    });

    expect(firstOf(ordersFunction, [...run, within, alone])).toBe(alone.eventId);
  });

  it('a security group without a name: it belongs to what it was called with', () => {
    const alarm = anAlarm('orders-failures', {
      namespace: 'Acme/Shop',
      metric: 'OrdersFailures',
      dimensions: [],
    });
    const closed = (group: string, minute: number) =>
      aChange('RevokeSecurityGroupIngress', 'ec2', [group], minutes(minute));
    const reads = [
      ['orders-db', 'sg-0aa'],
      ['billing-db', 'sg-0bb'],
    ].map((names) =>
      aChange('DescribeDBInstances', 'rds', names, minutes(-500), { readOnly: true }),
    );
    const own = closed('sg-0aa', -5);

    expect(firstOf(alarm, [...reads, closed('sg-0bb', -2), own])).toBe(own.eventId);
  });

  it('a bill that grows: what costs, by whomever and whatever it is called', () => {
    const bill = anAlarm('estimated-charges', {
      namespace: 'AWS/Billing',
      metric: 'EstimatedCharges',
      dimensions: [dimension('Currency', 'USD')],
    });
    const machines = aChange('RunInstances', 'ec2', ['i-0123456789abcdef0'], minutes(-200));
    const rule = aChange('ModifyRule', 'elasticloadbalancing', ['rule-1'], minutes(-3));

    expect(firstOf(bill, [machines, rule, deployed])).toBe(machines.eventId);
  });

  it('AWS without machines to give: nothing on record', () => {
    const group = anAlarm('workers-few', {
      namespace: 'AWS/AutoScaling',
      metric: 'GroupInServiceInstances',
      comparison: 'LessThanThreshold',
      dimensions: [dimension('AutoScalingGroupName', 'workers')],
    });
    const lacking = [1, 2, 3].map((minute) =>
      aChange('RunInstances', 'ec2', ['workers'], minutes(minute), {
        errorCode: untrusted('Server.InsufficientInstanceCapacity'),
        principal: aPrincipal({ kind: 'service', label: untrusted('AutoScaling') }),
      }),
    );

    const [best] = rank(group, [deployed, ...lacking]);

    expect(best?.kind).toBe('observation');
    expect(best?.statement).toContain('InsufficientInstanceCapacity');
  });

  it('going back to an older revision once it had begun: a reason against the newer one', () => {
    const service = anAlarm('orders-latency', {
      metric: 'TargetResponseTime',
      dimensions: [dimension('TargetGroup', 'targetgroup/orders/0123456789abcdef')],
    });
    const roll = (revision: number, minute: number) =>
      aChange('UpdateService', 'ecs', ['apps', 'orders'], minutes(minute), {
        details: [detail('task definition', `orders:${revision}`)],
      });
    const newer = roll(12, -8);

    const [best] = rank(service, [newer, roll(11, 15)]);

    expect(best).toMatchObject({ kind: 'change', eventIds: [newer.eventId] });
    expect(best?.for.join()).toContain('undone after the trouble began');
  });

  it('a change of the same system an hour and five minutes before: the nearer one', () => {
    const far = aChange('UpdateFunctionCode20150331v2', 'lambda', ['orders-fn'], minutes(-60));
    const near = { ...deployed, atMs: far.atMs + 55 * MINUTE_MS };

    expect(firstOf(ordersFunction, [far, near])).toBe(near.eventId);
  });

  it('alarms of two systems at once: what both stand on', () => {
    const other = anAlarm('billing-latency', {
      namespace: 'AWS/RDS',
      metric: 'ReadLatency',
      dimensions: [dimension('DBInstanceIdentifier', 'billing-db')],
    });
    const blocked = aChange('CreateNetworkAclEntry', 'ec2', ['acl-0123456789abcdef0'], minutes(-6));
    const alarms = (count: number) => [ordersFunction, other].slice(0, count);
    const probabilityOf = (count: number) =>
      investigate({
        records: [blocked, deployed],
        alarms: alarms(count),
        transitions: [],
        nowMs: minutes(40),
      }).suspects.find(({ lead }) => lead.record === blocked)?.score ?? 0;

    expect(probabilityOf(2)).toBeGreaterThan(probabilityOf(1));
  });

  it('two sign-ins that an alarm counts: the one from an address that was never used', () => {
    const counting = anAlarm('console-sign-in', {
      namespace: 'CloudTrailMetrics',
      metric: 'ConsoleLogin',
      dimensions: [],
    });
    const from = (label: string, address: string, minute: number) =>
      aChange('ConsoleLogin', 'signin', [], minutes(minute), {
        principal: aPrincipal({ label: untrusted(label) }),
        sourceAddress: untrusted(address),
      });
    const usual = ['ana', 'bo'].flatMap((label) =>
      [-900, -800, -700].map((minute) => from(label, '198.51.100.7', minute)),
    );
    const odd = from('bo', '203.0.113.9', -7);

    expect(firstOf(counting, [...usual, from('ana', '198.51.100.7', -5), odd])).toBe(odd.eventId);
  });
});
