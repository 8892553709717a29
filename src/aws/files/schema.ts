import type { RawTrailRecord } from '../../domain/trail/reduce-record.ts';
import { parseEnvelope, parseRecord } from '../cloudtrail/schema.ts';

const UNKNOWN_REGION = 'unknown';

/** The records in a piece of JSON: of a list or of a trail's object several, else the one it is. */
export function parseRecords(text: string): readonly (RawTrailRecord | null)[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return [null];
  }
  return (listIn(value) ?? [value]).map(parseOne);
}

/** Only what holds records is told apart here: each of them is checked by itself. */
function listIn(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value;
  const { Records, Events } = Object(value);
  const list: unknown = Records ?? Events;
  return Array.isArray(list) ? list : null;
}

function parseOne(value: unknown): RawTrailRecord | null {
  const isEnvelope = typeof Object(value).CloudTrailEvent === 'string';
  return isEnvelope ? parseEnvelope(value, UNKNOWN_REGION) : parseRecord(value);
}
