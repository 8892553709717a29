import type { WorkHandlers, WorkOutcome } from '../../flows/run-work.ts';
import type { Work, WorkKind } from '../../ports.ts';
import type { TokenWatch } from '../connect/token-watch.ts';
import { type SlackFailure, slackFailureOf } from './slack-failure.ts';

/** For what only time helps against: a rate limit, a token that Slack refuses. Null: something else. */
export function waitForSlack(
  token: TokenWatch,
  failure: SlackFailure,
): Extract<WorkOutcome, { kind: 'later' }> | null {
  switch (failure.kind) {
    case 'rate-limited':
      return { kind: 'later', delayMs: failure.delayMs };
    case 'credentials-refused':
      token.refused(failure.sentence);
      return { kind: 'later', delayMs: token.retryMs };
    default:
      return null;
  }
}

/** The same for what a handler rejects with: whatever it was, it is kept until Slack takes calls again. */
export function waitingForSlack(handlers: WorkHandlers, token: TokenWatch): WorkHandlers {
  const waiting = Object.entries(handlers).map(([kind, handler]) => {
    const handle = handler as (work: Work, signal: AbortSignal) => Promise<WorkOutcome>;
    const run = async (work: Work, signal: AbortSignal): Promise<WorkOutcome> => {
      try {
        return await handle(work, signal);
      } catch (error) {
        const pause = waitForSlack(token, slackFailureOf(error));
        if (pause === null) throw error;
        return pause;
      }
    };
    return [kind as WorkKind, run];
  });
  return Object.fromEntries(waiting) as unknown as WorkHandlers;
}
