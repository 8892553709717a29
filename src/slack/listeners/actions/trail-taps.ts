import { cancelLookup, type KeptAnswer, readKeptAnswer } from '../../../flows/kept-answers.ts';
import type { Work } from '../../../ports.ts';
import { sentenceContent } from '../../blocks/error.ts';
import type { MessageContent } from '../../blocks/message.ts';
import { buildQuestionForm } from '../../forms/question.ts';
import { decodePage, type TapId } from '../../ids.ts';
import { firstAnswer } from '../commands/trail.ts';
import { openView } from './open-view.ts';
import type { Run, Tap } from './run.ts';

type TrailWork = Extract<Work, { kind: 'answer-trail' }>;

export type TrailTapId = Extract<
  TapId,
  | 'share-trail'
  | 'attach-trail'
  | 'whole-session'
  | 'older-matches'
  | 'newer-matches'
  | 'show-record'
  | 'who-assumed'
  | 'edit-question'
  | 'ask-suggested'
  | 'cancel-lookup'
>;

const UNKNOWN_QUESTION =
  'I do not know this question any more: answers are kept for a week. Ask again with /trail.';
const CANCELLING = 'Cancelled. What was found until now comes in a moment.';
const FORGOTTEN_LOOKUP =
  'I do not know this lookup any more, so nothing was cancelled: it ended long ago. Ask again with /trail.';
const ENDED_ALREADY = 'This lookup has ended already: its answer is here.';

/** The buttons under an answer. Each carries the id of the answer or of a call, and asks again. */
export const TRAIL_TAPS: Readonly<Record<TrailTapId, Run>> = {
  'share-trail': (tap) => withKept(tap, (kept, id) => deliver(tap, kept, id, 'to-channel')),
  'attach-trail': (tap) => withKept(tap, (kept, id) => deliver(tap, kept, id, 'as-evidence')),
  'whole-session': (tap) => askNew(tap, { question: `did key:${tap.target.itemId} since 89d` }),
  'older-matches': showPage,
  'newer-matches': showPage,
  'show-record': (tap) => askNew(tap, { question: aboutCall(tap) }),
  'who-assumed': (tap) => askNew(tap, { question: aboutCall(tap), about: 'who-assumed' }),
  'edit-question': (tap) => withKept(tap, (kept, id) => openEditor(tap, kept, id)),
  'ask-suggested': (tap) =>
    withKept(tap, async ({ suggestion }) =>
      suggestion === null
        ? sentenceContent(UNKNOWN_QUESTION)
        : askNew(tap, { question: suggestion }),
    ),
  'cancel-lookup': cancel,
};

/** What was found is read again, so that the button needs to carry nothing of it. */
function aboutCall({ target }: Tap): string {
  return `id:${target.itemId}`;
}

async function withKept(
  tap: Tap,
  run: (kept: KeptAnswer, answerId: string) => Promise<MessageContent | null>,
  answerId = tap.target.itemId ?? '',
): Promise<MessageContent | null> {
  const kept = await readKeptAnswer(tap.context.store, answerId);
  return kept === null ? sentenceContent(UNKNOWN_QUESTION) : run(kept, answerId);
}

/** The same question, as of when it was asked: what was read for it is still at hand. */
function deliver(
  tap: Tap,
  kept: KeptAnswer,
  answerId: string,
  where: 'to-channel' | 'as-evidence',
): Promise<MessageContent | null> {
  const { incidentId } = tap.target;
  const work = { ...asKept(tap, kept, answerId), deliver: where, incidentId };
  return schedule(tap, `${answerId}-${where}`, work);
}

async function showPage(tap: Tap): Promise<MessageContent | null> {
  const wanted = decodePage(tap.target.itemId ?? '');
  if (wanted === null) return sentenceContent(UNKNOWN_QUESTION);
  const { answerId, page } = wanted;
  return withKept(
    tap,
    (kept) => schedule(tap, `${answerId}-p${page}`, { ...asKept(tap, kept, answerId), page }),
    answerId,
  );
}

function asKept({ who, target }: Tap, kept: KeptAnswer, answerId: string): TrailWork {
  const { question, askedAtMs, about } = kept;
  return {
    kind: 'answer-trail',
    ...firstAnswer(answerId),
    ...who,
    question,
    askedAtMs,
    about,
    deliver: 'to-asker',
    incidentId: target.incidentId,
  };
}

function askNew(
  tap: Tap,
  asked: { readonly question: string; readonly about?: TrailWork['about'] },
): Promise<MessageContent | null> {
  const { context, target, who } = tap;
  const answerId = context.ids.next('trail');
  return schedule(tap, answerId, {
    kind: 'answer-trail',
    ...firstAnswer(answerId),
    ...asked,
    ...who,
    deliver: 'to-asker',
    incidentId: target.incidentId,
    askedAtMs: context.clock.nowMs(),
  });
}

async function schedule(
  { context, dedupeId }: Tap,
  workId: string,
  work: TrailWork,
): Promise<MessageContent | null> {
  await context.store.schedule([{ workId, dueAtMs: context.clock.nowMs(), work }], dedupeId);
  context.wakeWorkers();
  return null;
}

async function openEditor(
  { context, payload, target }: Tap,
  kept: KeptAnswer,
  answerId: string,
): Promise<MessageContent | null> {
  const view = buildQuestionForm({ question: kept.question, answerId, target });
  return openView({ context, payload }, view);
}

/** Whichever process looks sees it; the person sees at once that it was heard. */
async function cancel({ context, target }: Tap): Promise<MessageContent> {
  const answerId = target.itemId ?? '';
  const kept = await readKeptAnswer(context.store, answerId);
  if (kept === null) return sentenceContent(FORGOTTEN_LOOKUP);
  if (kept.shown !== null) return sentenceContent(ENDED_ALREADY);
  await cancelLookup(context.store, answerId, context.clock.nowMs());
  return sentenceContent(CANCELLING);
}
