import { normaliseEventName } from '../event-name.ts';
import type { EventCategory } from '../record.ts';
import { fullSource } from './matches-query.ts';
import { type TrailQuery, valuesOf } from './query.ts';

/**
 * Calls that CloudTrail records as data events. From the services' lists in AWS's guide:
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html
 */
const DATA_EVENTS = {
  's3.amazonaws.com':
    'GetObject PutObject DeleteObject DeleteObjects HeadObject CopyObject ListObjects RestoreObject ' +
    'GetObjectAcl PutObjectAcl GetObjectTagging PutObjectTagging DeleteObjectTagging ' +
    'GetObjectAttributes GetObjectTorrent GetObjectRetention PutObjectRetention GetObjectLegalHold ' +
    'PutObjectLegalHold SelectObjectContent CreateMultipartUpload UploadPart UploadPartCopy ' +
    'CompleteMultipartUpload AbortMultipartUpload ListMultipartUploads ListParts',
  'lambda.amazonaws.com': 'Invoke InvokeFunction InvokeExecution InvokeFunctionUrl',
  'dynamodb.amazonaws.com':
    'GetItem PutItem UpdateItem DeleteItem BatchGetItem BatchWriteItem TransactGetItems ' +
    'TransactWriteItems Query Scan ExecuteStatement BatchExecuteStatement ExecuteTransaction GetRecords',
  'sns.amazonaws.com': 'Publish PublishBatch',
  'sqs.amazonaws.com':
    'SendMessage SendMessageBatch ReceiveMessage DeleteMessage DeleteMessageBatch ' +
    'ChangeMessageVisibility ChangeMessageVisibilityBatch',
  'kinesis.amazonaws.com': 'PutRecord PutRecords GetRecords SubscribeToShard',
} as const satisfies Readonly<Record<string, string>>;

const SOURCE_OF = new Map(
  Object.entries(DATA_EVENTS).flatMap(([source, names]) =>
    names.split(' ').map((name): [string, string] => [name.toLowerCase(), source]),
  ),
);

/** A key in a bucket; a bucket's own ARN has no slash. */
const OBJECT_ARN = /^arn:aws[\w-]*:s3:::[^/]+\/.+/i;
const NETWORK_ERROR = /^VpceAccessDenied$/i;

export interface OtherEvents {
  readonly category: Exclude<EventCategory, 'management'>;
  /** What the question names, for the reason. */
  readonly named: string;
  /** False: management events may answer as well. */
  readonly only: boolean;
}

/** What a question asks for that Event history does not hold; null: nothing it says points there. */
export function otherEventsAsked(query: TrailQuery): OtherEvents | null {
  const events = valuesOf(query, 'event');
  const dataEvents = events.filter((name) => isDataEvent(query, name));
  if (dataEvents[0] !== undefined) {
    const only = dataEvents.length === events.length;
    return { category: 'data', named: dataEvents[0], only };
  }
  const resources = valuesOf(query, 'resource');
  const object = resources.find((name) => OBJECT_ARN.test(name));
  if (object !== undefined) {
    const only = resources.every((name) => OBJECT_ARN.test(name));
    return { category: 'data', named: 'a call on an S3 object', only };
  }
  if (query.verbs.includes('invoked') && events.length === 0) {
    return { category: 'data', named: 'an invocation', only: false };
  }
  const refusal = valuesOf(query, 'error').find((value) => NETWORK_ERROR.test(value));
  return refusal === undefined ? null : { category: 'network', named: refusal, only: true };
}

/** `Query` and `Publish` mean something else in other services. */
function isDataEvent(query: TrailQuery, eventName: string): boolean {
  const source = SOURCE_OF.get(normaliseEventName(eventName).toLowerCase());
  if (source === undefined) return false;
  const asked = valuesOf(query, 'source').map((value) => fullSource(value).toLowerCase());
  return asked.length === 0 || asked.includes(source);
}
