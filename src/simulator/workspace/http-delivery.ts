import { createHmac } from 'node:crypto';
import type { Acknowledgement, Delivery, Outgoing } from './delivery.ts';
import { parseJson } from './json.ts';

interface HttpDeliveryOptions {
  readonly url: string;
  readonly signingSecret: string;
  readonly ackMs: number;
  changed(): void;
}

/** The three shapes in which Slack posts: a flat form, a form with one `payload`, and JSON. */
function encode(outgoing: Outgoing): { readonly type: string; readonly body: string } {
  const form = 'application/x-www-form-urlencoded';
  switch (outgoing.type) {
    case 'slash_commands': {
      const fields = Object.entries(outgoing.payload).map(([key, value]) => [key, String(value)]);
      return { type: form, body: new URLSearchParams(Object.fromEntries(fields)).toString() };
    }
    case 'interactive': {
      const payload = JSON.stringify(outgoing.payload);
      return { type: form, body: new URLSearchParams({ payload }).toString() };
    }
    case 'events_api':
      return { type: 'application/json', body: JSON.stringify(outgoing.payload) };
  }
}

function headers(outgoing: Outgoing, type: string, body: string, signingSecret: string) {
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const digest = createHmac('sha256', signingSecret)
    .update(`v0:${timestamp}:${body}`)
    .digest('hex');
  const retries: Record<string, string> =
    outgoing.retryAttempt === 0
      ? {}
      : {
          'x-slack-retry-num': String(outgoing.retryAttempt),
          'x-slack-retry-reason':
            outgoing.retryReason === 'timeout' ? 'http_timeout' : outgoing.retryReason,
        };
  return {
    'content-type': type,
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${digest}`,
    ...retries,
  };
}

/** A text body is a message to the person, a JSON body is taken as it is, an empty one is a bare ack. */
function answerPayload(contentType: string, text: string): unknown {
  if (text === '') return undefined;
  return contentType.includes('json') ? parseJson(text) : { text };
}

/** Signed requests to the app's public URL, as Slack sends them without Socket Mode. */
export function createHttpDelivery(options: HttpDeliveryOptions): Delivery {
  let wasReached = true;
  const closing = new AbortController();
  const note = (isReached: boolean) => {
    if (isReached === wasReached) return;
    wasReached = isReached;
    options.changed();
  };
  return {
    connections: () => (wasReached ? 1 : 0),
    async deliver(outgoing): Promise<Acknowledgement> {
      const { type, body } = encode(outgoing);
      const deadline = AbortSignal.timeout(options.ackMs);
      try {
        const response = await fetch(options.url, {
          method: 'POST',
          headers: headers(outgoing, type, body, options.signingSecret),
          body,
          redirect: 'manual',
          signal: AbortSignal.any([deadline, closing.signal]),
        });
        const text = await response.text();
        note(true);
        if (!response.ok) return { kind: 'unreachable' };
        const contentType = response.headers.get('content-type') ?? '';
        return { kind: 'acked', payload: answerPayload(contentType, text) };
      } catch {
        if (deadline.aborted) return { kind: 'timeout' };
        note(false);
        return { kind: 'unreachable' };
      }
    },
    close: () => closing.abort(),
  };
}
