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
  /**
   * `key` names the place it was stored at. Throws AppError('store-newer') for what only a newer
   * version can read whole, AppError('store-corrupt') for whatever else does not parse.
   */
  decode(text: string, key: string): T;
}

function jsonCodec<T>(schema: z.ZodType<T>, kept: 'all' | 'known'): Codec<T> {
  return {
    encode: (value) => JSON.stringify(value),
    decode: (text, key) => decodeJson(schema, text, key, kept),
  };
}

/** What is written anew from what was read: it is read whole or not at all. */
export const eventCodec = jsonCodec(recordedEventSchema, 'all');
export const stateCodec = jsonCodec(incidentStateSchema, 'all');
export const workCodec = jsonCodec(workSchema, 'all');
export const messageCodec = jsonCodec(messageSchema, 'all');
export const documentCodec = jsonCodec(documentSchema, 'all');
export const inquiryCodec = jsonCodec(inquirySchema, 'all');
/** What is only looked at: fields that a newer version added are passed over. */
export const deadWorkCodec = jsonCodec(deadWorkSchema, 'known');
export const summaryCodec = jsonCodec(summarySchema, 'known');
export const auditCodec = jsonCodec(auditSchema, 'known');
/** For what is cached: reduced records, a list at a time. */
export const trailRecordsCodec = jsonCodec(z.array(recordSchema).readonly(), 'known');
