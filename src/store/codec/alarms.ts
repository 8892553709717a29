import { z } from 'zod';
import type { AlarmChange, AlarmPlace } from '../../domain/alarm/alarm-change.ts';
import type {
  IncidentAlarm,
  Proposal,
  ProposalVerdict,
} from '../../domain/incident/incident-alarms.ts';
import type { Watch } from '../../domain/incident/watch.ts';
import { outsideText } from './evidence.ts';
import { listOf, schemaOf } from './schema-of.ts';
import { actorSchema } from './vocabulary.ts';

const maybe = z.string().nullable();
const maybeNumber = z.number().nullable();
const alarmState = z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']);

export const alarmChangeSchema = schemaOf<AlarmChange>()(
  z.object({
    accountId: maybe,
    region: z.string(),
    name: outsideText,
    kind: z.enum(['metric', 'composite']),
    from: alarmState.nullable(),
    to: alarmState,
    atMs: z.number(),
    reason: outsideText,
    breachedFromMs: maybeNumber,
    namespace: maybe,
    metric: maybe,
    dimensions: listOf(z.object({ name: z.string(), value: outsideText })),
    threshold: maybeNumber,
    comparison: maybe,
  }),
);

export const alarmPlaceSchema = schemaOf<AlarmPlace>()(
  z.object({ accountId: maybe, region: z.string(), name: outsideText }),
);

export const watchSchema = schemaOf<Watch>()(
  z.object({
    startedAtMs: z.number(),
    agreedMs: z.number(),
    alarms: listOf(
      z.object({
        accountId: maybe,
        region: z.string(),
        name: outsideText,
        state: alarmState,
        sinceMs: z.number(),
        // Came later, as did what could not be read.
        wasOk: z.boolean().default(false),
        reconfiguredAtMs: maybeNumber.default(null),
      }),
    ),
    unread: listOf(alarmPlaceSchema).default([]),
    outcome: z.enum(['watching', 'quiet', 'fired']),
    trouble: maybe,
  }),
);

export const incidentAlarmSchema = schemaOf<IncidentAlarm>()(
  z.object({
    firing: alarmChangeSchema,
    firingCount: z.number(),
    clearedAtMs: maybeNumber,
    // Came later: before, every alarm opened an incident of its own.
    hasJoined: z.boolean().default(false),
  }),
);

export const proposalVerdictSchema = schemaOf<ProposalVerdict>()(
  z.enum(['accepted', 'declined', 'merged', 'lapsed']),
);

export const proposalSchema = schemaOf<Proposal>()(
  z.object({
    verdict: proposalVerdictSchema.nullable(),
    by: actorSchema.nullable(),
    atMs: maybeNumber,
    mergedInto: maybe,
  }),
);
