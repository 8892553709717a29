import type { IncidentState } from '../domain/incident/state.ts';
import { webhookEventsBetween } from '../domain/webhook/events.ts';
import type { ScheduledWork, WebhookTarget } from '../ports.ts';

/** One item for each receiver, so that one that is down keeps no other waiting. */
export function webhookWork(
  targets: readonly WebhookTarget[],
  before: IncidentState | null,
  after: IncidentState,
  dueAtMs: number,
): readonly ScheduledWork[] {
  const { incidentId, channelId, version: ofVersion } = after;
  return webhookEventsBetween(before, after).flatMap((event) =>
    targets
      .filter(({ events }) => events.includes(event))
      .filter(({ channelIds }) => channelIds?.includes(channelId) ?? true)
      .map(({ key: webhookKey }) => ({
        workId: `webhook-${webhookKey}-${event}-${incidentId}-${ofVersion}`,
        dueAtMs,
        work: { kind: 'deliver-webhook', incidentId, event, webhookKey, ofVersion },
      })),
  );
}
