import type { SlackContext } from '../../context.ts';

const SESSIONS_MAX = 20;

/** The bot was invited: sessions that were recorded but could not be shown appear now, closed ones too. */
export async function onMemberJoined(
  context: SlackContext,
  event: { readonly user: string; readonly channel: string },
  dedupeId: string,
): Promise<void> {
  if (event.user !== context.botUserId) return;
  const recent = await context.store.listIncidents({
    channelId: event.channel,
    limit: SESSIONS_MAX,
  });
  if (recent.length === 0) return;
  const nowMs = context.clock.nowMs();
  const work = recent.map(({ incidentId }) => ({
    workId: `render-${incidentId}`,
    dueAtMs: nowMs,
    work: { kind: 'render' as const, incidentId, replyUrl: null },
  }));
  await context.store.schedule(work, dedupeId);
  context.wakeWorkers();
}
