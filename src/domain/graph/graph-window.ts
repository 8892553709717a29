const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const LIMITS = {
  leadMs: HOUR_MS,
  /** Fewer before the onset do not show what is usual. */
  leadPeriodsMin: 24,
  /** More are not told apart on a phone. */
  leadPeriodsMax: 360,
  tailPeriodsMax: 720,
  /** How far back the picture may begin for a change that was made earlier. */
  widenedLeadMs: 3 * HOUR_MS,
  wideningMax: 2,
  /** Of the lead: a mark on the very edge is not seen. */
  marginShare: 0.08,
  leadAfterMs: 30 * MINUTE_MS,
  /** Two days of minutes: the trouble and what came after it, at the cost of its details. */
  wholePeriodsMax: 2_880,
} as const;

export interface GraphWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * From well before the onset until now; for what lasts long, its beginning. Whole periods. It begins
 * earlier for a change not much earlier: one far off would leave a thin strip for the trouble.
 */
export function graphWindow(
  onsetMs: number,
  periodMs: number,
  nowMs: number,
  changesAtMs: readonly number[] = [],
): GraphWindow {
  const usualMs = Math.min(
    Math.max(LIMITS.leadMs, LIMITS.leadPeriodsMin * periodMs),
    LIMITS.leadPeriodsMax * periodMs,
  );
  const earliestMs = onsetMs - Math.max(LIMITS.widenedLeadMs, usualMs * LIMITS.wideningMax);
  const changeLeadsMs = changesAtMs
    .map((atMs) => onsetMs - (onsetMs - atMs) * (1 + LIMITS.marginShare))
    .filter((fromMs) => fromMs >= earliestMs);
  const fromMs = Math.min(onsetMs - usualMs, ...changeLeadsMs);
  return wholePeriods(
    fromMs,
    Math.min(nowMs, onsetMs + LIMITS.tailPeriodsMax * periodMs),
    periodMs,
  );
}

/** From shortly before the onset until now: the trouble, the solution, and what came after it. */
export function windowAfter(onsetMs: number, periodMs: number, nowMs: number): GraphWindow {
  const leadMs = Math.max(LIMITS.leadAfterMs, LIMITS.leadPeriodsMin * periodMs);
  const earliestMs = nowMs - LIMITS.wholePeriodsMax * periodMs;
  return wholePeriods(Math.max(onsetMs - leadMs, earliestMs), nowMs, periodMs);
}

function wholePeriods(beginMs: number, endMs: number, periodMs: number): GraphWindow {
  const fromMs = Math.floor(beginMs / periodMs) * periodMs;
  return { fromMs, toMs: Math.max(Math.floor(endMs / periodMs), fromMs / periodMs + 1) * periodMs };
}
