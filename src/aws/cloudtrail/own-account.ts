import { isAnswered } from '../../domain/coverage.ts';
import type { ActivityEnd, ActivityPage, ActivityRequest, ActivitySource } from '../../ports.ts';

const LIMITS = { windowMs: 24 * 3_600_000 } as const;

/**
 * Event history that makes sure, before it says "nothing" of the account that the bot's own
 * credentials are said to be of, that they are: any one record of the Region tells. It costs one
 * call until it is known. `accountId` null: nobody said which account that is.
 */
export function checkOwnAccount(
  activity: ActivitySource,
  accountId: string | null,
): ActivitySource {
  if (accountId === null) return activity;
  let isKnown = false;
  async function* readPages(
    request: ActivityRequest,
    signal: AbortSignal,
  ): AsyncGenerator<ActivityPage, ActivityEnd> {
    // Without an attribute the records themselves tell.
    if (!isKnown && request.target.accountId === accountId && request.attribute !== null) {
      const end = await readAny(activity, request, signal);
      if (!isAnswered(end)) return end;
      isKnown = end.outcome === 'found';
    }
    return yield* activity.readPages(request, signal);
  }
  return { ...activity, readPages };
}

/** The newest record of a day, whatever it is; the end says whose it was. */
async function readAny(
  activity: ActivitySource,
  request: ActivityRequest,
  signal: AbortSignal,
): Promise<ActivityEnd> {
  const fromMs = request.toMs - LIMITS.windowMs;
  const pages = activity.readPages({ ...request, fromMs, attribute: null, recordsMax: 1 }, signal);
  for (;;) {
    const step = await pages.next();
    if (step.done) return step.value;
  }
}
