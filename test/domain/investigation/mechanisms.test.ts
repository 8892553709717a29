import { describe, expect, it } from 'vitest';
import type { Alarm } from '../../../src/domain/alarm/alarm.ts';
import { investigate } from '../../../src/domain/investigation/investigate.ts';
import type { TrailRecord } from '../../../src/domain/trail/record.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { aPrincipal } from '../../support/trail-record.ts';
import { aChange, anAlarm, minutes } from './builders.ts';

const dimension = (name: string, value: string) => ({ name, value: untrusted(value) });
const detail = (label: string, value: string) => ({ label, value: untrusted(value) });

const ordersService = anAlarm('orders-tasks-low', {
  namespace: 'AWS/ECS',
  metric: 'Errors',
  dimensions: [dimension('ServiceName', 'orders-service'), dimension('ClusterName', 'prod-main')],
});
const ordersFunction = anAlarm('orders-errors', {
  namespace: 'AWS/Lambda',
  metric: 'Errors',
  dimensions: [dimension('FunctionName', 'orders-fn')],
});
const bill = anAlarm('monthly-charges', {
  namespace: 'AWS/Billing',
  metric: 'EstimatedCharges',
  dimensions: [dimension('Currency', 'USD')],
});
const program = aPrincipal({
  label: untrusted('orders-role'),
  kind: 'automation',
  roleName: untrusted('orders-role'),
  sessionName: untrusted('orders-fn'),
});
const aws = aPrincipal({ label: untrusted('AWSServiceRoleForECS'), kind: 'service' });

function suspects(alarm: Alarm, records: readonly TrailRecord[]) {
  return investigate({ records, alarms: [alarm], transitions: [], nowMs: minutes(40) }).suspects;
}

const firstOf = (alarm: Alarm, records: readonly TrailRecord[]) =>
  suspects(alarm, records)[0]?.lead.record;

const wordsFor = (change: TrailRecord, alarm: Alarm, records: readonly TrailRecord[]) =>
  suspects(alarm, records)
    .filter(({ lead }) => lead.record === change)
    .flatMap(({ points }) => points.map(({ words }) => words));

const deploy = (minute: number) =>
  aChange('UpdateService', 'ecs', ['prod-main', 'orders-service'], minutes(minute), {
    details: [detail('task definition', `orders:${100 + minute}`)],
  });
const parameter = (name: string, minute: number) =>
  aChange('PutParameter', 'ssm', [`/prod/orders/${name}`], minutes(minute));

describe('when AWS says what kind of policy refuses', () => {
  const message =
    'User: arn:aws:sts::111122223333:assumed-role/orders-role/orders-fn is not authorized to perform: ' +
    's3:CreateBucket on resource: arn:aws:s3:::orders with an explicit deny in a service control policy';
  const refusals = [0, 2, 4].map((minute) =>
    aChange('CreateBucket', 's3', ['orders-bucket'], minutes(minute), {
      errorCode: untrusted('AccessDenied'),
      errorMessage: untrusted(message),
      principal: program,
      channel: 'sdk',
    }),
  );
  const above = aChange('AttachPolicy', 'organizations', ['p-1234', 'ou-1'], minutes(-9));
  const own = aChange('DeleteRolePolicy', 'iam', ['orders-role', 'inline'], minutes(-2));
  const code = aChange('UpdateFunctionCode20150331v2', 'lambda', ['orders-fn'], minutes(-3));

  it('puts the change of such a policy before nearer ones, though nothing ties it', () => {
    expect(firstOf(ordersFunction, [above, own, code, ...refusals])).toBe(above);
  });

  it('says of the others that they are not what refuses', () => {
    expect(wordsFor(own, ordersFunction, [above, own, ...refusals])).toContain(
      'AWS says what kind of policy or key refuses, and it is none of those',
    );
  });
});

describe('what was set long before', () => {
  const address = parameter('db_host', -240);
  const scaledOut = aChange('UpdateService', 'ecs', ['prod-main', 'orders-service'], minutes(-5), {
    principal: aws,
    channel: 'service',
  });

  it('is felt when something starts anew', () => {
    expect(wordsFor(address, ordersService, [address, scaledOut])).toContain(
      'what reads it started anew 5 minutes before the trouble began',
    );
  });

  it('stands above what AWS started, and above a text that was set just now', () => {
    const text = parameter('banner_text', -8);

    expect(firstOf(ordersService, [address, text, scaledOut])).toBe(address);
  });
});

describe('what became of a change', () => {
  const before = deploy(-6);
  const rolledBack = (minute: number) =>
    aChange('UpdateService', 'ecs', ['prod-main', 'orders-service'], minutes(minute), {
      details: [detail('task definition', 'orders:90')],
    });

  it('speaks for it less when it was undone long ago and the trouble goes on', () => {
    expect(wordsFor(before, ordersService, [before, rolledBack(8)])).toContain(
      'undone after the trouble began (UpdateService), and the trouble went on',
    );
  });

  it('speaks for it when it was undone a moment ago', () => {
    expect(wordsFor(before, ordersService, [before, rolledBack(35)])).toContain(
      'undone after the trouble began (UpdateService)',
    );
  });
});

describe('a bill', () => {
  const run = (type: string, count: string, minute: number) =>
    aChange('RunInstances', 'ec2', [`i-${type}`], minutes(minute), {
      details: [detail('type', type), detail('count', count)],
    });

  it('shows what was started hours ago, not minutes ago', () => {
    const [now, then] = [run('c7i.4xlarge', '2', -1), run('c7i.4xlarge', '2', -480)];

    expect(firstOf(bill, [now, then])).toBe(then);
  });

  it('is about what is dear', () => {
    const [small, large] = [run('t3.small', '1', -400), run('p4d.24xlarge', '4', -500)];

    expect(firstOf(bill, [small, large])).toBe(large);
  });

  it('is not about machines that were all ended again, and about a fleet of which one was', () => {
    const start = (image: string, ids: readonly string[], minute: number) =>
      aChange('RunInstances', 'ec2', [image, ...ids], minutes(minute), {
        details: [detail('type', 'c7i.4xlarge'), detail('count', String(ids.length))],
      });
    const end = (id: string, minute: number) =>
      aChange('TerminateInstances', 'ec2', [id], minutes(minute));
    const batch = start('ami-0a', ['i-0a1'], -500);
    const fleet = start('ami-0b', ['i-0b1', 'i-0b2'], -500);
    const records = [batch, fleet, end('i-0a1', -440), end('i-0b1', -440)];
    const undone = 'undone before the trouble began (TerminateInstances)';

    expect(wordsFor(batch, bill, records)).toContain(undone);
    expect(wordsFor(fleet, bill, records)).not.toContain(undone);
    expect(firstOf(bill, records)).toBe(fleet);
  });

  it('for one service is about what is bought there, and about no thing of that name', () => {
    const machinesBill = { ...bill, dimensions: [dimension('ServiceName', 'AmazonEC2')] };
    const words = 'the alarm watches what this service costs';
    const database = aChange('CreateDBInstance', 'rds', ['reports-db'], minutes(-500), {
      details: [detail('class', 'db.r7g.4xlarge')],
    });
    const machines = run('m7i.4xlarge', '1', -520);
    const both = [database, machines];

    expect(firstOf(machinesBill, both)).toBe(machines);
    expect(wordsFor(machines, machinesBill, both)).toContain(words);
    expect(wordsFor(database, machinesBill, both)).not.toContain(words);
    expect(wordsFor(machines, bill, both)).not.toContain(words);
  });
});

describe('two changes of the same minutes', () => {
  it('the way out of the network taken away, against a deployment half an hour before', () => {
    const gone = aChange('DeleteNatGateway', 'ec2', ['nat-0123456789abcdef0'], minutes(-2));

    expect(firstOf(ordersService, [deploy(-29), gone])).toBe(gone);
  });

  it('a deployment, against a rule of what is kept that is carried out overnight', () => {
    const rule = aChange('PutLifecyclePolicy', 'ecr', ['acme/orders-service'], minutes(-1));
    const deployed = deploy(-9);

    expect(firstOf(ordersService, [rule, deployed])).toBe(deployed);
  });

  it('a port of the service, against the port that its watchers read', () => {
    const close = (port: string, minute: number) =>
      aChange(
        'RevokeSecurityGroupIngress',
        'ec2',
        ['sg-0123456789abcdef0', 'orders-service'],
        minutes(minute),
        { details: [detail('from port', port), detail('to port', port)] },
      );
    const [watched, served] = [close('9100', -1), close('8080', -4)];

    expect(firstOf(ordersService, [watched, served])).toBe(served);
  });

  it('an entry of DNS that leads somewhere, against a text in DNS', () => {
    const record = (type: string, minute: number) =>
      aChange('ChangeResourceRecordSets', 'route53', ['Z0123456789ABCDEFGHI'], minutes(minute), {
        details: [detail('name', 'orders-service.example.com.'), detail('type', type)],
      });
    const [text, address] = [record('TXT', -1), record('A', -6)];

    expect(firstOf(ordersService, [text, address])).toBe(address);
  });

  it('a queue in use, against one that was made to try something', () => {
    const drop = anAlarm('orders-quiet', {
      namespace: 'AWS/SQS',
      metric: 'NumberOfMessagesSent',
      comparison: 'LessThanThreshold',
      dimensions: [dimension('QueueName', 'orders')],
    });
    const purge = (queue: string, minute: number) =>
      aChange('DeleteQueue', 'sqs', [queue], minutes(minute));
    const [tried, used] = [purge('tmp-orders', -1), purge('orders', -3)];

    expect(firstOf(drop, [tried, used])).toBe(used);
  });

  it('what a person did, against what AWS took out by itself and put back', () => {
    const group = 'targetgroup/orders/0123456789abcdef';
    const byAws = (call: string, minute: number) =>
      aChange(call, 'elasticloadbalancing', [group], minutes(minute), {
        principal: aws,
        channel: 'service',
      });
    const person = aChange('ModifyTargetGroup', 'elasticloadbalancing', [group], minutes(-5));
    const records = [byAws('DeregisterTargets', -1), byAws('RegisterTargets', 3), person];

    expect(firstOf(anAlarm('orders-5xx'), records)).toBe(person);
  });
});

describe('a metric that is named after what programs call', () => {
  const dbErrors = anAlarm('orders-db-errors', {
    namespace: 'Acme/App',
    metric: 'DbConnectionErrors',
    dimensions: [dimension('Service', 'orders')],
  });

  it('points at the database rather than at another thing of the same system', () => {
    const database = aChange('ModifyDBInstance', 'rds', ['orders-db'], minutes(-6));
    const service = aChange(
      'ModifyTargetGroup',
      'elasticloadbalancing',
      ['orders-tg'],
      minutes(-5),
    );

    expect(firstOf(dbErrors, [database, service])).toBe(database);
    expect(wordsFor(database, dbErrors, [database])).toContain(
      'the metric is named after what it changed',
    );
  });

  it('does not where AWS named the metric', () => {
    const service = anAlarm('orders-db-5xx');
    const database = aChange('ModifyDBInstance', 'rds', ['orders-db'], minutes(-6));

    expect(wordsFor(database, service, [database])).not.toContain(
      'the metric is named after what it changed',
    );
  });
});
