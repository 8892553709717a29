import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';
import type { SocketModeReceiver } from '@slack/bolt';

/** Slack gives up on an envelope after so long: nothing has to be waited for any more. */
const ENVELOPE_LIFE_MS = 3_000;
const LOOK_AGAIN_MS = 5;

export interface Unanswered {
  /** Resolves once nothing that Slack sent over this socket waits for its acknowledgement. */
  none(): Promise<void>;
}

/** Watches what comes in over one socket and what is acknowledged over it. */
export function watchUnanswered(client: SocketModeReceiver['client']): Unanswered {
  const arrivedAtMs = new Map<string, number>();
  const forgetOld = (): void => {
    for (const [id, atMs] of arrivedAtMs) {
      if (performance.now() - atMs < ENVELOPE_LIFE_MS) return;
      arrivedAtMs.delete(id);
    }
  };
  client.on('slack_event', ({ envelope_id: id }: { readonly envelope_id: string }) => {
    forgetOld();
    arrivedAtMs.set(id, performance.now());
  });
  client.on('outgoing_message', ({ envelope_id: id }: { readonly envelope_id: string }) => {
    arrivedAtMs.delete(id);
  });
  return {
    none: async () => {
      // One turn ends the reading that is under way, the next reads what had arrived before.
      await turn();
      for (;;) {
        await turn();
        forgetOld();
        if (arrivedAtMs.size === 0) return;
        await pause(LOOK_AGAIN_MS);
      }
    },
  };
}
