import type { CloudTrailRecord } from './indexed-record.ts';

export interface EnvelopeResource {
  readonly ResourceType: string;
  readonly ResourceName: string;
}

type Form = 'as-written' | 'last-segment';

// Which field names what. CloudTrail lists the ARN for some services and the bare name for others;
// the forms follow what prowler found. https://github.com/prowler-cloud/prowler/pull/10828
const NAMED_FIELDS = {
  functionName: ['AWS::Lambda::Function', 'last-segment'],
  dBInstanceIdentifier: ['AWS::RDS::DBInstance', 'last-segment'],
  dBClusterIdentifier: ['AWS::RDS::DBCluster', 'last-segment'],
  dBParameterGroupName: ['AWS::RDS::DBParameterGroup', 'last-segment'],
  bucketName: ['AWS::S3::Bucket', 'last-segment'],
  roleName: ['AWS::IAM::Role', 'last-segment'],
  userName: ['AWS::IAM::User', 'last-segment'],
  instanceProfileName: ['AWS::IAM::InstanceProfile', 'last-segment'],
  policyArn: ['AWS::IAM::Policy', 'as-written'],
  accessKeyId: ['AWS::IAM::AccessKey', 'as-written'],
  autoScalingGroupName: ['AWS::AutoScaling::AutoScalingGroup', 'last-segment'],
  launchTemplateName: ['AWS::EC2::LaunchTemplate', 'last-segment'],
  keyId: ['AWS::KMS::Key', 'as-written'],
  topicArn: ['AWS::SNS::Topic', 'as-written'],
  queueUrl: ['AWS::SQS::Queue', 'as-written'],
  secretId: ['AWS::SecretsManager::Secret', 'as-written'],
  tableName: ['AWS::DynamoDB::Table', 'last-segment'],
  loadBalancerArn: ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'as-written'],
  targetGroupArn: ['AWS::ElasticLoadBalancingV2::TargetGroup', 'as-written'],
  cluster: ['AWS::ECS::Cluster', 'last-segment'],
  service: ['AWS::ECS::Service', 'last-segment'],
  logGroupName: ['AWS::Logs::LogGroup', 'as-written'],
  alarmName: ['AWS::CloudWatch::Alarm', 'as-written'],
  hostedZoneId: ['AWS::Route53::HostedZone', 'last-segment'],
} as const satisfies Record<string, readonly [string, Form]>;

const IDENTIFIED_TYPES = {
  i: 'AWS::EC2::Instance',
  sg: 'AWS::EC2::SecurityGroup',
  vpc: 'AWS::EC2::VPC',
  subnet: 'AWS::EC2::Subnet',
  eni: 'AWS::EC2::NetworkInterface',
  vol: 'AWS::EC2::Volume',
  snap: 'AWS::EC2::Snapshot',
  ami: 'AWS::EC2::Ami',
  lt: 'AWS::EC2::LaunchTemplate',
  rtb: 'AWS::EC2::RouteTable',
  nat: 'AWS::EC2::NatGateway',
  igw: 'AWS::EC2::InternetGateway',
  eipalloc: 'AWS::EC2::EIP',
  acl: 'AWS::EC2::NetworkAcl',
} as const satisfies Record<string, string>;

const IDENTIFIER = new RegExp(`^(${Object.keys(IDENTIFIED_TYPES).join('|')})-[0-9a-f]{8,17}$`);
const ARN_TYPES = new Set(['AWS::KMS::Key', 'AWS::SNS::Topic']);
const RESOURCES_MAX = 100;
const DEPTH_MAX = 12;

/** What the envelope lists, which is more than the record's own `resources[]`. */
export function resourcesOf(record: CloudTrailRecord): readonly EnvelopeResource[] {
  const found = new Map<string, EnvelopeResource>();
  const add = (ResourceType: string, ResourceName: string) => {
    if (ResourceName === '' || found.size >= RESOURCES_MAX) return;
    found.set(`${ResourceType} ${ResourceName}`, { ResourceType, ResourceName });
  };
  const sts = record.eventSource === 'sts.amazonaws.com';
  for (const { type, ARN } of record.resources ?? []) {
    if (type && ARN) add(type, sts || ARN_TYPES.has(type) ? ARN : lastSegment(ARN));
  }
  if (sts) {
    addSession(record, add);
  } else {
    walk(record.requestParameters, '', 0, add);
    walk(record.responseElements, '', 0, add);
  }
  return [...found.values()];
}

type Add = (type: string, name: string) => void;

/** AssumeRole and its kin list the key they issued, the session in three forms and the role. */
function addSession(record: CloudTrailRecord, add: Add): void {
  add('AWS::IAM::AccessKey', textAt(record.responseElements, 'credentials', 'accessKeyId'));
  const sessionId = textAt(record.responseElements, 'assumedRoleUser', 'assumedRoleId');
  add('AWS::STS::AssumedRole', sessionId);
  add('AWS::STS::AssumedRole', sessionId.split(':').slice(1).join(':'));
  add('AWS::STS::AssumedRole', textAt(record.responseElements, 'assumedRoleUser', 'arn'));
  add('AWS::IAM::Role', textAt(record.requestParameters, 'roleArn'));
}

function walk(value: unknown, key: string, depth: number, add: Add): void {
  if (depth > DEPTH_MAX) return;
  if (typeof value === 'string') {
    addNamed(key, value, add);
  } else if (Array.isArray(value)) {
    for (const item of value) walk(item, key, depth + 1, add);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value)) walk(item, name, depth + 1, add);
  }
}

function addNamed(key: string, value: string, add: Add): void {
  const prefix = IDENTIFIER.exec(value)?.[1];
  if (isKeyOf(IDENTIFIED_TYPES, prefix)) {
    add(IDENTIFIED_TYPES[prefix], value);
  } else if (isKeyOf(NAMED_FIELDS, key)) {
    const [type, form] = NAMED_FIELDS[key];
    add(type, form === 'as-written' ? value : lastSegment(value));
  }
}

function isKeyOf<T extends object>(table: T, key: string | undefined): key is keyof T & string {
  return key !== undefined && Object.hasOwn(table, key);
}

function lastSegment(name: string): string {
  if (!name.startsWith('arn:')) return name;
  return name.split(/[/:]/).at(-1) ?? name;
}

function textAt(value: unknown, ...path: readonly string[]): string {
  let here = value;
  for (const name of path) {
    if (typeof here !== 'object' || here === null) return '';
    here = Reflect.get(here, name);
  }
  return typeof here === 'string' ? here : '';
}
