import type { IncidentState, Verification } from './state.ts';

/** The last word, if it is "it works" and was said after everything that could have changed that. */
export function standingVerification({
  verifications,
  plans,
  reopenings,
}: Pick<IncidentState, 'verifications' | 'plans' | 'reopenings'>): Verification | null {
  const last = verifications.at(-1);
  if (last === undefined || !last.verified) return null;
  const changedAtMs = [
    ...plans.map((plan) => plan.rolledBackAtMs ?? plan.implementedAtMs ?? 0),
    ...reopenings.map((row) => row.atMs),
  ];
  return changedAtMs.every((atMs) => atMs <= last.atMs) ? last : null;
}
