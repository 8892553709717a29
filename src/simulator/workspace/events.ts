import type { Acknowledgement, Outgoing } from './delivery.ts';
import type { FaultPlan } from './faults.ts';
import type { Ids } from './ids.ts';
import type { Json } from './json.ts';
import type { Settings } from './settings.ts';
import type { Timers } from './timers.ts';

interface EventParts {
  readonly settings: Settings;
  readonly ids: Ids;
  readonly timers: Timers;
  readonly faults: Pick<FaultPlan, 'takeRenewal' | 'eventsFlow'>;
  deliver(outgoing: Outgoing): Promise<Acknowledgement>;
}

/** The Events API's wrapper around an event, as recorded from Slack. */
function wrapEvent(settings: Settings, ids: Ids, event: Json): Json {
  return {
    token: settings.verificationToken,
    team_id: settings.teamId,
    context_team_id: settings.teamId,
    context_enterprise_id: null,
    api_app_id: settings.appId,
    event,
    type: 'event_callback',
    event_id: ids.id('Ev'),
    event_time: Math.floor(Date.now() / 1_000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: settings.teamId,
        user_id: settings.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event_context: `4-${Buffer.from(JSON.stringify({ et: event['type'] })).toString('base64url')}`,
  };
}

/** Events are the one thing that Slack sends again when nobody acknowledged it. */
async function deliverWithRetries(parts: EventParts, payload: Json): Promise<void> {
  const delaysMs = parts.settings.timings.eventRetryDelaysMs;
  let retryReason = '';
  for (let retryAttempt = 0; retryAttempt <= delaysMs.length; retryAttempt += 1) {
    const answer = await parts.deliver({ type: 'events_api', payload, retryAttempt, retryReason });
    if (answer.kind === 'acked') return;
    retryReason = answer.kind === 'timeout' ? 'timeout' : 'connection_failed';
    const delayMs = delaysMs[retryAttempt];
    if (delayMs === undefined) return;
    await parts.timers.pause(delayMs);
  }
}

export function createEventPublisher(
  parts: EventParts,
): (subscription: string, event: Json) => void {
  return (subscription, event) => {
    if (!parts.settings.manifest.botEvents.has(subscription)) return;
    const { settings, ids, faults } = parts;
    const copies = faults.takeRenewal() ? 2 : 1;
    const payloads = Array.from({ length: copies }, () => wrapEvent(settings, ids, event));
    void faults
      .eventsFlow()
      .then(() => Promise.all(payloads.map((payload) => deliverWithRetries(parts, payload))));
  };
}
