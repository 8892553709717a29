import { parseEnvelope } from '../src/aws/cloudtrail/schema.ts';
import { newestFirst } from '../src/domain/trail/newest-first.ts';
import type { TrailRecord } from '../src/domain/trail/record.ts';
import { reduceRecord } from '../src/domain/trail/reduce-record.ts';
import type { ActivityEnd, ActivityPage, ActivityRequest, ActivitySource } from '../src/ports.ts';
import {
  type IndexedRecord,
  indexRecord,
  recordSchema,
} from '../src/simulator/aws/cloudtrail/indexed-record.ts';
import { lookupEvents } from '../src/simulator/aws/cloudtrail/lookup-events.ts';
import { newestFirst as indexedNewestFirst } from '../src/simulator/aws/incident-folder.ts';
import { createPageTokens } from '../src/simulator/aws/page-token.ts';

/** One call as LookupEvents answered it. */
export interface LookupCall {
  readonly region: string;
  readonly attribute: string;
  readonly eventIds: readonly string[];
}

/** Lines of a folder that are no records are left out, as CloudTrail would not have them. */
export function indexLines(lines: readonly string[]): readonly IndexedRecord[] {
  const records = lines.flatMap((line) => {
    try {
      const parsed = recordSchema.safeParse(JSON.parse(line));
      return parsed.success ? [indexRecord(line, parsed.data)] : [];
    } catch {
      return [];
    }
  });
  return [...new Map(records.map((record) => [record.eventId, record])).values()].sort(
    indexedNewestFirst,
  );
}

/** Event history with LookupEvents' own rules in this process; `calls` keeps every answer. */
export function createLookupSimulator(
  records: readonly IndexedRecord[],
  { account, nowMs }: { readonly account: string; readonly nowMs: number },
) {
  const calls: LookupCall[] = [];
  const history = {
    records: () => records,
    nowMs: () => nowMs,
    deliveryLagMs: 0,
    tokens: createPageTokens(),
    emptyPage: () => false,
  };
  const ask = (request: ActivityRequest, token: string | null) => {
    const { target, fromMs, toMs, attribute } = request;
    const caller = {
      account: target.accountId ?? account,
      region: target.region,
      arn: '',
      userId: '',
      assumedRole: false,
    };
    const answer = lookupEvents(history, caller, {
      StartTime: fromMs / 1_000,
      EndTime: toMs / 1_000,
      ...(attribute && {
        LookupAttributes: [{ AttributeKey: attribute.key, AttributeValue: attribute.value }],
      }),
      ...(token !== null && { NextToken: token }),
    }) as { readonly Events: readonly Envelope[]; readonly NextToken?: string };
    calls.push({
      region: target.region,
      attribute: `${attribute?.key ?? 'all'}=${attribute?.value ?? ''}`,
      eventIds: answer.Events.map(({ EventId }) => EventId),
    });
    return answer;
  };
  async function* readPages(request: ActivityRequest): AsyncGenerator<ActivityPage, ActivityEnd> {
    let recordCount = 0;
    let token: string | null = null;
    for (;;) {
      // As over a wire: targets take turns.
      await new Promise((resolve) => setImmediate(resolve));
      const answer = ask(request, token);
      const page = recordsOf(answer.Events, request.target.region);
      recordCount += page.length;
      token = answer.NextToken ?? null;
      if (page.length > 0) yield { records: page, skippedCount: 0, isLast: token === null };
      if (token === null) break;
    }
    const outcome = recordCount > 0 ? 'found' : 'nothing';
    const counts = { accountId: account, recordCount, skippedCount: 0 };
    return { outcome, ...counts, truncated: false, explanation: null };
  }
  const activity: ActivitySource = {
    lookbackMaxMs: 90 * 86_400_000,
    deliveryLagMs: 0,
    readPages,
  };
  return { activity, calls, ask };
}

interface Envelope {
  readonly EventId: string;
  readonly EventTime: number;
}

function recordsOf(events: readonly Envelope[], region: string): readonly TrailRecord[] {
  return events
    .map((event) =>
      parseEnvelope({ ...event, EventTime: new Date(event.EventTime * 1_000) }, region),
    )
    .filter((record) => record !== null)
    .map(reduceRecord)
    .sort(newestFirst);
}
