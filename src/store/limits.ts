/** Bounds on what the store keeps. Units last. */
export const STORE_LIMITS = {
  /** Slack retries for up to an hour; a person may come back to an old view the next day. */
  dedupeTtlMs: 25 * 60 * 60 * 1_000,
  deadWorkMax: 1_000,
  auditEntriesMax: 100_000,
  auditKeepMs: 400 * 24 * 60 * 60 * 1_000,
  eventsPerReadMax: 200,
  /** Longer than Event history keeps the call that it is about. */
  inquiryKeptMs: 100 * 24 * 60 * 60 * 1_000,
} as const;

export interface AuditRetention {
  readonly entriesMax: number;
  readonly keepMs: number;
}

export const DEFAULT_AUDIT_RETENTION: AuditRetention = {
  entriesMax: STORE_LIMITS.auditEntriesMax,
  keepMs: STORE_LIMITS.auditKeepMs,
};

export interface CacheLimits {
  readonly entriesMax: number;
  readonly bytesMax: number;
  /** A larger body is not kept. */
  readonly bodyBytesMax: number;
}

/** The cache shares its room with incidents, so it must stay small beside them. */
export const DEFAULT_CACHE_LIMITS: CacheLimits = {
  entriesMax: 10_000,
  bytesMax: 64 * 1024 * 1024,
  bodyBytesMax: 256 * 1024,
};

/** An input is either appended or only scheduled; the two are remembered apart. */
export type DedupeScope = 'append' | 'schedule';

/**
 * Ids of work that nobody waits for begin so. After an outage thousands of reminders are due for
 * hours, and must not go before what people did just now.
 */
export const PATIENT_WORK = 'nudge-';

/** Slots, leases and delays are whole milliseconds: the stores keep integers. */
export function wholeMs(ms: number): number {
  return Math.ceil(ms);
}
