import { isAppError } from '../../errors.ts';
import type { Ids, Logger } from '../../ports.ts';
import { slackFailureOf } from '../send/slack-failure.ts';

/** What an unexpected error looks like to the person whose tap or word caused it. */
export interface Trouble {
  readonly sentence: string;
  readonly reference: string;
}

/**
 * Runs a listener's body. Whatever is thrown is logged once under a reference, and the person gets
 * a sentence with the same reference: nobody is left with a spinner.
 */
export async function guarded(
  context: { readonly log: Logger; readonly ids: Ids },
  what: string,
  body: () => Promise<void>,
  tell: (trouble: Trouble) => Promise<unknown>,
): Promise<void> {
  try {
    await body();
  } catch (error) {
    const reference = context.ids.next('e');
    context.log.error('a listener failed', error, { listener: what, reference });
    try {
      await tell({ sentence: sentenceFor(error, reference), reference });
    } catch (tellError) {
      context.log.error('the person could not be told', tellError, { reference });
    }
  }
}

function sentenceFor(error: unknown, reference: string): string {
  if (isAppError(error, 'store-unavailable')) {
    return `I cannot record this right now: my store does not answer. Nothing was half-done; try again in a moment. (${reference})`;
  }
  if (isAppError(error)) return `${error.message} (${reference})`;
  if (slackFailureOf(error).kind === 'trigger-expired') {
    return `I was too slow: Slack opens a form only within three seconds. Nothing is lost; please try again. (${reference})`;
  }
  return `Something went wrong on my side and this was not recorded. Try again; if it stays, give your administrator the reference ${reference}.`;
}
