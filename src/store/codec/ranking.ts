import { z } from 'zod';
import {
  type Assessment,
  type Cause,
  OBSERVATION_KINDS,
  type Ranking,
  type Suggestion,
} from '../../domain/incident/ranking.ts';
import { CHANGE_CLASSES } from '../../domain/investigation/change-class.ts';
import type { SimilarIncident } from '../../domain/knowledge/find-similar.ts';
import { outsideText } from './evidence.ts';
import { listOf, schemaOf } from './schema-of.ts';

const text = z.string();
const time = z.number();

export const assessmentSchema = schemaOf<Assessment>()(
  z.object({
    probability: z.number(),
    likelihood: z.enum(['likely', 'possible', 'unlikely']),
    for: listOf(text),
    against: listOf(text),
  }),
);

export const suggestionSchema = schemaOf<Suggestion>()(
  z.object({ test: text, solution: text, risk: text, rollback: text }),
);

export const causeSchema = schemaOf<Cause>()(
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('change'),
      changeClass: z.enum(CHANGE_CLASSES),
      eventIds: listOf(text),
      eventCount: z.number(),
      actor: z.object({
        label: outsideText,
        kind: z.enum(['human', 'automation', 'service', 'unknown']),
      }),
      atMs: time,
      accountId: text.nullable(),
      region: text,
    }),
    z.object({
      kind: z.literal('observation'),
      observation: z.enum(OBSERVATION_KINDS),
      eventIds: listOf(text),
      eventCount: z.number(),
      atMs: time,
    }),
  ]),
);

export const similarFields = {
  incidentId: text,
  title: text,
  openedAtMs: time,
  reasons: listOf(text),
  rootCause: text.nullable(),
  fix: text.nullable(),
  documentLink: text.nullable(),
  isOpen: z.boolean().default(false),
};

export const similarSchema = schemaOf<SimilarIncident>()(z.object(similarFields));

export const rankingSchema = schemaOf<Ranking>()(
  z.object({
    gatheringId: text.nullable(),
    occasion: z.enum(['gathering', 'late-events', 'attached-evidence', 'statement', 'alarms']),
    isPartial: z.boolean(),
    onset: z
      .object({
        earliestMs: time,
        latestMs: time,
        // Came later.
        spreadToMs: time.nullable().default(null),
        alarms: listOf(z.object({ name: outsideText, breachedFromMs: time })),
        flapping: listOf(outsideText),
        stale: listOf(outsideText),
      })
      .nullable(),
    causes: listOf(
      z.object({
        causeId: text,
        statement: text,
        cause: causeSchema,
        assessment: assessmentSchema,
        suggestion: suggestionSchema.nullable(),
      }),
    ),
    nothing: assessmentSchema,
    basis: z.object({
      recordCount: z.number(),
      alarmCount: z.number(),
      fromMs: time,
      toMs: time,
      gaps: listOf(text),
    }),
  }),
);
