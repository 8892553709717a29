import type { SlackContext } from '../../context.ts';

const OPEN_MAX = 20;

/** The bot was invited: sessions that were recorded but could not be shown appear now. */
export async function onMemberJoined(
  context: SlackContext,
  event: { readonly user: string; readonly channel: string },
  dedupeId: string,
): Promise<void> {
  if (event.user !== context.botUserId) return;
  const open = await context.store.listIncidents({
    channelId: event.channel,
    status: 'open',
    limit: OPEN_MAX,
  });
  if (open.length === 0) return;
  const nowMs = context.clock.nowMs();
  const work = open.map(({ incidentId }) => ({
    workId: `render-${incidentId}`,
    dueAtMs: nowMs,
    work: { kind: 'render' as const, incidentId, replyUrl: null },
  }));
  await context.store.schedule(work, dedupeId);
  context.wakeWorkers();
}
