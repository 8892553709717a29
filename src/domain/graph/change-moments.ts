import type { Hypothesis } from '../incident/state.ts';

/** More marks hide the line they are to explain. */
const MOMENTS_MAX = 5;

/** When the change was made that a hypothesis on the board is about. */
export interface ChangeMoment {
  /** What people call the hypothesis by. */
  readonly number: number;
  readonly atMs: number;
}

/** The likeliest changes that are not ruled out, by number. */
export function changeMoments(hypotheses: readonly Hypothesis[]): readonly ChangeMoment[] {
  return hypotheses
    .filter(({ status }) => status !== 'eliminated')
    .toSorted((a, b) => probabilityOf(b) - probabilityOf(a))
    .flatMap(({ number, cause }) =>
      cause?.kind === 'change' ? [{ number, atMs: cause.atMs }] : [],
    )
    .slice(0, MOMENTS_MAX)
    .toSorted((a, b) => a.number - b.number);
}

function probabilityOf({ assessment }: Hypothesis): number {
  return assessment?.probability ?? 0;
}
