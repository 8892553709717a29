import type { App, BufferedIncomingMessage } from '@slack/bolt';
import type { Logger, Store } from '../../ports.ts';

/** What a receiver of HTTP requests keeps of one that was signed rightly. */
export function keepSignature({ headers }: BufferedIncomingMessage): Record<string, unknown> {
  return { signature: headers['x-slack-signature'] };
}

/**
 * A signed request may be sent again by who has read it, for as long as its timestamp is good. A
 * command or a tap counts once, whatever it asks. Events have ids of their own, and one that was not
 * recorded must come again.
 */
export function refuseReplays(
  app: App,
  { store, log }: { readonly store: Pick<Store, 'schedule'>; readonly log: Logger },
): void {
  const dealWith = app.processEvent.bind(app);
  app.processEvent = async (event) => {
    const signature = event.customProperties?.['signature'];
    const isEvent = event.body['type'] === 'event_callback';
    if (isEvent || typeof signature !== 'string') return dealWith(event);
    // Without the store nothing is recorded or shown: then whoever asked is told so.
    const isFirst = await store.schedule([], `signed:${signature}`).catch(() => true);
    if (isFirst) return dealWith(event);
    log.warn('a request that was answered before was left out');
    await event.ack();
  };
}
