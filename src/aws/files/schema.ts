import { z } from 'zod';
import type { RawTrailRecord } from '../../domain/trail/reduce-record.ts';
import { parseEnvelope, parseRecord } from '../cloudtrail/schema.ts';

const UNKNOWN_REGION = 'unknown';

const listSchema = z.union([
  z.array(z.unknown()),
  z.object({ Records: z.array(z.unknown()) }).transform(({ Records }) => Records),
  z.object({ Events: z.array(z.unknown()) }).transform(({ Events }) => Events),
]);

/** The records in a piece of JSON: of a list or of a trail's object several, else the one it is. */
export function parseRecords(text: string): readonly (RawTrailRecord | null)[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return [null];
  }
  const list = listSchema.safeParse(value);
  return (list.success ? list.data : [value]).map(parseOne);
}

const envelopeSchema = z.object({ CloudTrailEvent: z.string() });

function parseOne(value: unknown): RawTrailRecord | null {
  const isEnvelope = envelopeSchema.safeParse(value).success;
  return isEnvelope ? parseEnvelope(value, UNKNOWN_REGION) : parseRecord(value);
}
