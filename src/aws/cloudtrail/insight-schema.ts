import { z } from 'zod';
import type { RawInsight } from '../../domain/trail/insight.ts';

const rate = z.number().nonnegative().nullish().catch(null);
const averageSchema = z
  .object({ average: rate })
  .nullish()
  .catch(null)
  .transform((value) => value?.average ?? null);
const shares = z
  .array(z.object({ value: z.string(), average: rate }).nullable().catch(null))
  .nullish()
  .catch(null)
  .transform((rows) =>
    (rows ?? []).flatMap((row) =>
      row === null ? [] : [{ value: row.value, perMinute: row.average ?? null }],
    ),
  );

const ATTRIBUTES = {
  userIdentityArn: 'identity',
  userAgent: 'user-agent',
  errorCode: 'error-code',
} as const;
const MEASURES = { ApiCallRateInsight: 'call-rate', ApiErrorRateInsight: 'error-rate' } as const;
const STATES = { Start: 'start', End: 'end' } as const;

const attributionSchema = z.object({
  attribute: z.enum(['userIdentityArn', 'userAgent', 'errorCode']),
  insight: shares,
  baseline: shares,
});

const contextSchema = z.object({
  statistics: z
    .object({ baseline: averageSchema, insight: averageSchema, insightDuration: rate })
    .nullish()
    .catch(null),
  attributions: z.array(attributionSchema.nullable().catch(null)).nullish().catch(null),
});

/** `insightDetails` of an Insights event, which has no call of its own to tell about. */
const detailsSchema = z.object({
  state: z.enum(['Start', 'End']),
  eventName: z.string(),
  eventSource: z.string(),
  insightType: z.enum(['ApiCallRateInsight', 'ApiErrorRateInsight']),
  errorCode: z.string().nullish().catch(null),
  insightContext: contextSchema.nullish().catch(null),
});

const insightEventSchema = z
  .object({ insightDetails: detailsSchema })
  .and(
    z.union([
      z.object({ eventCategory: z.literal('Insight') }),
      z.object({ eventType: z.literal('AwsCloudTrailInsight') }),
    ]),
  );

export interface InsightEvent {
  readonly insight: RawInsight;
  /** The call whose rate is unusual. */
  readonly eventName: string;
  readonly eventSource: string;
}

/** Null for every other kind of event, and for an Insights event that cannot be read. */
export function parseInsight(record: unknown): InsightEvent | null {
  const event = insightEventSchema.safeParse(record);
  if (!event.success) return null;
  const { insightDetails: details } = event.data;
  const { statistics, attributions } = details.insightContext ?? {};
  return {
    eventName: details.eventName,
    eventSource: details.eventSource,
    insight: {
      state: STATES[details.state],
      measure: MEASURES[details.insightType],
      errorCode: details.errorCode ?? null,
      baselinePerMinute: statistics?.baseline ?? null,
      insightPerMinute: statistics?.insight ?? null,
      durationMinutes: statistics?.insightDuration ?? null,
      attributions: (attributions ?? []).flatMap((row) =>
        row === null ? [] : [{ ...row, attribute: ATTRIBUTES[row.attribute] }],
      ),
    },
  };
}
