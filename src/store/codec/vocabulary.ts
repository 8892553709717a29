import { z } from 'zod';
import { type ApprovalNeed, DEFAULT_NEED } from '../../domain/incident/approval.ts';
import { EDITABLE_SECTIONS, type EditableSection } from '../../domain/incident/document-edits.ts';
import type {
  Actor,
  PreventiveMeasure,
  Rating,
  Severity,
  TestVerdict,
} from '../../domain/incident/events.ts';
import { INCIDENT_STEPS, type StepId } from '../../domain/incident/steps.ts';
import { schemaOf } from './schema-of.ts';

export const actorSchema = schemaOf<Actor>()(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('person'), userId: z.string() }),
    z.object({ kind: z.literal('bot') }),
  ]),
);

export const severitySchema = schemaOf<Severity>()(z.enum(['sev1', 'sev2', 'sev3', 'sev4']));
export const ratingSchema = schemaOf<Rating>()(z.enum(['high', 'medium', 'low']));
export const verdictSchema = schemaOf<TestVerdict>()(
  z.enum(['confirmed', 'eliminated', 'inconclusive']),
);
export const stepSchema = schemaOf<StepId>()(z.enum(INCIDENT_STEPS.map((step) => step.id)));

export const sectionSchema = schemaOf<EditableSection>()(z.enum(EDITABLE_SECTIONS));

/** What people say about how they worked. */
export const remarkFields = {
  effectiveness: z.string(),
  efficiency: z.string(),
  cost: z.string(),
  quality: z.string(),
  safety: z.string(),
};

/** Of the event that chooses a playbook, and of the state that keeps which one was chosen. */
export const playbookFields = {
  playbookId: z.string(),
  title: z.string(),
  reason: z.string(),
  isByHand: z.boolean(),
};

export const needSchema = schemaOf<ApprovalNeed>()(
  z.object({ rule: z.enum(['one-other', 'none']), entitledIds: z.array(z.string()).readonly() }),
);

/** Came later: plans from before name no resources and have no window. */
export const planScopeFields = {
  resources: z.array(z.string()).readonly().default([]),
  window: z.object({ fromMs: z.number(), toMs: z.number().nullable() }).nullable().default(null),
  need: needSchema.default(DEFAULT_NEED),
};

export const preventiveMeasureSchema = schemaOf<PreventiveMeasure>()(
  z.object({ text: z.string(), ownerId: z.string().nullable() }),
);
