import type { IncidentState } from '../../domain/incident/state.ts';
import { stepNumber } from '../../domain/incident/steps.ts';

const EVIDENCE_MAX = 8;

/**
 * Which messages are shown where the incident is now, by slot and the version of the event that
 * first needed them. After a move it begins with what people need to go on; the rest stays in the
 * thread that was left.
 */
export function carriedOver(state: IncidentState): (slot: string, ofVersion: number) => boolean {
  const left = state.formerPlaces.at(-1);
  if (left === undefined) return () => true;
  const needed = new Set([
    'root',
    'board',
    'storm',
    stepSlotNow(state),
    ...plans(state),
    ...evidence(state),
  ]);
  return (slot, ofVersion) => ofVersion >= left.leftVersion || needed.has(slot);
}

/** The line that says where it came from stands above what came along. */
export function arrivalFirst<T>(
  state: IncidentState,
  slots: readonly (readonly [slot: string, content: T])[],
): readonly (readonly [slot: string, content: T])[] {
  const left = state.formerPlaces.at(-1);
  if (left === undefined) return slots;
  const order = ['root', `line-${left.leftVersion}`];
  const rank = (slot: string): number =>
    order.includes(slot) ? order.indexOf(slot) : order.length;
  return slots.toSorted(([a], [b]) => rank(a) - rank(b));
}

function stepSlotNow({ step, visits }: IncidentState): string {
  const nth = visits.filter((row) => row.step === step).length;
  return `step-${stepNumber(step)}-${nth}`;
}

function plans({ plans: all }: IncidentState): readonly string[] {
  const last = all.at(-1);
  return last === undefined || last.status === 'replaced' ? [] : [`plan-${last.planId}`];
}

/** Of the last gathering, and what people attached or asked; the newest, when there is too much. */
function evidence({ evidence: all, gatherings }: IncidentState): readonly string[] {
  const last = gatherings.findLast(({ gatheringId }) =>
    all.some((row) => row.gatheringId === gatheringId),
  );
  return all
    .filter(({ gatheringId }) => gatheringId === null || gatheringId === last?.gatheringId)
    .slice(-EVIDENCE_MAX)
    .map(({ evidenceId }) => `evidence-${evidenceId}`);
}
