import type { App, ReceiverEvent } from '@slack/bolt';

/** Slack waits three seconds, then it sends the event again. */
const ACKNOWLEDGED_WITHIN_MS = 2_500;

/**
 * Bolt acknowledges an event before its listeners run: when the process is killed then, or the store
 * is away, nobody sends it again. Here it is acknowledged when they are done with it, and not at all
 * when they failed: Slack brings it back at once, after a minute and after five.
 */
export function acknowledgeEventsWhenDone(app: App, hasFailed: (body: object) => boolean): void {
  const process = app.processEvent.bind(app);
  app.processEvent = async (event) => {
    if (event.body['type'] !== 'event_callback') return process(event);
    const inTime = setTimeout(() => void acknowledge(event), ACKNOWLEDGED_WITHIN_MS);
    try {
      await process({ ...event, ack: async () => undefined });
      if (!hasFailed(event.body)) await acknowledge(event);
    } finally {
      clearTimeout(inTime);
    }
  };
}

/** A connection that is gone, or was answered already, changes nothing: Slack knows what it needs. */
async function acknowledge({ ack }: ReceiverEvent): Promise<void> {
  await ack().catch(() => undefined);
}
