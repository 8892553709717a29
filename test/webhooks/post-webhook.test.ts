import { afterEach, describe, expect, it } from 'vitest';
import { isAppError } from '../../src/errors.ts';
import { verifySignature } from '../../src/intake/verify-signature.ts';
import { createWebhookPoster } from '../../src/webhooks/post-webhook.ts';
import { OPENED_AT_MS } from '../support/incident-builders.ts';
import {
  type ReceiverAnswer,
  startReceiver,
  type WebhookReceiver,
} from '../support/webhook-receiver.ts';

const SECRET = 'a secret of the tests';
const NEVER = new AbortController().signal;
const BODY = '{"title":"Größer als 5 %"}';

const receivers: WebhookReceiver[] = [];
afterEach(() => {
  for (const receiver of receivers.splice(0)) receiver.close();
});

async function receiverOf(answer: ReceiverAnswer): Promise<WebhookReceiver> {
  const receiver = await startReceiver([answer]);
  receivers.push(receiver);
  return receiver;
}

function post(origin: string, timeoutMs?: number, signal = NEVER): Promise<number> {
  const settings = { signingSecret: SECRET, nowMs: () => OPENED_AT_MS };
  const poster = createWebhookPoster({
    ...settings,
    ...(timeoutMs !== undefined && { timeoutMs }),
  });
  return poster({ url: `${origin}/secret-path`, deliveryId: 'RT-1-opened-1', body: BODY }, signal);
}

const troubleOf = (posted: Promise<number>) =>
  posted.then(
    (status) => `answered ${status}`,
    (error: unknown) =>
      isAppError(error, 'webhook-unavailable') ? error.message : `unexpected: ${error}`,
  );

describe('a posted webhook', () => {
  it('arrives whole, named, and signed as the bot’s own verifier expects it', async () => {
    const receiver = await receiverOf(204);
    expect(await post(receiver.origin)).toBe(204);
    const [{ headers, body }] = receiver.received as [(typeof receiver.received)[number]];
    expect(body.toString()).toBe(BODY);
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'idempotency-key': 'RT-1-opened-1',
    });
    const signed = {
      timestamp: headers['x-redthread-timestamp'] as string,
      signature: headers['x-redthread-signature'] as string,
      body,
    };
    expect(verifySignature(signed, SECRET, OPENED_AT_MS)).toBe('good');
    expect(verifySignature(signed, 'the secret of another', OPENED_AT_MS)).toBe('wrong');
  });

  it.each([
    200, 404, 500,
  ])('tells the status %i, and reads nothing of a long answer', async (status) => {
    const { origin } = await receiverOf(status);
    expect(await post(origin)).toBe(status);
  });

  it('follows no redirect', async () => {
    const elsewhere = await receiverOf(200);
    const { origin } = await receiverOf({ redirectTo: `${elsewhere.origin}/other` });
    expect(await post(origin)).toBe(302);
    expect(elsewhere.received).toEqual([]);
  });

  it('gives up on who does not answer in time, naming the host alone', async () => {
    const { origin } = await receiverOf('hang');
    expect(await troubleOf(post(origin, 50))).toMatch(
      /^127\.0\.0\.1:\d+ did not answer within 0\.05 s\.$/,
    );
  });

  it('says that nobody listens, naming the host alone', async () => {
    const receiver = await receiverOf(200);
    receiver.close();
    expect(await troubleOf(post(receiver.origin))).toMatch(
      /^127\.0\.0\.1:\d+ was not reached \(ECONNREFUSED\)\.$/,
    );
  });

  it('stops when the bot does', async () => {
    const { origin } = await receiverOf('hang');
    expect(await troubleOf(post(origin, 60_000, AbortSignal.timeout(50)))).toMatch(
      /was not reached/,
    );
  });
});
