/** In a storm each incident is shown so often at most: Slack takes about one edit a second. */
const SPACING_MS = 500;
/** So many times in quick succession before that, so that what people do appears at once. */
const BURST = 8;
/** Who is not among them has rested long enough. */
const INCIDENTS_MAX = 1_000;

export interface RenderPace {
  /** How long to wait before this incident is shown again; 0: now, and it is counted. */
  takeTurn(incidentId: string): number;
}

/** What changes while an incident waits for its turn is shown with it. */
export function createRenderPace(
  spacingMs: number = SPACING_MS,
  nowMs: () => number = () => performance.now(),
): RenderPace {
  const fullAtMs = new Map<string, number>();
  return {
    takeTurn(incidentId) {
      const now = nowMs();
      const next = Math.max(fullAtMs.get(incidentId) ?? 0, now) + spacingMs;
      const restMs = next - now - BURST * spacingMs;
      if (restMs > 0) return restMs;
      fullAtMs.delete(incidentId);
      fullAtMs.set(incidentId, next);
      const oldest = fullAtMs.keys().next();
      if (fullAtMs.size > INCIDENTS_MAX && !oldest.done) fullAtMs.delete(oldest.value);
      return 0;
    },
  };
}
