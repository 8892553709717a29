import type { EndedBy } from '../../domain/trail/cut-short.ts';
import type { TrailReply } from '../../flows/answer-trail.ts';
import { isCancelled, keepAnswer, keptQuestion, readKeptAnswer } from '../../flows/kept-answers.ts';
import type { Work } from '../../ports.ts';
import { renderTrailProgress } from '../blocks/trail-progress.ts';
import type { SlackContext } from '../context.ts';
import { tellPerson } from './tell-person.ts';

type TrailWork = Extract<Work, { kind: 'answer-trail' }>;

/** A lookup that takes longer says that it is still looking, and can be cancelled. */
const PROGRESS_AFTER_MS = 2_000;
/** A response_url is good for five uses: these, the first progress and the answer are four. */
const UPDATES_AFTER_MS = [8_000, 30_000] as const;
const CANCEL_POLL_MS = 500;
/** Nobody waits longer; what was found until then is told. */
const LOOKUP_TIME_MAX_MS = 120_000;
/** From the moment a lookup was told to stop. */
const STOP_GRACE_MS = 15_000;

export interface TrailPauses {
  readonly progressAfterMs?: number;
  readonly lookupTimeMaxMs?: number;
  /** From the asking to the second looks. */
  readonly lookDelaysMs?: readonly number[];
}

/** Runs the lookup; ends early on the signal, with what was found until then. */
export type AskTrail = (
  signal: AbortSignal,
  onProgress: (sentence: string) => void,
) => Promise<TrailReply>;

export interface WatchedReply {
  readonly reply: TrailReply;
  readonly endedBy: EndedBy;
  readonly tookMs: number;
}

export interface WatchOptions {
  /** This process is stopping; another one will look again. */
  readonly stop: AbortSignal;
  /** The message that the work's replyUrl belongs to is the answer's own, and may be changed. */
  readonly inPlace: boolean;
  readonly pauses: TrailPauses;
}

/** Looks with progress for the person, until it is done, cancelled from anywhere, or too long. */
export async function watchLookup(
  context: SlackContext,
  work: TrailWork,
  ask: AskTrail,
  options: WatchOptions,
): Promise<WatchedReply> {
  const startedAtMs = context.clock.nowMs();
  const ending = new AbortController();
  let endedBy: EndedBy = 'itself';
  const end = (by: EndedBy): void => {
    if (endedBy !== 'itself') return;
    endedBy = by;
    ending.abort();
  };
  const progress = startProgress(context, work, options);
  const limit = setTimeout(
    () => end('time-limit'),
    options.pauses.lookupTimeMaxMs ?? LOOKUP_TIME_MAX_MS,
  );
  const poll = setInterval(() => {
    isCancelled(context.store, work.answerId, startedAtMs).then(
      (cancelled) => (cancelled ? end('person') : undefined),
      // The store is away: the lookup will notice by itself, or end in time.
      () => undefined,
    );
  }, CANCEL_POLL_MS);
  const signal = AbortSignal.any([options.stop, ending.signal]);
  try {
    const reply = await Promise.race([ask(signal, progress.tell), stuck(ending.signal)]);
    return { reply, endedBy, tookMs: context.clock.nowMs() - startedAtMs };
  } finally {
    clearTimeout(limit);
    clearInterval(poll);
    await progress.stop();
  }
}

function startProgress(context: SlackContext, work: TrailWork, options: WatchOptions) {
  let newest: string | null = null;
  let telling: Promise<unknown> = Promise.resolve();
  const show = (): void => {
    const content = renderTrailProgress({ ...work, progress: newest });
    telling = rememberQuestion(context, work).then(() =>
      tellPerson(context, { ...work, content, inPlace: options.inPlace }),
    );
  };
  const first = options.pauses.progressAfterMs ?? PROGRESS_AFTER_MS;
  // Without a message of its own to change, every update would be one more message.
  const delays = options.inPlace ? [first, ...UPDATES_AFTER_MS] : [first];
  const timers = delays.map((delayMs) => setTimeout(show, delayMs));
  return {
    tell: (sentence: string): void => {
      newest = sentence;
    },
    /** Resolves when no progress can overtake the answer any more. */
    stop: async (): Promise<void> => {
      timers.forEach(clearTimeout);
      await telling;
    },
  };
}

/** Whoever taps Cancel under it is told by this whether there is something to cancel. */
async function rememberQuestion({ store, log }: SlackContext, work: TrailWork): Promise<void> {
  try {
    const kept = await readKeptAnswer(store, work.answerId);
    if (kept === null) await keepAnswer(store, work.answerId, keptQuestion(work));
  } catch (error) {
    log.warn('a running lookup could not be remembered', { reason: String(error) });
  }
}

/** A lookup that does not stop when told to is left behind: the person is told all the same. */
function stuck(ended: AbortSignal): Promise<TrailReply> {
  return new Promise((resolve) => {
    ended.addEventListener('abort', () => {
      const sentence = 'The lookup was stopped, but what it had found could not be saved.';
      const reply = { kind: 'error', sentence, start: 0, end: 0, suggestion: null } as const;
      setTimeout(() => resolve(reply), STOP_GRACE_MS).unref();
    });
  });
}
