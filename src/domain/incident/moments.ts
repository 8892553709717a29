import type { RecordedEvent } from './events.ts';

/** When what lasted happened for the first time; null: not yet, or not on record. */
export interface Moments {
  readonly startedAtMs: number | null;
  readonly openedAtMs: number | null;
  readonly ownedAtMs: number | null;
  readonly isolatedAtMs: number | null;
  readonly implementedAtMs: number | null;
  readonly verifiedAtMs: number | null;
}

export const NO_MOMENTS: Moments = {
  startedAtMs: null,
  openedAtMs: null,
  ownedAtMs: null,
  isolatedAtMs: null,
  implementedAtMs: null,
  verifiedAtMs: null,
};

/** What lasts counts: a roll-back, a failed verification or a reopening takes success back. */
export function momentsAfter(moments: Moments, { event, atMs }: RecordedEvent): Moments {
  switch (event.type) {
    case 'incident-opened':
      return { ...moments, openedAtMs: atMs, startedAtMs: event.startedAtMs };
    case 'problem-stated':
      return { ...moments, startedAtMs: event.startedAtMs ?? moments.startedAtMs };
    case 'owner-changed':
      return event.ownerId === null
        ? moments
        : { ...moments, ownedAtMs: moments.ownedAtMs ?? atMs };
    case 'component-isolated':
      return { ...moments, isolatedAtMs: moments.isolatedAtMs ?? atMs };
    case 'solution-implemented':
      return { ...moments, implementedAtMs: moments.implementedAtMs ?? atMs };
    case 'solution-verified':
      return { ...moments, verifiedAtMs: moments.verifiedAtMs ?? atMs };
    case 'solution-rolled-back':
    case 'verification-failed':
    case 'incident-reopened':
      return { ...moments, implementedAtMs: null, verifiedAtMs: null };
    default:
      return moments;
  }
}
