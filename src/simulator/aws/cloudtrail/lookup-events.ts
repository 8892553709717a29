import { z } from 'zod';
import { AwsFailure } from '../aws-failure.ts';
import type { Caller } from '../callers.ts';
import type { PageTokens } from '../page-token.ts';
import type { DeliveryLagMs } from './delivery-lag.ts';
import { lagOf } from './delivery-lag.ts';
import type { IndexedRecord } from './indexed-record.ts';

const PAGE_MAX = 50;
const HISTORY_DAYS = 90;
const DAY_MS = 86_400_000;

const ATTRIBUTE_KEYS = [
  'AccessKeyId',
  'EventId',
  'EventName',
  'EventSource',
  'ReadOnly',
  'ResourceName',
  'ResourceType',
  'Username',
] as const;
type AttributeKey = (typeof ATTRIBUTE_KEYS)[number];
const INSIGHT_KEYS: readonly AttributeKey[] = ['EventId', 'EventName', 'EventSource'];

const requestSchema = z.looseObject({
  LookupAttributes: z
    .array(z.looseObject({ AttributeKey: z.string(), AttributeValue: z.string() }))
    .optional(),
  StartTime: z.number().optional(),
  EndTime: z.number().optional(),
  EventCategory: z.string().optional(),
  MaxResults: z.number().optional(),
  NextToken: z.string().optional(),
});
type Request = z.infer<typeof requestSchema>;

export interface EventHistory {
  /** Newest first. */
  readonly records: () => readonly IndexedRecord[];
  readonly nowMs: () => number;
  readonly deliveryLagMs: DeliveryLagMs;
  readonly tokens: PageTokens;
  /** True when this page is to come empty, with a token to go on. */
  readonly emptyPage: () => boolean;
}

/** LookupEvents as the service answers it; throws AwsFailure where the service refuses. */
export function lookupEvents(history: EventHistory, caller: Caller, parameters: unknown): object {
  const request = parseRequest(parameters);
  const attribute = checkAttribute(request);
  checkTimes(request);
  const limit = checkLimit(request);
  const bound = { ...request, account: caller.account, region: caller.region };
  const after = placeOf(history.tokens, request.NextToken, bound);
  const rest = history.records().filter((record) => {
    return (
      isVisible(history, caller, request, record) &&
      matches(record, attribute) &&
      (after === null || comesAfter(record, after))
    );
  });
  if (rest.length > 0 && history.emptyPage()) {
    return { Events: [], NextToken: history.tokens.issue(bound, after ?? '') };
  }
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return {
    Events: page.map(envelope),
    ...(last &&
      rest.length > page.length && { NextToken: history.tokens.issue(bound, place(last)) }),
  };
}

function parseRequest(parameters: unknown): Request {
  const parsed = requestSchema.safeParse(parameters);
  if (parsed.success) return parsed.data;
  throw new AwsFailure('SerializationException', 'The request could not be read.');
}

function checkAttribute(request: Request): { key: AttributeKey; value: string } | null {
  const category = request.EventCategory;
  if (category !== undefined && category !== 'insight') {
    throw new AwsFailure('InvalidEventCategoryException', `Event category ${category} is invalid.`);
  }
  const [first, ...more] = request.LookupAttributes ?? [];
  if (first === undefined) return null;
  const key = ATTRIBUTE_KEYS.find((known) => known === first.AttributeKey);
  const allowed = key && (category === undefined || INSIGHT_KEYS.includes(key));
  if (more.length > 0 || !allowed || first.AttributeValue === '') {
    throw new AwsFailure(
      'InvalidLookupAttributesException',
      more.length > 0
        ? 'You can only specify one lookup attribute.'
        : `The lookup attribute ${first.AttributeKey} is invalid.`,
    );
  }
  return { key, value: first.AttributeValue };
}

function checkTimes({ StartTime, EndTime }: Request): void {
  if (StartTime !== undefined && EndTime !== undefined && StartTime > EndTime) {
    throw new AwsFailure('InvalidTimeRangeException', 'Start time must be before end time.');
  }
}

function checkLimit({ MaxResults = PAGE_MAX }: Request): number {
  if (Number.isInteger(MaxResults) && MaxResults >= 1 && MaxResults <= PAGE_MAX) return MaxResults;
  throw new AwsFailure('InvalidMaxResultsException', `MaxResults must be from 1 to ${PAGE_MAX}.`);
}

function placeOf(tokens: PageTokens, token: string | undefined, bound: object): string | null {
  if (token === undefined) return null;
  const found = tokens.redeem(token, { ...bound });
  if (found === null) throw new AwsFailure('InvalidNextTokenException', 'Invalid next token.');
  return found === '' ? null : found;
}

function isVisible(history: EventHistory, caller: Caller, request: Request, record: IndexedRecord) {
  const now = history.nowMs();
  const { timeMs } = record;
  return (
    record.account === caller.account &&
    record.region === caller.region &&
    record.category === (request.EventCategory ?? 'management') &&
    timeMs + lagOf(history.deliveryLagMs, record.eventId) <= now &&
    timeMs >= now - HISTORY_DAYS * DAY_MS &&
    (request.StartTime === undefined || timeMs >= request.StartTime * 1_000) &&
    (request.EndTime === undefined || timeMs <= request.EndTime * 1_000)
  );
}

function matches(record: IndexedRecord, attribute: { key: AttributeKey; value: string } | null) {
  if (attribute === null) return true;
  const { key, value } = attribute;
  if (key === 'ResourceName') return record.resources.some((item) => item.ResourceName === value);
  if (key === 'ResourceType') return record.resources.some((item) => item.ResourceType === value);
  return record.attributes[key] === value;
}

// The place is a record, not a number: records delivered between two pages must not shift the list.
function place(record: IndexedRecord): string {
  return `${record.timeMs} ${record.eventId}`;
}

function comesAfter(record: IndexedRecord, after: string): boolean {
  const [timeMs = '', eventId = ''] = after.split(' ');
  return record.timeMs === Number(timeMs)
    ? record.eventId < eventId
    : record.timeMs < Number(timeMs);
}

function envelope({ attributes, resources, timeMs, text }: IndexedRecord): object {
  const { EventId, EventName, EventSource, ReadOnly, Username, AccessKeyId } = attributes;
  return {
    EventId,
    EventName,
    ReadOnly,
    AccessKeyId,
    EventTime: timeMs / 1_000,
    EventSource,
    Username,
    Resources: resources,
    CloudTrailEvent: text,
  };
}
