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

/** Hands the question to a worker: a killed process still answers it after its restart. */
export async function askTrail(context: SlackContext, asked: TrailQuestion): Promise<void> {
  const { dedupeId, ...question } = asked;
  const found = await findIncident(context, asked);
  const work: Work = {
    ...question,
    kind: 'answer-trail',
    deliver: 'to-asker',
    incidentId: found.kind === 'one' ? found.incidentId : null,
    askedAtMs: context.clock.nowMs(),
  };
  const workId = context.ids.next('trail');
  await context.store.schedule([{ workId, dueAtMs: work.askedAtMs, work }], dedupeId);
  context.wakeWorkers();
}
