/** What kind of resource an id or ARN names, as far as its shape tells. */
const ID_CLASSES = {
  i: 'instance',
  sg: 'security-group',
  sgr: 'other',
  vpc: 'vpc',
  eni: 'network-interface',
  vol: 'volume',
  snap: 'snapshot',
  ami: 'image',
  rtb: 'route-table',
  rtbassoc: 'other',
  acl: 'network-acl',
  aclassoc: 'other',
  subnet: 'subnet',
  nat: 'nat-gateway',
  igw: 'internet-gateway',
  vpce: 'vpc-endpoint',
  lt: 'launch-template',
  eipalloc: 'address',
  eipassoc: 'other',
  tgw: 'other',
  pcx: 'other',
  pl: 'other',
  dopt: 'other',
  vgw: 'other',
  cgw: 'other',
  eigw: 'other',
  sir: 'other',
  fs: 'other',
  fsmt: 'other',
} as const;

const ARN_CLASSES = {
  'ec2:instance': 'instance',
  'ec2:security-group': 'security-group',
  'ec2:volume': 'volume',
  'ec2:snapshot': 'snapshot',
  'ec2:natgateway': 'nat-gateway',
  'ec2:route-table': 'route-table',
  'rds:db': 'db-instance',
  'rds:cluster': 'db-cluster',
  'lambda:function': 'function',
  'ecs:service': 'ecs-service',
  'dynamodb:table': 'table',
  'kms:key': 'key',
  'iam:role': 'role',
  'sts:assumed-role': 'role',
  'secretsmanager:secret': 'secret',
  'events:rule': 'rule',
  'cloudtrail:trail': 'trail',
} as const;

export type ResourceClass =
  | (typeof ID_CLASSES)[keyof typeof ID_CLASSES]
  | (typeof ARN_CLASSES)[keyof typeof ARN_CLASSES];

const EC2_ID = /^([a-z]{1,8})-[0-9a-f]{3,17}$/;
const ARN = /^arn:[^:]*:([^:]*):[^:]*:[^:]*:([^:/]+)/i;

/** Null when the shape does not tell: a plain name may be anything's. */
export function resourceClassOf(name: string): ResourceClass | null {
  const lowered = name.toLowerCase();
  const prefix = EC2_ID.exec(lowered)?.[1];
  if (prefix !== undefined && Object.hasOwn(ID_CLASSES, prefix)) {
    return ID_CLASSES[prefix as keyof typeof ID_CLASSES];
  }
  const [, service, type] = ARN.exec(lowered) ?? [];
  const key = `${service}:${type}`;
  return Object.hasOwn(ARN_CLASSES, key) ? ARN_CLASSES[key as keyof typeof ARN_CLASSES] : null;
}
