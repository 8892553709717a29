import type { KnownBlock } from '@slack/types';
import { cutShort } from '../../domain/trail/cut-short.ts';
import {
  type KeptAnswer,
  keepAnswer,
  keptQuestion,
  readKeptAnswer,
} from '../../flows/kept-answers.ts';
import type { WorkOutcome } from '../../flows/run-work.ts';
import { looksAfter, shownWith } from '../../flows/second-look.ts';
import type { Work } from '../../ports.ts';
import { recordRefusal } from '../access/record-refusal.ts';
import type { MessageContent } from '../blocks/message.ts';
import { renderQuestionTrouble } from '../blocks/trail-question.ts';
import type { SlackContext } from '../context.ts';
import { contentOf, type Ended } from './answer-content.ts';
import { attachAnswer } from './attach-answer.ts';
import { lookAgain } from './look-again.ts';
import { type SlackFailure, slackFailureOf } from './slack-failure.ts';
import { tellPerson } from './tell-person.ts';
import { waitForSlack } from './wait-for-slack.ts';
import { type AskTrail, type TrailPauses, watchLookup } from './watch-lookup.ts';

type TrailWork = Extract<Work, { kind: 'answer-trail' }>;

export interface DeliverOptions {
  /** This process is stopping; another one will look again. */
  readonly stop: AbortSignal;
  readonly pauses: TrailPauses;
}

const STOPPING: WorkOutcome = { kind: 'later', delayMs: 0 };

/** Asks, and brings the answer to where it was wanted. Always ends in something that people see. */
export async function deliverTrail(
  context: SlackContext,
  work: TrailWork,
  ask: AskTrail,
  options: DeliverOptions,
): Promise<WorkOutcome> {
  // The answer may come minutes after the question: who may not see it now is not shown it.
  const verdict = await context.access.check(work.userId, work.channelId);
  if (verdict.kind === 'refused') {
    await recordRefusal(context, { ...work, what: 'answer' }, verdict.reason);
    if (work.look === 0) await tellPerson(context, { ...work, sentence: verdict.sentence });
    return { kind: 'done' };
  }
  if (work.look > 0) return lookAgain(context, work, ask, options.stop);
  const kept = await readKeptAnswer(context.store, work.answerId);
  // A page of an answer that is there already takes that one's place.
  const inPlace = work.deliver === 'to-asker' && kept?.shown != null;
  const { reply, endedBy } = await watchLookup(context, work, ask, { ...options, inPlace });
  if (options.stop.aborted) return STOPPING;
  if (reply.kind === 'error') {
    await keepAnswer(context.store, work.answerId, {
      ...(kept ?? keptQuestion(work)),
      suggestion: reply.suggestion,
    });
    const content = renderQuestionTrouble(reply, work);
    await tellPerson(context, { ...work, content, inPlace });
    return { kind: 'done' };
  }
  const ended = { answer: cutShort(reply.answer, endedBy), endedBy };
  switch (work.deliver) {
    case 'to-asker':
      return tellAsker(context, work, ended, kept, options.pauses);
    case 'to-channel':
      return share(context, work, await contentOf(context, work, ended));
    case 'as-evidence':
      await attachAnswer(context, work, ended.answer);
      return { kind: 'done' };
  }
}

/** Kept before it is shown, so that its buttons work; what was shown, and later looks, after that. */
async function tellAsker(
  context: SlackContext,
  work: TrailWork,
  ended: Ended,
  before: KeptAnswer | null,
  pauses: TrailPauses,
): Promise<WorkOutcome> {
  const { store } = context;
  const over = ended.endedBy === 'person' ? 'cancelled' : (before?.over ?? null);
  const kept = { ...(before ?? keptQuestion(work)), over };
  await keepAnswer(store, work.answerId, kept);
  const content = await contentOf(context, work, ended);
  await tellPerson(context, { ...work, content, inPlace: before?.shown != null });
  const shown = shownWith(before?.shown ?? null, ended.answer);
  await keepAnswer(store, work.answerId, { ...kept, shown });
  if (before?.shown == null && over === null) {
    const looks = looksAfter(work, ended.answer, pauses.lookDelaysMs);
    if (looks.length > 0) await store.schedule(looks, `looks-${work.answerId}`);
  }
  return { kind: 'done' };
}

async function share(
  context: SlackContext,
  work: TrailWork,
  content: MessageContent,
): Promise<WorkOutcome> {
  try {
    const { ts, message } = await context.clients.background.chat.postMessage({
      channel: work.channelId,
      text: content.text,
      blocks: [...content.blocks] as KnownBlock[],
      unfurl_links: false,
      unfurl_media: false,
      ...(work.threadTs === null ? {} : { thread_ts: work.threadTs }),
    });
    if (ts !== undefined && work.threadTs !== null && message?.thread_ts !== work.threadTs) {
      // A reply to a deleted message lands in the channel, without an error from Slack.
      await context.clients.background.chat.delete({ channel: work.channelId, ts });
      await tellPerson(context, { ...work, threadTs: null, sentence: THREAD_GONE });
    }
  } catch (error) {
    const failure = slackFailureOf(error);
    const pause = waitForSlack(context.token, failure);
    if (pause !== null) return pause;
    await tellPerson(context, { ...work, sentence: unsharedSentence(failure) });
  }
  return { kind: 'done' };
}

const THREAD_GONE =
  'The message that this thread began with was deleted, so the answer cannot be shared there. Ask again in the channel.';

function unsharedSentence(failure: SlackFailure): string {
  switch (failure.kind) {
    case 'channel-closed':
      return failure.sentence;
    case 'unknown':
      return 'Slack did not say whether it took the answer. Look whether it is there before you share it again.';
    default:
      return 'Slack did not take the answer. Try Share again.';
  }
}
