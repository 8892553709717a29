import { isAppError } from '../../errors.ts';
import type { Ids, Logger } from '../../ports.ts';
import { slackFailureOf } from '../send/slack-failure.ts';

/** What an unexpected error looks like to the person whose tap or word caused it. */
export interface Trouble {
  readonly sentence: string;
  readonly reference: string;
}

/** Slack waits for three seconds: by then what we say must have arrived. */
const TELL_BY_MS = 2_400;

export interface Acknowledgement<Words extends readonly unknown[]> {
  /** Only the first one goes to Slack. */
  send(...words: Words): Promise<void>;
  isSent(): boolean;
}

export function acknowledgeOnce<Words extends readonly unknown[]>(
  ack: (...words: Words) => Promise<void>,
): Acknowledgement<Words> {
  let isSent = false;
  return {
    async send(...words) {
      if (isSent) return;
      isSent = true;
      await ack(...words);
    },
    isSent: () => isSent,
  };
}

/**
 * Runs a listener's body. Whatever is thrown is logged once under a reference, and the person gets
 * a sentence with the same reference: nobody is left with a spinner. Nor does Slack get to say that
 * nobody answered: with an `acknowledgement` that is not sent in time the person hears it from us,
 * and the body goes on.
 */
export async function guarded(
  context: { readonly log: Logger; readonly ids: Ids },
  what: string,
  body: () => Promise<void>,
  tell: (trouble: Trouble) => Promise<unknown>,
  acknowledgement?: { isSent(): boolean },
): Promise<void> {
  const say = async (trouble: Trouble): Promise<void> => {
    try {
      await tell(trouble);
    } catch (error) {
      context.log.error('the person could not be told', error, { reference: trouble.reference });
    }
  };
  const tooLate = setTimeout(() => {
    if (acknowledgement === undefined || acknowledgement.isSent()) return;
    const reference = context.ids.next('e');
    context.log.warn('a listener is slow', { listener: what, reference });
    void say({ sentence: slowSentence(reference), reference });
  }, TELL_BY_MS);
  try {
    await body();
  } catch (error) {
    const reference = context.ids.next('e');
    context.log.error('a listener failed', error, { listener: what, reference });
    await say({ sentence: sentenceFor(error, reference), reference });
  } finally {
    clearTimeout(tooLate);
  }
}

function slowSentence(reference: string): string {
  return `This takes me longer than it should. I am still at it, and cannot tell yet whether it will be recorded: look whether it shows before you try again. (${reference})`;
}

function sentenceFor(error: unknown, reference: string): string {
  if (isAppError(error, 'store-unavailable')) {
    return `I cannot record this right now: my store does not answer. It is recorded whole or not at all: look whether it shows before you try again. (${reference})`;
  }
  if (isAppError(error)) return `${error.message} (${reference})`;
  if (slackFailureOf(error).kind === 'trigger-expired') {
    return `I was too slow: Slack opens a form only within three seconds. Nothing is lost; please try again. (${reference})`;
  }
  return `Something went wrong on my side and this was not recorded. Try again; if it stays, give your administrator the reference ${reference}.`;
}
