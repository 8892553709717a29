import { z } from 'zod';

const DAY_MS = 24 * 60 * 60_000;
/** Under a month somebody has more likely mistaken the unit. */
const LIMITS = { daysMin: 30, daysMax: 36_500 } as const;
const AUDIT_DAYS = 400;

const WORDS = `must be a number of days like 730d (${LIMITS.daysMin} to ${LIMITS.daysMax})`;

/** `730d`, or the number alone. Null for what is no number of days that makes sense here. */
function daysOf(said: unknown): number | null {
  const count = Number(typeof said === 'string' ? /^(\d{1,6})d$/.exec(said)?.[1] : said);
  const fits = Number.isInteger(count) && count >= LIMITS.daysMin && count <= LIMITS.daysMax;
  return fits ? count : null;
}

const days = z.unknown().transform((said, context) => {
  const count = daysOf(said);
  if (count !== null) return count;
  context.addIssue(WORDS);
  return z.NEVER;
});

const daysOrForever = z.unknown().transform((said, context) => {
  const count = said === 'forever' ? said : daysOf(said);
  if (count !== null) return count;
  context.addIssue(`${WORDS} or "forever"`);
  return z.NEVER;
});

/** `retention: {incidents: 730d, audit: 400d}`; what is left out stays as it is by default. */
export const retentionSection = z.strictObject({
  incidents: daysOrForever.optional(),
  audit: days.optional(),
});

export interface Retention {
  /** How long closed incidents are kept after the last thing that happened in them; null: for ever. */
  readonly incidentsMs: number | null;
  readonly auditMs: number;
}

/** Before the file is read, and where it is not: nothing goes that somebody may want kept. */
export const LONGEST_AUDIT_MS = LIMITS.daysMax * DAY_MS;

export function settleRetention(section: z.infer<typeof retentionSection> = {}): Retention {
  const { incidents = 'forever', audit = AUDIT_DAYS } = section;
  return {
    incidentsMs: incidents === 'forever' ? null : incidents * DAY_MS,
    auditMs: audit * DAY_MS,
  };
}
