import type { WorkOutcome } from '../../flows/run-work.ts';
import type { TokenWatch } from '../connect/token-watch.ts';
import type { SlackFailure } from './slack-failure.ts';

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
