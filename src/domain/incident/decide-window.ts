import { accept, type Handler, reject } from './decision.ts';

/** The clock of the store, which wakes the workers, may run ahead of ours. */
const AHEAD_MAX_MS = 60_000;

/** Told once, and approved or not: only whoever has reported it needs no reminder. */
export const beginWindow: Handler<'begin-window'> = ({ planId }, { state, nowMs }) => {
  const plan = state.plans.find((row) => row.planId === planId);
  if (plan?.window == null) return reject('not-found', 'There is no plan with such a window.');
  const { status, window, windowBeganAtMs } = plan;
  if (status !== 'planned' && status !== 'approved') {
    return reject('not-now', 'This plan does not wait for its window.');
  }
  const isOver = window.toMs !== null && nowMs >= window.toMs;
  if (isOver || nowMs < window.fromMs - AHEAD_MAX_MS) {
    return reject('not-now', 'The window of this plan is not open.');
  }
  return windowBeganAtMs === null ? accept({ type: 'window-began', planId }) : accept();
};
