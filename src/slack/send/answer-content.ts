import type { TrailAnswer } from '../../domain/trail/answer.ts';
import type { EndedBy } from '../../domain/trail/cut-short.ts';
import type { Work } from '../../ports.ts';
import type { MessageContent } from '../blocks/message.ts';
import { renderTrailAnswer, type TrailAnswerContext } from '../blocks/trail-answer.ts';
import type { SlackContext } from '../context.ts';

type TrailWork = Extract<Work, { kind: 'answer-trail' }>;

export interface Ended {
  readonly answer: TrailAnswer;
  readonly endedBy: EndedBy;
}

/** The answer as whoever asked reads it: in their time zone, with buttons when it is theirs alone. */
export async function contentOf(
  context: SlackContext,
  work: TrailWork,
  { answer, endedBy }: Ended,
): Promise<MessageContent> {
  return renderTrailAnswer(answer, { ...(await viewOf(context, work)), endedBy });
}

export async function viewOf(context: SlackContext, work: TrailWork): Promise<TrailAnswerContext> {
  const { timeZone } = await context.people.describe(work.userId);
  return {
    timeZone,
    nowMs: context.clock.nowMs(),
    incidentId: work.incidentId,
    consoleUrl: context.consoleUrl,
    answerId: work.deliver === 'to-asker' ? work.answerId : null,
    page: work.page,
    endedBy: 'itself',
  };
}
