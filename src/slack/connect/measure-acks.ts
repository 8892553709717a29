import type { App, ReceiverEvent } from '@slack/bolt';
import type { InteractionReport } from '../../ports.ts';

/** By the payload's `type`; slash commands have none. */
const KINDS: Readonly<Record<string, InteractionReport['kind']>> = {
  block_actions: 'button',
  block_suggestion: 'button',
  view_submission: 'form',
  view_closed: 'form',
  message_action: 'shortcut',
  shortcut: 'shortcut',
  event_callback: 'event',
};

/** Reports every payload once it is dealt with: what it was, and how soon it was acknowledged. */
export function measureAcks(app: App, onInteraction: (report: InteractionReport) => void): void {
  const dealWith = app.processEvent.bind(app);
  app.processEvent = async (event) => {
    const arrivedMs = performance.now();
    let ackSeconds: number | null = null;
    const ack: ReceiverEvent['ack'] = (response) => {
      ackSeconds ??= (performance.now() - arrivedMs) / 1_000;
      return event.ack(response);
    };
    const kind = kindOf(event.body);
    try {
      await dealWith({ ...event, ack });
      onInteraction({ kind, outcome: ackSeconds === null ? 'silent' : 'acknowledged', ackSeconds });
    } catch (error) {
      onInteraction({ kind, outcome: 'failed', ackSeconds });
      throw error;
    }
  };
}

function kindOf(body: ReceiverEvent['body']): InteractionReport['kind'] {
  if (typeof body['command'] === 'string') return 'command';
  const type = String(body['type']);
  return Object.hasOwn(KINDS, type) ? (KINDS[type] ?? 'other') : 'other';
}
