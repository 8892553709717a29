import type { Alarm } from '../alarm/alarm.ts';
import { partitionOf } from '../partition.ts';
import { candidateNames, type Place } from '../trail/query/resource-names.ts';
import { isCommonName } from './name-forms.ts';
import { isNamelessDimension } from './nameless-dimensions.ts';

const LIMITS = {
  /** Each is a call, and most come back empty. */
  namesPerAlarmMax: 6,
} as const;

/** From a dimension's value, the spellings under which Event history may have it, likeliest first. */
type Spelling = (value: string, arnOf: ArnOf, place: Place) => readonly string[];
type ArnOf = (service: string, rest: string) => readonly string[];

const asItIs: Spelling = (value) => [value];
const balancer: Spelling = (value, arnOf) => [
  ...arnOf('elasticloadbalancing', `loadbalancer/${value}`),
  ...pathName(value),
];

/**
 * By dimension. EC2, Lambda, RDS, DynamoDB and others are indexed by id or name; load balancers and
 * topics by ARN, queues by address. https://github.com/prowler-cloud/prowler/pull/10828
 */
const SPELLINGS: Readonly<Record<string, Spelling>> = {
  InstanceId: asItIs,
  FunctionName: asItIs,
  DBInstanceIdentifier: asItIs,
  DBClusterIdentifier: asItIs,
  AutoScalingGroupName: asItIs,
  TableName: asItIs,
  ServiceName: asItIs,
  VolumeId: asItIs,
  NatGatewayId: asItIs,
  BucketName: asItIs,
  StreamName: asItIs,
  LogGroupName: asItIs,
  KeyId: (value, arnOf) => [...arnOf('kms', `key/${value}`), value],
  TargetGroup: (value, arnOf) => [...arnOf('elasticloadbalancing', value), ...pathName(value)],
  LoadBalancer: balancer,
  LoadBalancerName: asItIs,
  TopicName: (value, arnOf) => [...arnOf('sns', value), value],
  QueueName: (value, _arnOf, { accountId, region }) => [
    ...(accountId === null ? [] : [`https://sqs.${region}.amazonaws.com/${accountId}/${value}`]),
    value,
  ],
  // The members are alarmed on, the group is changed.
  CacheClusterId: (value) => [...new Set([value.replace(/(?:-\d{3,4}){1,2}$/, ''), value])],
};

/** What many systems share, looked up after the rest: the service in it comes first. */
const SHARED: ReadonlySet<string> = new Set(['ClusterName', 'LoadBalancer', 'Service']);

/** The names to look up for what an alarm watches, likeliest first. */
export function alarmResourceNames(alarm: Alarm): readonly string[] {
  const place: Place = { accountId: alarm.accountId, region: alarm.region };
  const arnOf: ArnOf = (service, rest) => {
    if (place.accountId === null) return [];
    const { id } = partitionOf(place.region);
    return [`arn:${id}:${service}:${place.region}:${place.accountId}:${rest}`];
  };
  const named = alarm.dimensions
    .filter(
      ({ name, value }) => !isNamelessDimension(name, alarm.namespace) && !isCommonName(value),
    )
    .filter(({ value }) => value !== '')
    .toSorted((a, b) => Number(SHARED.has(a.name)) - Number(SHARED.has(b.name)));
  const names = named.map(({ name, value }) => {
    const spell = Object.hasOwn(SPELLINGS, name) ? SPELLINGS[name] : undefined;
    return spell === undefined
      ? candidateNames(value, { ...place, isRole: false })
      : spell(value, arnOf, place);
  });
  return inTurns(names).slice(0, LIMITS.namesPerAlarmMax);
}

/** The likeliest spelling of each thing before the second of any. */
function inTurns(lists: readonly (readonly string[])[]): readonly string[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  const turns = Array.from({ length: longest }, (_, turn) =>
    lists.flatMap((list) => list.slice(turn, turn + 1)),
  );
  return [...new Set(turns.flat())];
}

/** `app/shop/50dc…` and `targetgroup/shop/943f…` are called `shop`. */
function pathName(path: string): readonly string[] {
  const [, name] = path.split('/');
  return name === undefined || name === '' ? [] : [name];
}
