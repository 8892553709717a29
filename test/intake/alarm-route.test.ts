import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseAlarmMessage } from '../../src/aws/alarm-messages/parse-alarm-message.ts';
import { type AlarmRouteDependencies, alarmRoute } from '../../src/intake/alarm-route.ts';
import { sign, verifySignature } from '../../src/intake/verify-signature.ts';
import { createHttpReceiver } from '../../src/slack/connect/http-receiver.ts';
import { eventBridgeMessage, inEnvelope, rawNotification } from '../support/alarm-messages.ts';
import { createKeptLog } from '../support/kept-log.ts';
import { freePort } from '../support/redis-server.ts';

const SECRET = 'a secret of the tests';
const NOW_MS = Date.parse('2026-10-14T10:45:00Z');
const NOW = String(NOW_MS / 1_000);

async function serve(changes: Partial<AlarmRouteDependencies> = {}) {
  const log = createKeptLog();
  const taken: string[] = [];
  const { handler } = alarmRoute({
    secret: SECRET,
    nowMs: () => NOW_MS,
    log,
    parse: parseAlarmMessage,
    take: async ({ name }) => {
      taken.push(name);
      return { kind: 'opened', incidentId: 'RT-7K3F9' };
    },
    ...changes,
  });
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/alarms`;
  const post = async (body: string, headers: Readonly<Record<string, string>>) => {
    const answer = await fetch(url, { method: 'POST', body, headers });
    return { status: answer.status, body: await answer.json(), headers: answer.headers };
  };
  return { log, taken, post };
}

const signed = (body: string, timestamp = NOW, secret = SECRET) => ({
  'x-redthread-timestamp': timestamp,
  'x-redthread-signature': sign(timestamp, body, secret),
});

describe('a posted alarm', () => {
  it.each([
    ['an event of EventBridge', eventBridgeMessage()],
    ['a notification', rawNotification()],
    ['one in an envelope', inEnvelope(rawNotification())],
  ])('is taken when it is signed: %s', async (_what, body) => {
    const { post, taken } = await serve();
    const answer = await post(body, signed(body));
    expect([answer.status, answer.body]).toEqual([
      200,
      { outcome: 'opened', incidentId: 'RT-7K3F9' },
    ]);
    expect(taken).toEqual(['checkout-5xx']);
  });

  const body = eventBridgeMessage();
  it.each([
    ['without a signature', {}, 'signature-missing'],
    ['signed with another secret', signed(body, NOW, 'another secret'), 'signature-wrong'],
    ['signed for another body', signed(rawNotification()), 'signature-wrong'],
    [
      'with another timestamp',
      { ...signed(body), 'x-redthread-timestamp': String(Number(NOW) + 1) },
      'signature-wrong',
    ],
    ['with no timestamp to speak of', signed(body, 'soon'), 'signature-wrong'],
    ['signed too long ago', signed(body, String(Number(NOW) - 301)), 'signature-too-old'],
    ['from the future', signed(body, String(Number(NOW) + 61)), 'signature-from-the-future'],
  ])('is refused %s', async (_what, headers: Record<string, string>, code) => {
    const { post, taken, log } = await serve();
    const answer = await post(body, headers);
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({ error: { code, message: expect.stringMatching(/\.$/) } });
    expect(taken).toEqual([]);
    expect(JSON.stringify(log.lines)).not.toContain(SECRET);
  });

  it('is taken up to five minutes after it was signed, and a little ahead', async () => {
    const { post } = await serve();
    for (const seconds of [-300, 60]) {
      const answer = await post(body, signed(body, String(Number(NOW) + seconds)));
      expect(answer.status).toBe(200);
    }
  });

  it('is told what is wrong with it, once it is signed', async () => {
    const { post } = await serve();
    const other = '{"hello":"there"}';
    expect(await post(other, signed(other))).toMatchObject({
      status: 422,
      body: { error: { code: 'not-an-alarm' } },
    });
    const event = body.replace('CloudWatch Alarm State Change', 'Something else');
    expect(await post(event, signed(event))).toMatchObject({
      status: 200,
      body: { outcome: 'no-alarm' },
    });
  });

  it('is read up to a limit', async () => {
    const { post } = await serve();
    const long = 'x'.repeat(256 * 1024 + 1);
    expect(await post(long, signed(long))).toMatchObject({
      status: 413,
      body: { error: { code: 'too-large' } },
    });
  });

  it('is asked for again when it could not be recorded, without a word of why', async () => {
    const { post } = await serve({ take: () => Promise.reject(new Error('redis://:canary@host')) });
    const answer = await post(body, signed(body));
    expect(answer).toMatchObject({ status: 503, body: { error: { code: 'not-recorded' } } });
    expect(answer.headers.get('retry-after')).toBe('10');
    expect(JSON.stringify(answer.body)).not.toContain('canary');
  });
});

it('is served beside Slack’s own requests', async () => {
  const port = await freePort();
  const route = alarmRoute({
    secret: SECRET,
    nowMs: () => NOW_MS,
    log: createKeptLog(),
    parse: parseAlarmMessage,
    take: async () => ({ kind: 'opened', incidentId: 'RT-7K3F9' }),
  });
  const signingSecret = 'the signing secret of Slack';
  const receiver = createHttpReceiver({
    signingSecret,
    port,
    routes: [route],
    log: createKeptLog(),
  });
  await receiver.start(port);
  onTestFinished(async () => void (await receiver.stop()));
  const body = eventBridgeMessage();
  const url = `http://127.0.0.1:${port}/alarms`;
  const answer = await fetch(url, { method: 'POST', body, headers: signed(body) });
  expect([answer.status, await answer.json()]).toMatchObject([200, { outcome: 'opened' }]);
});

describe('a signature', () => {
  it('fits only what was signed', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (text, other, signature) => {
        const request = { timestamp: NOW, body: Buffer.from(text) };
        const good = sign(NOW, text, SECRET);
        expect(verifySignature({ ...request, signature: good }, SECRET, NOW_MS)).toBe('good');
        const forged = verifySignature({ ...request, signature }, SECRET, NOW_MS);
        expect(forged).toBe('wrong');
        const swapped = { ...request, signature: sign(NOW, other, SECRET) };
        const expected = other === text ? 'good' : 'wrong';
        expect(verifySignature(swapped, SECRET, NOW_MS)).toBe(expected);
      }),
    );
  });
});
