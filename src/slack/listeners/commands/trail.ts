import { findIncident } from '../../../flows/find-incident.ts';
import type { Work } from '../../../ports.ts';
import type { SlackContext } from '../../context.ts';

export interface TrailQuestion {
  readonly question: string;
  readonly userId: string;
  readonly channelId: string;
  readonly threadTs: string | null;
  readonly replyUrl: string | null;
  readonly dedupeId: string;
}

/** What a question that a person has just asked begins with. */
export function firstAnswer(answerId: string) {
  return { answerId, page: 0, look: 0, about: 'question' } as const;
}

/** Asks about the incident that is open where the question was asked, if one is. */
export async function askTrail(context: SlackContext, asked: TrailQuestion): Promise<void> {
  const found = await findIncident(context, asked);
  const incidentId = found.kind === 'one' ? found.incidentId : null;
  await scheduleQuestion(context, { ...asked, incidentId });
}

type Delivery = Extract<Work, { kind: 'answer-trail' }>['deliver'];

/** Hands the question to a worker: a killed process still answers it after its restart. */
export async function scheduleQuestion(
  context: SlackContext,
  asked: TrailQuestion & { readonly incidentId: string | null; readonly deliver?: Delivery },
): Promise<void> {
  const { question, userId, channelId, threadTs, replyUrl, incidentId, dedupeId } = asked;
  const answerId = context.ids.next('trail');
  const work: Work = {
    kind: 'answer-trail',
    ...firstAnswer(answerId),
    question,
    userId,
    channelId,
    threadTs,
    replyUrl,
    incidentId,
    deliver: asked.deliver ?? 'to-asker',
    askedAtMs: context.clock.nowMs(),
  };
  await context.store.schedule([{ workId: answerId, dueAtMs: work.askedAtMs, work }], dedupeId);
  context.wakeWorkers();
}
