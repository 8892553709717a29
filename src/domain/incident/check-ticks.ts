import type { Actor } from './events.ts';
import type { IncidentState } from './state.ts';

/** A check of the playbook that somebody has done after a fix. */
export interface CheckTick {
  /** As the playbook said it then: a team may change its playbook later. */
  readonly text: string;
  readonly by: Actor;
  readonly atMs: number;
}

/** What was checked before the fix changed, or was found not to work, has to be checked again. */
export function standingTicks(state: IncidentState): readonly CheckTick[] {
  const changedAtMs = Math.max(
    ...state.plans.map((plan) => plan.rolledBackAtMs ?? plan.implementedAtMs ?? 0),
    ...state.verifications.map((row) => (row.verified ? 0 : row.atMs)),
    ...state.reopenings.map((row) => row.atMs),
  );
  return state.checks.filter(({ atMs }) => atMs >= changedAtMs);
}

/** FNV-1a over the words: a check keeps its id when a team puts another one before it. */
export function checkIdOf(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}
