import { z } from 'zod';
import {
  EVENT_SCHEMA_VERSION,
  type IncidentEvent,
  type RecordedEvent,
} from '../../domain/incident/events.ts';
import {
  alarmChangeSchema,
  alarmPlaceSchema,
  proposalVerdictSchema,
  watchSchema,
} from './alarms.ts';
import { evidenceSchema } from './evidence.ts';
import { rankingSchema, similarSchema } from './ranking.ts';
import { listOf, schemaOf } from './schema-of.ts';
import {
  actorSchema,
  needSchema,
  planScopeFields,
  playbookFields,
  preventiveMeasureSchema,
  ratingSchema,
  remarkFields,
  sectionSchema,
  severitySchema,
  stepSchema,
  verdictSchema,
} from './vocabulary.ts';

const text = z.string();
const id = z.string();
const maybe = z.string().nullable();

const opening = z.object({
  type: z.literal('incident-opened'),
  incidentId: id,
  title: text,
  teamId: id,
  channelId: id,
  threadTs: maybe,
  sourcePermalink: maybe,
  startedAtMs: z.number().nullable(),
  severity: severitySchema,
  alarmNames: listOf(text),
  resources: listOf(text),
  regions: listOf(text),
  // Came later: what was opened before was real.
  isDrill: z.boolean().default(false),
});

const captured = z.object({
  type: z.literal('message-captured'),
  channelId: id,
  messageTs: id,
  authorId: maybe,
  text,
  permalink: maybe,
  writtenAtMs: z.number(),
});

const planned = z.object({
  type: z.literal('solution-planned'),
  planId: id,
  hypothesisId: maybe,
  solution: text,
  risk: text,
  mitigation: text,
  rollback: text,
  ...planScopeFields,
});

const proposed = z.object({
  type: z.literal('hypothesis-proposed'),
  hypothesisId: id,
  statement: text,
  likelihood: ratingSchema,
  impact: ratingSchema,
  evidenceIds: listOf(id),
});

const eventSchema = schemaOf<IncidentEvent>()(
  z.discriminatedUnion('type', [
    opening,
    captured,
    planned,
    proposed,
    z.object({ type: z.literal('incident-proposed') }),
    z.object({
      type: z.literal('alarm-changed'),
      change: alarmChangeSchema,
      mergedFrom: maybe,
    }),
    z.object({ type: z.literal('alarm-separated'), alarm: alarmPlaceSchema, intoId: id }),
    z.object({
      type: z.literal('proposal-decided'),
      verdict: proposalVerdictSchema,
      mergedInto: maybe,
    }),
    z.object({
      type: z.literal('problem-stated'),
      symptoms: text,
      affected: text,
      startedAtMs: z.number().nullable(),
      recentChanges: text,
      // Came later: before, people wrote all of it.
      drafted: listOf(text).default([]),
    }),
    z.object({ type: z.literal('component-isolated'), component: text, finding: text }),
    z.object({ type: z.literal('playbook-chosen'), ...playbookFields }),
    z.object({ type: z.literal('title-changed'), title: text }),
    z.object({
      type: z.literal('severity-changed'),
      severity: severitySchema,
      // Came later: no plan's need changed with it.
      need: needSchema.nullable().default(null),
    }),
    z.object({ type: z.literal('owner-changed'), ownerId: maybe }),
    z.object({ type: z.literal('step-entered'), step: stepSchema, reason: maybe }),
    z.object({ type: z.literal('note-added'), noteId: id, text }),
    z.object({ type: z.literal('captured-message-edited'), messageTs: id, text }),
    z.object({ type: z.literal('captured-message-released'), messageTs: id }),
    z.object({
      type: z.literal('gathering-requested'),
      gatheringId: id,
      fromMs: z.number(),
      toMs: z.number(),
    }),
    z.object({ type: z.literal('gathering-finished'), gatheringId: id, summary: text }),
    z.object({ type: z.literal('evidence-recorded'), evidence: evidenceSchema }),
    z.object({
      type: z.literal('causes-ranked'),
      ranking: rankingSchema,
      moves: listOf(z.object({ hypothesisId: id, from: z.number().nullable(), to: z.number() })),
    }),
    z.object({ type: z.literal('similar-found'), similar: listOf(similarSchema) }),
    z.object({ type: z.literal('similar-dismissed'), similarId: id }),
    z.object({
      type: z.literal('hypothesis-rated'),
      hypothesisId: id,
      likelihood: ratingSchema,
      impact: ratingSchema,
    }),
    z.object({ type: z.literal('test-started'), hypothesisId: id, test: text }),
    z.object({
      type: z.literal('test-concluded'),
      hypothesisId: id,
      verdict: verdictSchema,
      finding: text,
    }),
    z.object({ type: z.literal('hypothesis-revived'), hypothesisId: id, reason: text }),
    z.object({ type: z.literal('plan-approved'), planId: id }),
    z.object({ type: z.literal('window-began'), planId: id }),
    z.object({ type: z.literal('approval-waived'), planId: id, reason: text }),
    z.object({ type: z.literal('solution-implemented'), planId: id, what: text }),
    z.object({ type: z.literal('solution-rolled-back'), planId: id, reason: text }),
    z.object({ type: z.literal('watch-checked'), watch: watchSchema }),
    z.object({ type: z.literal('check-ticked'), text, isDone: z.boolean() }),
    z.object({ type: z.literal('solution-verified'), finding: text }),
    z.object({ type: z.literal('verification-failed'), finding: text }),
    z.object({ type: z.literal('incident-escalated'), to: text, reason: text }),
    z.object({
      type: z.literal('findings-documented'),
      rootCause: text,
      lessons: text,
      preventiveMeasures: listOf(preventiveMeasureSchema),
    }),
    z.object({ type: z.literal('document-edited'), section: sectionSchema, text }),
    z.object({ type: z.literal('process-evaluated'), ...remarkFields }),
    z.object({ type: z.literal('incident-closed'), reason: maybe }),
    z.object({ type: z.literal('incident-reopened'), reason: text }),
    z.object({
      type: z.literal('incident-moved'),
      channelId: id,
      channelName: maybe,
      fromChannelId: id,
      fromThreadTs: maybe,
      fromPermalink: maybe,
    }),
    z.object({ type: z.literal('nudge-sent'), why: z.enum(['no-owner', 'quiet']) }),
    z.object({ type: z.literal('nudges-snoozed'), untilMs: z.number() }),
    z.object({ type: z.literal('nudges-stopped') }),
    z.object({
      type: z.literal('document-published'),
      ofVersion: z.number(),
      permalink: maybe,
      canvasLink: maybe.default(null),
    }),
    z.object({ type: z.literal('record-redacted'), reason: text, places: z.number() }),
    z.object({ type: z.literal('work-abandoned'), task: text, reason: text }),
  ]),
);

/**
 * Events are kept for ever. Whoever raises EVENT_SCHEMA_VERSION turns this into a union over the
 * versions, each older one ending in a transform to the newest form.
 */
export const recordedEventSchema = schemaOf<RecordedEvent>()(
  z.object({
    schemaVersion: z.literal(EVENT_SCHEMA_VERSION),
    version: z.int().positive(),
    atMs: z.number(),
    actor: actorSchema,
    event: eventSchema,
  }),
);
