import { nameForms } from '../investigation/name-forms.ts';
import type { TrailRecord } from '../trail/record.ts';
import type { Plan } from './state.ts';

/** Why a write counts as part of the plan: what it touched is sure, whose it is rests on an e-mail. */
export type InsideReason = 'resource' | 'person';

/** Which of the writes seen while a plan was carried out belong to it. */
export interface FixWrites {
  readonly planId: string;
  readonly inside: readonly { readonly eventId: string; readonly because: InsideReason }[];
  /** Event ids: outside of it, as far as an e-mail tells by whoever reported it. Absent: nobody looked. */
  readonly samePerson?: readonly string[] | undefined;
}

/** Reported a little early at times: the last write may follow. */
export const FIX_TAIL_MS = 2 * 60_000;

export function fixIdOf(planId: string): string {
  return `fix-${planId}`;
}

/** From when it might go in until it was said to be in; null: it was not. */
export function fixWindow({
  plannedAtMs,
  approvedAtMs,
  implementedAtMs,
}: Pick<Plan, 'plannedAtMs' | 'approvedAtMs' | 'implementedAtMs'>) {
  if (implementedAtMs === null) return null;
  return { fromMs: approvedAtMs ?? plannedAtMs, toMs: implementedAtMs + FIX_TAIL_MS };
}

/** Whether the call names one of the resources that the plan names, in any way AWS writes it. */
export function touchesPlan({ resources }: Pick<Plan, 'resources'>, record: TrailRecord): boolean {
  return resources.some((name) =>
    record.resources.some(({ name: recorded }) => isSameResource(name, recorded)),
  );
}

/** Two ARNs must agree whole: the last parts of a load balancer and of its target group may be alike. */
function isSameResource(planned: string, recorded: string): boolean {
  const [a, b] = [planned.toLowerCase(), recorded.toLowerCase()];
  if (a === b) return true;
  if (isArn(a) && isArn(b)) return b.startsWith(`${a}:`) || b.startsWith(`${a}/`);
  if (isArn(a)) return nameForms(a).includes(b);
  return nameForms(b).includes(a);
}

const isArn = (name: string): boolean => name.startsWith('arn:');

/** Order is kept. */
export function splitFixWrites(
  records: readonly TrailRecord[],
  { inside }: FixWrites,
): { readonly inside: readonly TrailRecord[]; readonly outside: readonly TrailRecord[] } {
  const ids = new Set(inside.map(({ eventId }) => eventId));
  return {
    inside: records.filter(({ eventId }) => ids.has(eventId)),
    outside: records.filter(({ eventId }) => !ids.has(eventId)),
  };
}
