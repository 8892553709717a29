import type { WebhookEvent } from '../domain/webhook/events.ts';

/** Where something outside wants to hear of incidents. */
export interface WebhookTarget {
  /** Names the URL in work items without holding it: a path may be a secret. */
  readonly key: string;
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  /** Null: of every channel. */
  readonly channelIds: readonly string[] | null;
}

export interface WebhookMessage {
  readonly url: string;
  readonly deliveryId: string;
  readonly body: string;
}

/** Resolves with the HTTP status, whichever it is; rejects with `webhook-unavailable` without one. */
export type PostWebhook = (message: WebhookMessage, signal: AbortSignal) => Promise<number>;
