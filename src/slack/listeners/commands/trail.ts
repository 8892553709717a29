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

/** Hands the question to a worker: a killed process still answers it after its restart. */
export async function askTrail(context: SlackContext, asked: TrailQuestion): Promise<void> {
  const { dedupeId, ...question } = asked;
  const found = await findIncident(context, asked);
  const answerId = context.ids.next('trail');
  const work: Work = {
    ...question,
    kind: 'answer-trail',
    ...firstAnswer(answerId),
    deliver: 'to-asker',
    incidentId: found.kind === 'one' ? found.incidentId : null,
    askedAtMs: context.clock.nowMs(),
  };
  await context.store.schedule([{ workId: answerId, dueAtMs: work.askedAtMs, work }], dedupeId);
  context.wakeWorkers();
}
