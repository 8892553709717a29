import { standingTicks } from './check-ticks.ts';
import { accept, type Handler, tooMany } from './decision.ts';
import { LIMITS } from './limits.ts';

/** As it is already, by whomever: no event, so two people who tick the same one are not in each other's way. */
export const tickCheck: Handler<'tick-check'> = ({ text, isDone }, { state }) => {
  const isTicked = standingTicks(state).some((tick) => tick.text === text);
  if (isTicked === isDone) return accept();
  const event = { type: 'check-ticked', text, isDone } as const;
  if (!isDone) return accept(event);
  return tooMany(state.checks.length, LIMITS.checksMax, 'checks') ?? accept(event);
};
