import { Readable, Transform } from 'node:stream';
import type { CallWatcher } from './watch-calls.ts';

type Next = (args: unknown) => Promise<{ readonly response?: { body?: unknown } }>;
interface Stack {
  add(middleware: (next: Next) => Next, options: object): void;
}

/** A page of Event history has 50 records of 256 KB at most: what is longer is no answer of AWS. */
export const ANSWER_BYTES_MAX = 64 * 1_024 * 1_024;

/** What a longer answer ends in. */
class AnswerTooLong extends Error {
  constructor(bytesMax: number) {
    super(`The answer has more than ${bytesMax} bytes.`);
    this.name = 'AnswerTooLong';
  }
}

/** The SDK reads an answer into memory however long it is; this ends it where no answer of AWS can be. */
export function limitAnswers(bytesMax = ANSWER_BYTES_MAX): CallWatcher {
  return { applyToStack: (stack) => addTo(stack as Stack, bytesMax) };
}

function addTo(stack: Stack, bytesMax: number): void {
  stack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { response } = result;
      if (response?.body instanceof Readable) response.body = limited(response.body, bytesMax);
      return result;
    },
    // Nearest to the network: whoever reads the answer reads it through this.
    { step: 'deserialize', priority: 'low', name: 'redthreadAnswerLimit' },
  );
}

function limited(body: Readable, bytesMax: number): Readable {
  let bytes = 0;
  const counting = new Transform({
    transform(piece: Buffer, _encoding, done) {
      bytes += piece.length;
      if (bytes <= bytesMax) return done(null, piece);
      body.destroy();
      done(new AnswerTooLong(bytesMax));
    },
  });
  // An answer that breaks off must not look as if it had ended.
  body.once('error', (error) => counting.destroy(error));
  return body.pipe(counting);
}
