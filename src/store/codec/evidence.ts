import { z } from 'zod';
import type {
  Alarm,
  AlarmContributor,
  AlarmEvaluation,
  AlarmMetric,
  AlarmTransition,
} from '../../domain/alarm/alarm.ts';
import type { Coverage } from '../../domain/coverage.ts';
import type { Evidence, Statement } from '../../domain/incident/evidence.ts';
import type { InsightFinding, TrailRecord } from '../../domain/trail/record.ts';
import { untrusted } from '../../domain/untrusted.ts';
import { listOf, schemaOf } from './schema-of.ts';

export const outsideText = z.string().transform(untrusted);

const coverageSchema = schemaOf<Coverage>()(
  z.object({
    source: z.enum(['event-history', 'logs-insights', 'lake', 'cloudwatch', 'files']),
    query: z.string(),
    fromMs: z.number(),
    toMs: z.number(),
    targets: listOf(
      z.object({
        accountId: z.string().nullable(),
        // Came later: reports stored before have none.
        accountName: z.string().optional(),
        region: z.string(),
        outcome: z.enum([
          'found',
          'nothing',
          'denied',
          'throttled',
          'timed-out',
          'disabled',
          'failed',
        ]),
        count: z.number(),
        truncated: z.boolean(),
        explanation: z.string().nullable(),
      }),
    ),
    recordCount: z.number(),
    skippedCount: z.number(),
    mayStillArriveAfterMs: z.number().nullable(),
    // Came later: nobody noted when a report stored before was looked at again.
    lookedAgainAtMs: z.number().optional(),
    gaps: listOf(z.string()),
  }),
);

const alarmState = z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']);

const evaluationSchema = schemaOf<AlarmEvaluation>()(
  z.object({ breachedFromMs: z.number().nullable(), periodSeconds: z.number().nullable() }),
);

const dimensionsSchema = listOf(z.object({ name: z.string(), value: outsideText }));

const metricSchema = schemaOf<AlarmMetric>()(
  z.object({
    namespace: z.string(),
    name: z.string(),
    dimensions: dimensionsSchema,
    statistic: z.string(),
    periodSeconds: z.number(),
    ownerAccountId: z.string().nullable(),
    isPart: z.boolean(),
  }),
);

const contributorSchema = schemaOf<AlarmContributor>()(
  z.object({
    attributes: dimensionsSchema,
    reason: outsideText,
    transitionedAtMs: z.number().nullable(),
  }),
);

const alarmSchema = schemaOf<Alarm>()(
  z.object({
    name: outsideText,
    kind: z.enum(['metric', 'composite']),
    accountId: z.string().nullable(),
    region: z.string(),
    state: alarmState,
    stateReason: outsideText,
    transitionedAtMs: z.number().nullable(),
    namespace: z.string().nullable(),
    metric: z.string().nullable(),
    dimensions: dimensionsSchema,
    threshold: z.number().nullable(),
    comparison: z.string().nullable(),
    periodSeconds: z.number().nullable(),
    drawable: metricSchema.nullable().default(null),
    evaluation: evaluationSchema.nullable().default(null),
    // Came later: alarms stored before have none.
    children: listOf(outsideText).default([]),
    contributors: listOf(contributorSchema).default([]),
    tags: listOf(z.object({ key: outsideText, value: outsideText })).optional(),
  }),
);

const transitionSchema = schemaOf<AlarmTransition>()(
  z.object({
    alarmName: outsideText,
    region: z.string(),
    atMs: z.number(),
    from: alarmState.nullable(),
    to: alarmState,
    reason: outsideText,
    evaluatedFromMs: z.number().nullable(),
    evaluation: evaluationSchema.nullable().default(null),
  }),
);

const insightSchema = schemaOf<InsightFinding>()(
  z.object({
    state: z.enum(['start', 'end']),
    measure: z.enum(['call-rate', 'error-rate']),
    errorCode: outsideText.nullable(),
    baselinePerMinute: z.number().nullable(),
    insightPerMinute: z.number().nullable(),
    durationMinutes: z.number().nullable(),
    attributions: listOf(
      z.object({
        attribute: z.enum(['identity', 'user-agent', 'error-code']),
        value: outsideText,
        insightPerMinute: z.number().nullable(),
        baselinePerMinute: z.number().nullable(),
      }),
    ),
  }),
);

export const recordSchema = schemaOf<TrailRecord>()(
  z.object({
    eventId: z.string(),
    // Fields with a default came later: records stored before have none.
    category: z.enum(['management', 'data', 'network', 'insight']).default('management'),
    sharedEventId: z.string().nullable().default(null),
    eventName: z.string(),
    eventSource: z.string(),
    atMs: z.number(),
    region: z.string(),
    accountId: z.string().nullable(),
    readOnly: z.boolean(),
    errorCode: outsideText.nullable(),
    errorMessage: outsideText.nullable(),
    principal: z.object({
      label: outsideText,
      kind: z.enum(['human', 'automation', 'service', 'unknown']),
      confidence: z.enum(['certain', 'high', 'medium', 'low']),
      reason: z.string(),
      accountId: z.string().nullable(),
      userName: outsideText.nullable(),
      roleName: outsideText.nullable(),
      sessionName: outsideText.nullable(),
      mfa: z.boolean().nullable(),
    }),
    channel: z.enum([
      'console',
      'cloudshell',
      'cli',
      'sdk',
      'terraform',
      'opentofu',
      'pulumi',
      'cdk',
      'cloudformation',
      'pipeline',
      'service',
      'unknown',
    ]),
    accessKeyId: z.string().nullable(),
    mintedAccessKeyId: z.string().nullable().default(null),
    sessionStartedAtMs: z.number().nullable().default(null),
    insight: insightSchema.nullable().default(null),
    sourceAddress: outsideText.nullable(),
    userAgent: outsideText.nullable(),
    resources: listOf(z.object({ type: z.string().nullable(), name: outsideText })),
    details: listOf(z.object({ label: z.string(), value: outsideText })),
    hiddenFieldCount: z.number(),
  }),
);

const common = {
  evidenceId: z.string(),
  gatheringId: z.string().nullable(),
  coverage: coverageSchema,
};

const fixSchema = z.object({
  planId: z.string(),
  inside: listOf(z.object({ eventId: z.string(), because: z.enum(['resource', 'person']) })),
  samePerson: listOf(z.string()).optional(),
});

const statementObject = z.object({
  ...common,
  kind: z.literal('statement'),
  recordedAs: outsideText,
  personId: z.string(),
  askedBy: z.string(),
  askedAtMs: z.number(),
  question: z.string(),
  records: listOf(recordSchema),
  answer: z
    .object({
      verdict: z.enum(['planned', 'mistake', 'not-me']).nullable(),
      comment: z.string().nullable(),
      atMs: z.number(),
    })
    .nullable(),
});

export const statementSchema = schemaOf<Statement>()(statementObject);

export const evidenceSchema = schemaOf<Evidence>()(
  z.discriminatedUnion('kind', [
    statementObject,
    z.object({
      ...common,
      kind: z.literal('alarms'),
      alarms: listOf(alarmSchema),
      transitions: listOf(transitionSchema),
    }),
    z.object({
      ...common,
      kind: z.literal('changes'),
      records: listOf(recordSchema),
      fix: fixSchema.optional(),
    }),
    z.object({
      ...common,
      kind: z.literal('lookup'),
      question: z.string(),
      records: listOf(recordSchema),
    }),
  ]),
);
