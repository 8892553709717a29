/** The one way from our types to stored text and back. Both adapters use it, so both store alike. */

import { z } from 'zod';
import { decodeJson, STORED_FORMAT } from './codec/decode.ts';
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
  /**
   * `key` names the place it was stored at. Throws AppError('store-newer') for what only a newer
   * version can read, AppError('store-corrupt') for whatever else does not parse.
   */
  decode(text: string, key: string): T;
}

function jsonCodec<T>(schema: z.ZodType<T>): Codec<T> {
  return {
    encode: (value) => JSON.stringify(value),
    decode: (text, key) => decodeJson(schema, text, key),
  };
}

/** For what is read, changed and written again. */
function formattedCodec<T extends object>(schema: z.ZodType<T>): Codec<T> {
  return {
    ...jsonCodec(schema),
    encode: (value) => JSON.stringify({ ...value, format: STORED_FORMAT }),
  };
}

export const eventCodec = jsonCodec(recordedEventSchema);
export const stateCodec = formattedCodec(incidentStateSchema);
export const workCodec = formattedCodec(workSchema);
export const inquiryCodec = formattedCodec(inquirySchema);
export const messageCodec = jsonCodec(messageSchema);
export const documentCodec = jsonCodec(documentSchema);
export const deadWorkCodec = jsonCodec(deadWorkSchema);
export const summaryCodec = jsonCodec(summarySchema);
export const auditCodec = jsonCodec(auditSchema);
/** For what is cached: reduced records, a list at a time. */
export const trailRecordsCodec = jsonCodec(z.array(recordSchema).readonly());
