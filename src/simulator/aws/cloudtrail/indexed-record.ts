import { z } from 'zod';
import type { EnvelopeResource } from './resources.ts';
import { resourcesOf } from './resources.ts';

const identitySchema = z.looseObject({
  type: z.string().optional(),
  principalId: z.string().optional(),
  arn: z.string().optional(),
  accountId: z.string().optional(),
  accessKeyId: z.string().optional(),
  userName: z.string().optional(),
});

export const recordSchema = z.looseObject({
  eventID: z.string(),
  eventTime: z.iso.datetime(),
  eventName: z.string().optional(),
  eventSource: z.string().optional(),
  awsRegion: z.string(),
  recipientAccountId: z.string().optional(),
  eventCategory: z.string().optional(),
  managementEvent: z.boolean().optional(),
  readOnly: z.boolean().optional(),
  userIdentity: identitySchema.optional(),
  requestParameters: z.unknown().optional(),
  responseElements: z.unknown().optional(),
  resources: z
    .array(z.looseObject({ ARN: z.string().optional(), type: z.string().optional() }))
    .nullish(),
  insightDetails: z
    .looseObject({ eventName: z.string().optional(), eventSource: z.string().optional() })
    .optional(),
});

export type CloudTrailRecord = z.infer<typeof recordSchema>;

/** A record beside what LookupEvents knows about it from outside: the envelope. */
export interface IndexedRecord {
  readonly eventId: string;
  readonly timeMs: number;
  readonly region: string;
  readonly account: string;
  readonly category: 'management' | 'insight' | 'never-listed';
  readonly attributes: Readonly<Record<SingleAttribute, string | undefined>>;
  readonly resources: readonly EnvelopeResource[];
  /** The record itself, as the JSON string that CloudTrailEvent carries. */
  readonly text: string;
}

export type SingleAttribute =
  | 'AccessKeyId'
  | 'EventId'
  | 'EventName'
  | 'EventSource'
  | 'ReadOnly'
  | 'Username';

// Since November 2021 these are listed in us-east-1 only, whatever Region the record names.
const GLOBAL_SOURCES = new Set([
  'iam.amazonaws.com',
  'cloudfront.amazonaws.com',
  'route53.amazonaws.com',
  'organizations.amazonaws.com',
]);

export function indexRecord(text: string, record: CloudTrailRecord): IndexedRecord {
  const source = record.eventSource ?? record.insightDetails?.eventSource;
  return {
    eventId: record.eventID,
    timeMs: Date.parse(record.eventTime),
    region: source && GLOBAL_SOURCES.has(source) ? 'us-east-1' : record.awsRegion,
    account: record.recipientAccountId ?? record.userIdentity?.accountId ?? '',
    category: categoryOf(record),
    attributes: {
      AccessKeyId: record.userIdentity?.accessKeyId,
      EventId: record.eventID,
      EventName: record.eventName ?? record.insightDetails?.eventName,
      EventSource: source,
      ReadOnly: record.readOnly === undefined ? undefined : String(record.readOnly),
      Username: usernameOf(record),
    },
    resources: resourcesOf(record),
    text,
  };
}

function categoryOf(record: CloudTrailRecord): IndexedRecord['category'] {
  if (record.eventCategory === 'Insight') return 'insight';
  const management = (record.eventCategory ?? 'Management') === 'Management';
  return management && record.managementEvent !== false ? 'management' : 'never-listed';
}

/** Of an assumed role, CloudTrail lists the session's name, not the role's. */
function usernameOf({ userIdentity }: CloudTrailRecord): string | undefined {
  if (userIdentity?.userName !== undefined) return userIdentity.userName;
  const afterColon = userIdentity?.principalId?.split(':').slice(1).join(':') || undefined;
  switch (userIdentity?.type) {
    case 'AssumedRole':
      return afterColon ?? userIdentity.arn?.split('/').slice(2).join('/');
    case 'FederatedUser':
      return afterColon;
    case 'Root':
      return 'root';
    default:
      return undefined;
  }
}
