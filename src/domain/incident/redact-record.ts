import type { RecordedEvent } from './events.ts';

export const REDACTED = '[redacted]';

/** Fewer would take half of the record out with it. */
export const REDACTION_CHARACTERS_MIN = 4;

export interface RedactedRecord {
  readonly events: readonly RecordedEvent[];
  /** In how many texts it was. */
  readonly places: number;
}

/** What things are found by. An access key's id is what AWS wrote, like any other text. */
const IS_REFERENCE = /^(?!accessKey).*(?:Id|Ids|Ts)$/;

/** The same record without this text, wherever people or AWS wrote it. */
export function redactRecord(events: readonly RecordedEvent[], text: string): RedactedRecord {
  let places = 0;
  const clean = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') {
      if (IS_REFERENCE.test(key) || !value.includes(text)) return value;
      places += 1;
      return redactText(value, text);
    }
    if (Array.isArray(value)) return value.map((child: unknown) => clean(child, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, child]) => [name, clean(child, name)]),
    );
  };
  const redacted = events.map((row) => ({
    ...row,
    event: clean(row.event, '') as RecordedEvent['event'],
  }));
  return { events: redacted, places };
}

export function redactText(value: string, text: string): string {
  return value.split(text).join(REDACTED);
}
