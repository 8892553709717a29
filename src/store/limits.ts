/** Bounds on what the store keeps. Units last. */
export const STORE_LIMITS = {
  /** Slack retries for up to an hour; a person may come back to an old view the next day. */
  dedupeTtlMs: 25 * 60 * 60 * 1_000,
  deadWorkMax: 1_000,
  auditEntriesMax: 100_000,
  auditKeepMs: 400 * 24 * 60 * 60 * 1_000,
  eventsPerReadMax: 200,
} as const;

/** Slots, leases and delays are whole milliseconds: the stores keep integers. */
export function wholeMs(ms: number): number {
  return Math.ceil(ms);
}
