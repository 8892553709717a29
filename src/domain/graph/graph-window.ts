const HOUR_MS = 3_600_000;
const LIMITS = {
  leadMs: 3 * HOUR_MS,
  /** Fewer before the onset do not show what is usual. */
  leadPeriodsMin: 24,
  /** More are not told apart on a phone. */
  leadPeriodsMax: 360,
  tailPeriodsMax: 720,
} as const;

/** From well before the onset until now; for what lasts long, its beginning. Whole periods. */
export function graphWindow(
  onsetMs: number,
  periodMs: number,
  nowMs: number,
): { readonly fromMs: number; readonly toMs: number } {
  const leadMs = Math.min(
    Math.max(LIMITS.leadMs, LIMITS.leadPeriodsMin * periodMs),
    LIMITS.leadPeriodsMax * periodMs,
  );
  const endMs = Math.min(nowMs, onsetMs + LIMITS.tailPeriodsMax * periodMs);
  const fromMs = Math.floor((onsetMs - leadMs) / periodMs) * periodMs;
  return { fromMs, toMs: Math.max(Math.floor(endMs / periodMs), fromMs / periodMs + 1) * periodMs };
}
