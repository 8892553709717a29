/** The one way from our types to stored text and back. Both adapters use it, so both store alike. */

import { z } from 'zod';
import { decodeJson } from './codec/decode.ts';
import { recordedEventSchema } from './codec/events.ts';
import { recordSchema } from './codec/evidence.ts';
import { inquirySchema } from './codec/inquiry.ts';
import {
  auditSchema,
  deadWorkSchema,
  documentSchema,
  messageSchema,
  summarySchema,
  workSchema,
} from './codec/records.ts';
import { incidentStateSchema } from './codec/state.ts';

export interface Codec<T> {
  encode(value: T): string;
  /** `key` names the place it was stored at. Throws AppError('store-corrupt') for what does not parse. */
  decode(text: string, key: string): T;
}

function jsonCodec<T>(schema: z.ZodType<T>): Codec<T> {
  return {
    encode: (value) => JSON.stringify(value),
    decode: (text, key) => decodeJson(schema, text, key),
  };
}

export const eventCodec = jsonCodec(recordedEventSchema);
export const stateCodec = jsonCodec(incidentStateSchema);
export const workCodec = jsonCodec(workSchema);
export const deadWorkCodec = jsonCodec(deadWorkSchema);
export const summaryCodec = jsonCodec(summarySchema);
export const messageCodec = jsonCodec(messageSchema);
export const documentCodec = jsonCodec(documentSchema);
export const auditCodec = jsonCodec(auditSchema);
export const inquiryCodec = jsonCodec(inquirySchema);
/** For what is cached: reduced records, a list at a time. */
export const trailRecordsCodec = jsonCodec(z.array(recordSchema).readonly());
