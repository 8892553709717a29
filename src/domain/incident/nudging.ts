import { addDays, instantOf, wallTimeAt } from '../time/zone.ts';
import type { RecordedEvent, Severity } from './events.ts';
import type { IncidentState } from './state.ts';

/** What the record knows about people being away, and about reminding them. */
export interface Nudging {
  /** The last time that a person did something on the record. */
  readonly activeAtMs: number;
  /** The nudge that nobody has reacted to; null: there is none. */
  readonly sentAtMs: number | null;
  readonly snoozedUntilMs: number | null;
  /** Until the incident is reopened. */
  readonly isStopped: boolean;
}

export const NO_NUDGING: Nudging = {
  activeAtMs: 0,
  sentAtMs: null,
  snoozedUntilMs: null,
  isStopped: false,
};

export type NudgeReason = 'no-owner' | 'quiet';

/** After so many milliseconds; on the next business morning; null: never. */
export type NudgeDelay = number | 'morning' | null;

export interface NudgeSettings {
  /** Of urgent ones that nobody owns. */
  readonly noOwner: NudgeDelay;
  /** Of those in which nobody does anything. */
  readonly quiet: Readonly<Record<Severity, NudgeDelay>>;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export const DEFAULT_NUDGES: NudgeSettings = {
  noOwner: 5 * MINUTE_MS,
  quiet: { sev1: 30 * MINUTE_MS, sev2: 60 * MINUTE_MS, sev3: 'morning', sev4: 'morning' },
};

/** Who sleeps is not woken for less than this; nobody waits for an owner of the others either. */
const URGENT: readonly Severity[] = ['sev1', 'sev2'];
const WORKDAY = { fromHour: 9, toHour: 17 } as const;
/** Who worked until the evening is not reminded first thing in the morning. */
const MORNING_AFTER_MS = 8 * HOUR_MS;
const DAYS_AHEAD_MAX = 7;

export interface NudgeMoment {
  readonly nowMs: number;
  /** Of whoever is reminded. */
  readonly timeZone: string;
  /** When somebody last wrote in the thread; null: not within the quiet time, or not known. */
  readonly talkedAtMs: number | null;
}

export interface NextNudge {
  readonly atMs: number;
  readonly why: NudgeReason;
}

/**
 * When to remind people, and of what; null: not as things stand. At most one until somebody reacts,
 * by doing something or by asking for another one later.
 */
export function nextNudge(
  state: Pick<IncidentState, 'status' | 'severity' | 'ownerId' | 'openedAtMs' | 'nudging'>,
  moment: NudgeMoment,
  settings: NudgeSettings,
): NextNudge | null {
  const { nudging, ownerId, severity } = state;
  if (state.status !== 'open' || nudging.isStopped) return null;
  const activeAtMs = Math.max(nudging.activeAtMs, state.openedAtMs, moment.talkedAtMs ?? 0);
  if (nudging.sentAtMs !== null && nudging.sentAtMs >= activeAtMs) return null;
  const isUnowned = ownerId === null && URGENT.includes(severity);
  const due = [
    { why: 'no-owner', delay: isUnowned ? settings.noOwner : null } as const,
    { why: 'quiet', delay: settings.quiet[severity] } as const,
  ].flatMap(({ why, delay }) => {
    const atMs = dueAt(delay, activeAtMs, nudging.snoozedUntilMs, moment);
    return atMs === null ? [] : [{ why, atMs }];
  });
  return due.toSorted((a, b) => a.atMs - b.atMs)[0] ?? null;
}

function dueAt(
  delay: NudgeDelay,
  activeAtMs: number,
  snoozedUntilMs: number | null,
  { nowMs, timeZone }: NudgeMoment,
): number | null {
  if (delay === null) return null;
  if (delay !== 'morning') return Math.max(activeAtMs + delay, snoozedUntilMs ?? 0);
  const fromMs = Math.max(activeAtMs + MORNING_AFTER_MS, snoozedUntilMs ?? 0);
  const morningMs = businessMorning(fromMs, timeZone);
  // The bot was away then: any time of a working day will do, the night will not.
  if (morningMs >= nowMs || isWorkTime(nowMs, timeZone)) return morningMs;
  return businessMorning(nowMs, timeZone);
}

/** The first 9:00 of a Monday to Friday at or after this. */
function businessMorning(fromMs: number, timeZone: string): number {
  const today = addDays(wallTimeAt(fromMs, timeZone), 0);
  for (let days = 0; days <= DAYS_AHEAD_MAX; days += 1) {
    const day = addDays(today, days);
    const atMs = instantOf({ ...day, hour: WORKDAY.fromHour }, timeZone);
    if (atMs >= fromMs && isWeekday(day)) return atMs;
  }
  return fromMs;
}

function isWorkTime(atMs: number, timeZone: string): boolean {
  const wall = wallTimeAt(atMs, timeZone);
  return isWeekday(wall) && wall.hour >= WORKDAY.fromHour && wall.hour < WORKDAY.toHour;
}

function isWeekday(day: Parameters<typeof addDays>[0]): boolean {
  const weekday = new Date(Date.UTC(day.year, day.month - 1, day.day)).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

/** 9:00 of the day after, for who puts it off until tomorrow. */
export function tomorrowMorning(nowMs: number, timeZone: string): number {
  const tomorrow = addDays(wallTimeAt(nowMs, timeZone), 1);
  return instantOf({ ...tomorrow, hour: WORKDAY.fromHour }, timeZone);
}

export function nudgingAfter(before: Nudging, { event, actor, atMs }: RecordedEvent): Nudging {
  const activeAtMs = Math.max(atMs, before.activeAtMs);
  switch (event.type) {
    case 'nudge-sent':
      return { ...before, sentAtMs: atMs, snoozedUntilMs: null };
    case 'nudges-snoozed':
      return { ...before, sentAtMs: null, snoozedUntilMs: event.untilMs };
    case 'nudges-stopped':
      return { ...before, isStopped: true };
    case 'incident-reopened':
      return { ...NO_NUDGING, activeAtMs };
    default:
      return actor.kind === 'person' ? { ...before, activeAtMs } : before;
  }
}
