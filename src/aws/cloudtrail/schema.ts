import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { NamedResource } from '../../domain/trail/find-resources.ts';
import type { JsonValue } from '../../domain/trail/json-value.ts';
import type { EventCategory } from '../../domain/trail/record.ts';
import type { RawTrailRecord } from '../../domain/trail/reduce-record.ts';
import { type InsightEvent, parseInsight } from './insight-schema.ts';

/** A record is 256 KB at most by AWS's own limit; what is longer is something else. */
const RECORD_CHARACTERS_MAX = 262_144;
const UNKNOWN_REGION = 'unknown';
const EVENT_TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})?$/;

// Lenient in what a record may lack, strict in what our own text is made of: names, ids, Regions.
const text = z.string().nullish().catch(null);
const flag = z.union([z.boolean(), z.stringbool()]).nullish().catch(null);
const type = z
  .string()
  .regex(/^[\w:.-]{1,100}$/)
  .nullish()
  .catch(null);
// It comes out of JSON.parse, so it is JSON: nothing to check, and checking deep values is slow.
const json = z.custom<JsonValue>().optional();

const recordSchema = z.object({
  eventID: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .nullish(),
  eventName: z.string().regex(/^[\w.:-]{1,128}$/),
  eventSource: z.string().regex(/^[\w.-]{1,128}$/),
  // Lake and other exports write a blank for the `T`, and leave out that it is UTC.
  eventTime: z.string().regex(EVENT_TIME).nullish().catch(null),
  awsRegion: z
    .string()
    .regex(/^[a-z0-9-]{2,30}$/)
    .nullish()
    .catch(null),
  // What CloudTrail sums up itself (`Aggregated`), and what is still to come, is no record of ours.
  eventCategory: z.enum(['Management', 'Data', 'NetworkActivity', 'Insight']).nullish(),
  eventType: text,
  sharedEventID: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .nullish()
    .catch(null),
  recipientAccountId: text,
  readOnly: flag,
  errorCode: text,
  errorMessage: text,
  sourceIPAddress: text,
  userAgent: text,
  sessionCredentialFromConsole: flag,
  userIdentity: json,
  requestParameters: json,
  responseElements: json,
  additionalEventData: json,
  serviceEventDetails: json,
  resources: z
    .array(z.object({ ARN: text, type }).catch({ ARN: null, type: null }))
    .nullish()
    .catch(null),
});

const envelopeSchema = z.object({
  EventTime: z.date().nullish().catch(null),
  ReadOnly: flag,
  Resources: z
    .array(
      z
        .object({ ResourceType: type, ResourceName: text })
        .catch({ ResourceType: null, ResourceName: null }),
    )
    .nullish()
    .catch(null),
  CloudTrailEvent: z.string().max(RECORD_CHARACTERS_MAX),
});

/** One page of LookupEvents; the events are looked at one by one, so that a bad one spoils no other. */
export const pageSchema = z.object({
  Events: z.array(z.unknown()).nullish(),
  NextToken: z.string().nullish(),
});

/** An event of LookupEvents as a record; null when it cannot be read or is of no known kind. */
export function parseEnvelope(event: unknown, askedRegion: string): RawTrailRecord | null {
  const envelope = envelopeSchema.safeParse(event);
  if (!envelope.success) return null;
  return parseAny(parseJson(envelope.data.CloudTrailEvent), envelope.data, askedRegion);
}

/** A record as a trail's files hold it; null when it cannot be read or is of no known kind. */
export function parseRecord(value: unknown): RawTrailRecord | null {
  return parseAny(value, {}, UNKNOWN_REGION);
}

const CATEGORIES = {
  Management: 'management',
  Data: 'data',
  NetworkActivity: 'network',
  Insight: 'insight',
} as const satisfies Readonly<Record<string, EventCategory>>;

type Recorded = z.infer<typeof recordSchema>;
type Envelope = Partial<z.infer<typeof envelopeSchema>>;

/** An Insights event has the name and source of the call that it is about one level deeper. */
function parseAny(value: unknown, envelope: Envelope, askedRegion: string): RawTrailRecord | null {
  const plain = recordSchema.safeParse(value);
  if (plain.success && plain.data.eventCategory !== 'Insight') {
    return toRaw(plain.data, null, { value, envelope, askedRegion });
  }
  const found = parseInsight(value);
  if (found === null) return null;
  const { eventName, eventSource } = found;
  const record = recordSchema.safeParse({ ...Object(value), eventName, eventSource });
  return record.success ? toRaw(record.data, found, { value, envelope, askedRegion }) : null;
}

function toRaw(
  record: Recorded,
  found: InsightEvent | null,
  { value, envelope, askedRegion }: { value: unknown; envelope: Envelope; askedRegion: string },
): RawTrailRecord | null {
  const atMs = record.eventTime ? timeOf(record.eventTime) : envelope.EventTime?.getTime();
  if (atMs === undefined || Number.isNaN(atMs)) return null;
  return {
    eventId: record.eventID ?? unnumberedId(value),
    category: found === null ? CATEGORIES[record.eventCategory ?? 'Management'] : 'insight',
    insight: found?.insight ?? null,
    sharedEventId: record.sharedEventID ?? null,
    eventName: record.eventName,
    eventSource: record.eventSource,
    atMs,
    region: record.awsRegion ?? askedRegion,
    eventType: record.eventType ?? null,
    recipientAccountId: record.recipientAccountId ?? null,
    readOnly: record.readOnly ?? envelope.ReadOnly ?? null,
    errorCode: record.errorCode ?? null,
    errorMessage: record.errorMessage ?? null,
    sourceAddress: record.sourceIPAddress ?? null,
    userAgent: record.userAgent ?? null,
    fromConsole: record.sessionCredentialFromConsole === true,
    userIdentity: record.userIdentity,
    requestParameters: record.requestParameters,
    responseElements: record.responseElements,
    additionalEventData: record.additionalEventData,
    serviceEventDetails: record.serviceEventDetails,
    resources: [
      ...named(record.resources?.map(({ ARN, type }) => ({ name: ARN, type }))),
      ...named(
        envelope.Resources?.map(({ ResourceName, ResourceType }) => ({
          name: ResourceName,
          type: ResourceType,
        })),
      ),
    ],
  };
}

/** Records of the first version have no id: theirs is made of what they say, always the same. */
function unnumberedId(value: unknown): string {
  const hash = createHash('sha256').update(JSON.stringify(value)).digest('hex');
  return `no-id-${hash.slice(0, 24)}`;
}

function timeOf(eventTime: string): number {
  const iso = eventTime.replace(' ', 'T');
  return Date.parse(/(?:Z|[+-]\d{2}:\d{2})$/.test(iso) ? iso : `${iso}Z`);
}

function named(
  resources:
    | readonly {
        readonly name?: string | null | undefined;
        readonly type?: string | null | undefined;
      }[]
    | undefined,
): readonly NamedResource[] {
  return (resources ?? []).flatMap(({ name, type }) =>
    name ? [{ name, type: type ?? null }] : [],
  );
}

function parseJson(textOfRecord: string): JsonValue | undefined {
  try {
    return JSON.parse(textOfRecord);
  } catch {
    return undefined;
  }
}
