import type { JournalWriter } from './journal.ts';
import type { Json } from './json.ts';

/** What the workspace sends to the app, whichever way it is connected. */
export interface Outgoing {
  readonly type: 'slash_commands' | 'interactive' | 'events_api';
  readonly payload: Json;
  /** 0 for the first delivery. */
  readonly retryAttempt: number;
  readonly retryReason: string;
}

export type Acknowledgement =
  | { readonly kind: 'acked'; readonly payload: unknown }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'unreachable' };

export interface Delivery {
  deliver(outgoing: Outgoing): Promise<Acknowledgement>;
  /** Connected sockets; in HTTP mode 1 while the last request went through. */
  connections(): number;
  close(): void;
}

/** First delivery of something that Slack does not retry. */
export function once(type: Outgoing['type'], payload: Json): Outgoing {
  return { type, payload, retryAttempt: 0, retryReason: '' };
}

/** Writes each delivery into the journal and doubles those that the faults ask for. */
export function watchDelivery(
  delivery: Delivery,
  journal: JournalWriter,
  takeDuplicate: () => boolean,
): (outgoing: Outgoing) => Promise<Acknowledgement> {
  const send = async (outgoing: Outgoing): Promise<Acknowledgement> => {
    const settle = journal.open(outgoing);
    const answer = await delivery.deliver(outgoing);
    settle(answer.kind, answer.kind === 'acked' ? answer.payload : undefined);
    return answer;
  };
  return async (outgoing) => {
    if (!takeDuplicate()) return send(outgoing);
    const [first] = await Promise.all([send(outgoing), send(outgoing)]);
    return first;
  };
}
