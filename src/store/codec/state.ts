import { z } from 'zod';
import { type Moments, NO_MOMENTS } from '../../domain/incident/moments.ts';
import { NO_NUDGING, type Nudging } from '../../domain/incident/nudging.ts';
import type { Hypothesis, IncidentState, Plan } from '../../domain/incident/state.ts';
import { alarmPlaceSchema, incidentAlarmSchema, proposalSchema, watchSchema } from './alarms.ts';
import { evidenceSchema } from './evidence.ts';
import {
  assessmentSchema,
  causeSchema,
  rankingSchema,
  similarFields,
  suggestionSchema,
} from './ranking.ts';
import { listOf, schemaOf } from './schema-of.ts';
import {
  actorSchema,
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
const time = z.number();
const maybeTime = z.number().nullable();
const byAt = { by: actorSchema, atMs: time };

const hypothesisSchema = schemaOf<Hypothesis>()(
  z.object({
    hypothesisId: id,
    number: z.number(),
    statement: text,
    status: z.enum(['proposed', 'testing', 'confirmed', 'eliminated', 'inconclusive']),
    likelihood: ratingSchema,
    impact: ratingSchema,
    // These came later: hypotheses stored before were proposed and rated by people.
    isRatedByPerson: z.boolean().default(true),
    cause: causeSchema.nullable().default(null),
    assessment: assessmentSchema.nullable().default(null),
    suggestion: suggestionSchema.nullable().default(null),
    evidenceIds: listOf(id),
    by: actorSchema,
    proposedAtMs: time,
    tests: listOf(
      z.object({
        test: text,
        by: actorSchema,
        startedAtMs: time,
        verdict: verdictSchema.nullable(),
        finding: maybe,
        concludedBy: actorSchema.nullable(),
        concludedAtMs: maybeTime,
      }),
    ),
  }),
);

const planSchema = schemaOf<Plan>()(
  z.object({
    planId: id,
    hypothesisId: maybe,
    solution: text,
    risk: text,
    mitigation: text,
    rollback: text,
    ...planScopeFields,
    status: z.enum(['planned', 'approved', 'implemented', 'rolled-back', 'replaced']),
    // Came later: plans from before have no window.
    windowBeganAtMs: maybeTime.default(null),
    by: actorSchema,
    plannedAtMs: time,
    approvedBy: actorSchema.nullable(),
    approvedAtMs: maybeTime,
    waivedReason: maybe,
    implementedBy: actorSchema.nullable(),
    implementedAtMs: maybeTime,
    implementedWhat: maybe,
    rolledBackReason: maybe,
    rolledBackAtMs: maybeTime,
  }),
);

const momentsSchema = schemaOf<Moments>()(
  z.object({
    startedAtMs: maybeTime,
    openedAtMs: maybeTime,
    ownedAtMs: maybeTime,
    isolatedAtMs: maybeTime,
    implementedAtMs: maybeTime,
    verifiedAtMs: maybeTime,
  }),
);

const nudgingSchema = schemaOf<Nudging>()(
  z.object({
    activeAtMs: time,
    sentAtMs: maybeTime,
    snoozedUntilMs: maybeTime,
    isStopped: z.boolean(),
  }),
);

const opening = {
  incidentId: id,
  teamId: id,
  channelId: id,
  threadTs: maybe,
  // Came later: incidents stored before have never been moved.
  formerPlaces: listOf(
    z.object({
      channelId: id,
      threadTs: maybe,
      permalink: maybe,
      leftVersion: z.number(),
      leftAtMs: time,
      by: actorSchema,
    }),
  ).default([]),
  sourcePermalink: maybe,
  openedBy: actorSchema,
  openedAtMs: time,
  startedAtMs: maybeTime,
  alarmNames: listOf(text),
  // These came later: no incident stored before was opened by an alarm.
  alarms: listOf(incidentAlarmSchema).default([]),
  separated: listOf(
    z.object({ alarm: alarmPlaceSchema, intoId: id, by: actorSchema, atMs: time }),
  ).default([]),
  proposal: proposalSchema.nullable().default(null),
  resources: listOf(text),
  regions: listOf(text),
  // Came later: what was opened before was real.
  isDrill: z.boolean().default(false),
};

const ending = {
  watch: watchSchema.nullable().default(null),
  // Came later: of incidents stored before, nobody ticked anything.
  checks: listOf(z.object({ text, ...byAt })).default([]),
  verifications: listOf(z.object({ verified: z.boolean(), finding: text, ...byAt })),
  escalations: listOf(z.object({ to: text, reason: text, ...byAt })),
  findings: z
    .object({
      rootCause: text,
      lessons: text,
      preventiveMeasures: listOf(preventiveMeasureSchema),
      ...byAt,
    })
    .nullable(),
  // These came later: of documents from before, nothing was edited.
  edits: listOf(z.object({ section: sectionSchema, text, revision: z.number(), ...byAt })).default(
    [],
  ),
  evaluation: z
    .object({ ...remarkFields, revision: z.number(), ...byAt })
    .nullable()
    .default(null),
  closure: z.object({ reason: maybe, ...byAt }).nullable(),
  reopenings: listOf(z.object({ reason: text, ...byAt })),
  publication: z
    .object({
      ofVersion: z.number(),
      permalink: maybe,
      canvasLink: maybe.default(null),
      atMs: time,
    })
    .nullable(),
  abandonedWork: listOf(z.object({ task: text, reason: text, atMs: time })),
};

export const incidentStateSchema = schemaOf<IncidentState>()(
  z.object({
    ...opening,
    ...ending,
    version: z.int().positive(),
    status: z.enum(['open', 'closed']),
    title: text,
    severity: severitySchema,
    ownerId: maybe,
    lastActivityAtMs: time,
    // Came later: of incidents stored before, nobody was reminded.
    nudging: nudgingSchema.default(NO_NUDGING),
    // Came later: of incidents stored before, nothing is known, and the figures leave them out.
    moments: momentsSchema.default(NO_MOMENTS),
    step: stepSchema,
    visits: listOf(
      z.object({ step: stepSchema, enteredAtMs: time, leftAtMs: maybeTime, reason: maybe }),
    ),
    // Came later: incidents stored before have none.
    playbook: z
      .object({ ...playbookFields, by: actorSchema })
      .nullable()
      .default(null),
    problem: z
      .object({
        symptoms: text,
        affected: text,
        recentChanges: text,
        drafted: listOf(text).default([]),
        ...byAt,
      })
      .nullable(),
    isolation: z.object({ component: text, finding: text, ...byAt }).nullable(),
    notes: listOf(z.object({ noteId: id, text, ...byAt })),
    capturedMessages: listOf(
      z.object({
        channelId: id,
        messageTs: id,
        authorId: maybe,
        text,
        permalink: maybe,
        writtenAtMs: time,
      }),
    ),
    gatherings: listOf(
      z.object({
        gatheringId: id,
        fromMs: time,
        toMs: time,
        requestedAtMs: time,
        finishedAtMs: maybeTime,
        summary: maybe,
      }),
    ),
    evidence: listOf(evidenceSchema),
    hypotheses: listOf(hypothesisSchema),
    ranking: rankingSchema.nullable().default(null),
    similar: listOf(z.object({ ...similarFields, dismissed: z.object(byAt).nullable() })).default(
      [],
    ),
    plans: listOf(planSchema),
  }),
);
