import type { TrailAnswer } from '../../domain/trail/answer.ts';
import type { TrailRecord } from '../../domain/trail/record.ts';
import type { KeptAnswer } from '../../flows/kept-answers.ts';
import { fitMessage } from './fit-message.ts';
import type { MessageContent } from './message.ts';
import { date, line, quote, richText, typed } from './text.ts';
import { renderTrailAnswer, type TrailAnswerContext } from './trail-answer.ts';
import { recordItems } from './trail-items.ts';

const QUESTION_CHARACTERS_MAX = 300;

/** What CloudTrail delivered after a question was answered. */
export interface LateCalls {
  readonly answer: TrailAnswer;
  /** What matches and was not shown, newest first; at least one. */
  readonly late: readonly TrailRecord[];
  readonly kept: KeptAnswer;
}

/** The calls that arrived, or the answer anew where they change it. */
export function renderLateCalls(
  { answer, late, kept }: LateCalls,
  context: TrailAnswerContext,
): MessageContent {
  const before = kept.shown?.leadEventId ?? null;
  const isNewAnswer = answer.lead !== null && answer.lead.record.eventId !== before;
  const arrived = late.length === 1 ? 'one more call arrived' : `${late.length} more calls arrived`;
  const words = before === null ? 'there is an answer now' : 'the answer has changed';
  const question = quote(typed(kept.question, QUESTION_CHARACTERS_MAX));
  const head = line(
    '🕔 Since you asked on ',
    date(kept.askedAtMs),
    `, ${arrived}${isNewAnswer ? `: ${words}` : ''}`,
  );
  if (isNewAnswer) {
    const { blocks } = renderTrailAnswer(answer, context);
    return fitMessage({
      text: 'A late call changes an answer',
      blocks: [richText(head, question), ...blocks],
    });
  }
  const { list } = recordItems(late, { consoleUrl: context.consoleUrl, mainRegion: null });
  return fitMessage({ text: arrived, blocks: [richText(head, question, list)] });
}
