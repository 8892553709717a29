import type { KnownBlock } from '@slack/types';
import type { IncidentEvent, RecordedEvent } from '../../domain/incident/events.ts';
import type { History } from '../../domain/incident/record.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { planButtons } from './plan-card.ts';
import { actor, bolded, date, mention, type Part } from './text.ts';
import { approversPart } from './waiting-part.ts';

/** The bot may have been away when it began. */
const LATE_MS = 5 * 60_000;

/** Who owns it now is told that the plan may go in, or for whom it still waits. */
export function windowLine(
  { planId }: Extract<IncidentEvent, { type: 'window-began' }>,
  { atMs, version }: RecordedEvent,
  state: IncidentState,
  history: History,
): { readonly notice: string; readonly parts: Part; readonly buttons: readonly KnownBlock[] } {
  const index = state.plans.findIndex((row) => row.planId === planId);
  const plan = state.plans[index];
  const fromMs = plan?.window?.fromMs ?? atMs;
  const name = `The window of plan ${index + 1} `;
  const begins = atMs - fromMs < LATE_MS ? 'begins now' : ['began ', date(fromMs)];
  // What was so at the time stays so in a line: whoever owns it later was not told.
  const then = history.at(version - 1);
  const planThen = then?.plans.find((row) => row.planId === planId);
  const ownerId = then?.ownerId ?? null;
  const whom = ownerId === null ? actor(plan?.by ?? null) : mention(ownerId);
  const isHeldUp = planThen?.status === 'planned' && planThen.need.rule !== 'none';
  const parts = isHeldUp
    ? [bolded(name, begins), ' and it still waits for approval by ', approversPart(planThen)]
    : [bolded(name, begins)];
  return {
    notice: isHeldUp ? 'the window begins without an approval' : 'the window of the plan begins',
    parts: ['🕙 ', parts, '. ', whom, isHeldUp ? ', it may not go in yet.' : ', it may go in.'],
    buttons: isHeldUp && plan?.status === 'planned' ? planButtons(state, plan) : [],
  };
}
