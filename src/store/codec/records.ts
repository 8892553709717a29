import { z } from 'zod';
import { type Durations, NO_DURATIONS } from '../../domain/incident/durations.ts';
import { CHANGE_CLASSES } from '../../domain/investigation/change-class.ts';
import { EMPTY_PROFILE, type IncidentProfile } from '../../domain/knowledge/profile.ts';
import { WEBHOOK_EVENTS } from '../../domain/webhook/events.ts';
import type {
  AuditEntry,
  DeadWork,
  IncidentSummary,
  PostedMessage,
  StoredDocument,
  Work,
} from '../../ports.ts';
import { listOf, schemaOf } from './schema-of.ts';
import { severitySchema, stepSchema } from './vocabulary.ts';

const text = z.string();
const maybe = z.string().nullable();

const profileSchema = schemaOf<IncidentProfile>()(
  z.object({
    alarms: listOf(text),
    resources: listOf(text),
    changeClasses: listOf(text),
    words: listOf(text),
    rootCause: maybe,
    fix: maybe,
    documentLink: maybe,
    closedAtMs: z.number().nullable(),
  }),
);

const durationsSchema = schemaOf<Durations>()(
  z.object({
    detect: z.number().nullable(),
    acknowledge: z.number().nullable(),
    isolate: z.number().nullable(),
    mitigate: z.number().nullable(),
    resolve: z.number().nullable(),
  }),
);

export const workSchema = schemaOf<Work>()(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('render'), incidentId: text, replyUrl: maybe }),
    z.object({
      kind: z.literal('gather'),
      incidentId: text,
      gatheringId: text,
      look: z.number().default(0),
    }),
    z.object({ kind: z.literal('graph'), incidentId: text, gatheringId: text }),
    z.object({
      kind: z.literal('rank'),
      incidentId: text,
      gatheringId: maybe,
      occasion: z.enum(['gathering', 'attached-evidence', 'statement']),
    }),
    z.object({ kind: z.literal('graph-after'), incidentId: text, verifiedAtMs: z.number() }),
    z.object({ kind: z.literal('begin-window'), incidentId: text, planId: text }),
    z.object({
      kind: z.literal('read-fix'),
      incidentId: text,
      planId: text,
      look: z.number(),
    }),
    z.object({ kind: z.literal('leave-channel'), incidentId: text }),
    z.object({ kind: z.literal('publish'), incidentId: text }),
    z.object({
      kind: z.literal('withdraw-documents'),
      incidentId: text,
      untilVersion: z.number(),
      userId: maybe,
    }),
    z.object({ kind: z.literal('home'), userId: text }),
    z.object({ kind: z.literal('send-trend'), userId: text }),
    z.object({ kind: z.literal('delete-old') }),
    z.object({ kind: z.literal('recall'), incidentId: text }),
    z.object({ kind: z.literal('look-for-test'), incidentId: text, hypothesisId: text }),
    z.object({ kind: z.literal('nudge'), incidentId: text }),
    z.object({ kind: z.literal('brief'), incidentId: text, ownerId: text }),
    z.object({ kind: z.literal('watch'), incidentId: text }),
    z.object({
      kind: z.literal('deliver-webhook'),
      incidentId: text,
      event: z.enum(WEBHOOK_EVENTS),
      webhookKey: text,
      ofVersion: z.number(),
    }),
    z.object({
      kind: z.literal('answer-trail'),
      question: text,
      deliver: z.enum(['to-asker', 'to-channel', 'as-evidence']),
      userId: text,
      channelId: text,
      threadTs: maybe,
      replyUrl: maybe,
      incidentId: maybe,
      askedAtMs: z.number(),
      // Work scheduled by an older version has none of these.
      answerId: text.default(''),
      page: z.number().default(0),
      look: z.number().default(0),
      about: z.enum(['question', 'who-assumed']).default('question'),
    }),
    z.object({
      kind: z.literal('prepare-inquiry'),
      eventId: text,
      viewId: text,
      userId: text,
      channelId: text,
      incidentId: maybe,
      askedAtMs: z.number(),
    }),
    z.object({
      kind: z.literal('pursue-inquiry'),
      inquiryId: text,
      incidentId: maybe,
      isOverdue: z.boolean(),
    }),
  ]),
);

export const deadWorkSchema = schemaOf<DeadWork>()(
  z.object({ workId: text, work: workSchema, reason: text, diedAtMs: z.number() }),
);

export const summarySchema = schemaOf<IncidentSummary>()(
  z.object({
    incidentId: text,
    channelId: text,
    formerChannelIds: listOf(text).default([]),
    status: z.enum(['open', 'closed']),
    title: text,
    severity: severitySchema,
    ownerId: maybe,
    step: stepSchema,
    openedAtMs: z.number(),
    lastActivityAtMs: z.number(),
    alarmKeys: listOf(text).default([]),
    // Incidents last touched by an older version are found by nothing until they are again.
    profile: profileSchema.default(EMPTY_PROFILE),
    openedById: maybe.default(null),
    playbookTitle: maybe.default(null),
    causeClass: z.enum(CHANGE_CLASSES).nullable().default(null),
    durations: durationsSchema.default(NO_DURATIONS),
    isCounted: z.boolean().default(true),
    isDrill: z.boolean().default(false),
  }),
);

export const messageSchema = schemaOf<PostedMessage>()(
  z.object({
    incidentId: text,
    slot: text,
    channelId: text,
    ts: maybe,
    threadTs: maybe,
    sentAtMs: z.number(),
    digest: text,
  }),
);

export const documentSchema = schemaOf<StoredDocument>()(
  z.object({
    incidentId: text,
    ofVersion: z.number(),
    markdown: text,
    json: text,
    savedAtMs: z.number(),
  }),
);

export const auditSchema = schemaOf<AuditEntry>()(
  z.object({
    atMs: z.number(),
    userId: text,
    channelId: text,
    action: z.enum(['trail-lookup', 'gathering', 'refusal', 'deletion', 'redaction']),
    question: text,
    recordCount: z.number(),
    outcome: text,
  }),
);
