import type { Alarm } from '../alarm/alarm.ts';
import { normaliseEventName } from '../trail/event-name.ts';
import type { TrailRecord } from '../trail/record.ts';
import { isOwnNamespace } from './symptom.ts';

/** People name their metrics after what their programs call: the calls that change that. */
const LAYERS: readonly (readonly [named: RegExp, changed: RegExp])[] = [
  [
    /\b(?:db|database|databases|sql|postgres|mysql|aurora|mongo|jdbc)\b/,
    /^(?:rds|redshift|docdb-elastic|secretsmanager)\/|^ssm\/PutParameter$/,
  ],
  [/\b(?:redis|valkey|cache|memcached|session store)\b/, /^(?:elasticache|memorydb|dax)\//],
  [
    /\b(?:queue|sqs|publish|consume|consumer|messages|events in)\b/,
    /^(?:sqs|sns|pipes|kafka|mq|kinesis)\/|^lambda\/\w*EventSourceMapping$/,
  ],
  [
    /\b(?:s3|bucket|upload|uploads|download|downloads|asset|assets|object)\b/,
    /^(?:s3|cloudfront)\/|^ec2\/\w*VpcEndpoints?$/,
  ],
  [
    /\b(?:dns|lookup|resolve|resolver|nxdomain)\b/,
    /^(?:route53|route53resolver|servicediscovery)\/|^ec2\/\w*Dhcp/,
  ],
  [
    /\b(?:auth|authentication|login|logins|sign in|signin|token|jwt|oidc|saml|sso)\b/,
    /^(?:cognito-idp|cognito-identity|iam|sso|secretsmanager|kms)\//,
  ],
  [
    /\b(?:tls|ssl|cert|certificate|handshake)\b/,
    /^acm\/|^iam\/\w*ServerCertificate$|\w*Certificates?$|^elasticloadbalancing\/\w*Listener$/,
  ],
  [/\b(?:decrypt|decryption|encrypt|encryption|kms)\b/, /^kms\//],
  [/\b(?:search|index|indexing|opensearch|elasticsearch)\b/, /^(?:es|aoss)\//],
  [
    /\b(?:upstream|outbound|egress|partner|vendor|provider|third party)\b/,
    /^(?:network-firewall|directconnect|networkmanager)\/|^ec2\/\w*(?:Route|Gateway|Peering|NetworkAcl|SecurityGroupEgress|Vpn|Address)/,
  ],
  [
    /\b(?:nightly|daily|hourly|scheduled|cron|batch)\b/,
    /^(?:events|scheduler|states|batch|glue)\//,
  ],
];

/** What a bill calls a service, and the calls by which it is bought. First fit decides. */
const BILLED: readonly (readonly [product: RegExp, bought: RegExp])[] = [
  [/EC2|VPC|ECS|EKS|AutoScaling/, /^(?:ec2|autoscaling|ecs|eks|batch|elasticmapreduce)\//],
  [/RDS|Aurora|DocDB|Neptune/, /^rds\//],
  [/S3|Glacier/, /^s3\//],
  [/Lambda/, /^lambda\//],
  [/DynamoDB/, /^dynamodb\//],
  [/ElastiCache/, /^elasticache\//],
  [/Redshift/, /^redshift(?:-serverless)?\//],
  [/SageMaker/, /^sagemaker\//],
  [/Bedrock/, /^bedrock\//],
  [/CloudWatch/, /^(?:logs|monitoring)\//],
  [/CloudFront/, /^cloudfront\//],
  [/Kinesis/, /^(?:kinesis|firehose)\//],
  [/MSK/, /^kafka\//],
  [/ElasticMapReduce/, /^elasticmapreduce\//],
  [/AmazonES|OpenSearch/, /^(?:es|aoss)\//],
];

/**
 * The calls that change what one's own metric is named after, or that buy what a bill is for; none
 * where AWS named the metric.
 */
export function layersOf(alarm: Alarm): readonly RegExp[] {
  if (alarm.namespace === 'AWS/Billing') return billedBy(alarm);
  if (!isOwnNamespace(alarm)) return [];
  const words = `${alarm.metric ?? ''} ${alarm.name}`
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ');
  return LAYERS.filter(([named]) => named.test(words)).map(([, changed]) => changed);
}

function billedBy({ dimensions }: Alarm): readonly RegExp[] {
  const product = dimensions.find(({ name }) => name === 'ServiceName')?.value ?? '';
  const found = BILLED.find(([named]) => named.test(product));
  return found === undefined ? [] : [found[1]];
}

export function isOfLayer(
  layers: readonly RegExp[],
  { eventSource, eventName }: TrailRecord,
): boolean {
  if (layers.length === 0) return false;
  const call = `${eventSource.replace(/\.amazonaws\.com$/, '')}/${normaliseEventName(eventName)}`;
  return layers.some((layer) => layer.test(call));
}
