import { z } from 'zod';
import type { Inquiry } from '../../domain/incident/inquiry.ts';
import { statementSchema } from './evidence.ts';
import { listOf, schemaOf } from './schema-of.ts';

const id = z.string();

export const inquirySchema = schemaOf<Inquiry>()(
  z.object({
    inquiryId: id,
    version: z.int().positive(),
    eventId: id,
    personId: id,
    question: z.string(),
    askers: listOf(
      z.object({
        userId: id,
        incidentId: id.nullable(),
        channelId: id,
        askedAtMs: z.number(),
        toldAnswerAtMs: z.number().nullable(),
      }),
    ),
    statement: statementSchema.nullable(),
    posted: z.object({ channelId: id, ts: z.string() }).nullable(),
  }),
);
