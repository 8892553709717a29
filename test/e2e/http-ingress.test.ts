import { createHmac } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sign } from '../../src/intake/verify-signature.ts';
import { startWorkspace, type Workspace } from '../../src/simulator/workspace/start-workspace.ts';
import { MANIFEST } from '../../src/slack/manifest.ts';
import { eventBridgeMessage, inEnvelope, rawNotification } from '../support/alarm-messages.ts';
import { ALARM_SECRET, alarmConfigFile } from '../support/e2e/alarm-world.ts';
import { type HttpBot, SIGNING_SECRET, startHttpBot } from '../support/e2e/http-bot.ts';
import { createPerson } from '../support/e2e/person.ts';
import { chunk, chunkedHead, type RawAnswer, rawExchange } from '../support/e2e/raw-http.ts';
import { hasNoWorkNow } from '../support/e2e/sessions.ts';
import { until } from '../support/poll.ts';
import { freePort } from '../support/redis-server.ts';

const FORM = 'application/x-www-form-urlencoded';
const KNOWN_TOPIC = 'arn:aws:sns:eu-west-1:111122223333:other-alarms';
const PATHS = ['/slack/events', '/alarms'] as const;

const nowSeconds = () => Math.floor(Date.now() / 1_000);

interface Signed {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

function signed(body: string, type = FORM, timestamp = nowSeconds()): Signed {
  const hmac = createHmac('sha256', SIGNING_SECRET).update(`v0:${timestamp}:${body}`);
  return {
    body,
    headers: {
      'content-type': type,
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': `v0=${hmac.digest('hex')}`,
    },
  };
}

function signedAlarm(body: string): Signed {
  const timestamp = String(nowSeconds());
  const headers = {
    'x-redthread-timestamp': timestamp,
    'x-redthread-signature': sign(timestamp, body, ALARM_SECRET),
  };
  return { body, headers };
}

/** The port that a proxy leads to from outside: what does not come from Slack has no effect. */
describe('the HTTP ingress', () => {
  let workspace: Workspace;
  let bot: HttpBot;
  let port: number;
  let origin: string;
  /** What a message names; nobody should ever ask there. */
  let lure: Server;
  let lured = 0;
  /** Begun first, because they take as long as the bot's patience. */
  let slow: readonly Promise<RawAnswer>[];

  beforeAll(async () => {
    port = await freePort();
    origin = `http://127.0.0.1:${port}`;
    workspace = await startWorkspace({
      manifest: MANIFEST,
      delivery: { mode: 'http', url: `${origin}/slack/events`, signingSecret: SIGNING_SECRET },
    });
    lure = createServer((_request, response) => {
      lured += 1;
      response.end();
    }).listen(0, '127.0.0.1');
    const configPath = alarmConfigFile(workspace.channelId('incidents'));
    appendFileSync(configPath, `  topics: ["${KNOWN_TOPIC}"]\n`);
    const { apiUrl, botToken } = workspace;
    bot = await startHttpBot({
      apiUrl,
      botToken,
      port,
      environment: {
        REDTHREAD_CONFIG: configPath,
        ALARM_SIGNING_SECRET: ALARM_SECRET,
      },
    });
    slow = [
      rawExchange(port, 'POST /slack/events HTTP/1.1\r\nhost: 127.0.0.1\r\nx-slow: '),
      ...PATHS.map((path) => rawExchange(port, chunkedHead(path) + chunk('a little'))),
    ];
  });
  afterAll(async () => {
    await bot.close();
    await workspace.close();
    lure.close();
  });

  async function post(request: Signed, path: string = PATHS[0], method = 'POST') {
    const { body, headers } = request;
    const answer = await fetch(origin + path, {
      method,
      headers,
      ...(method === 'POST' ? { body } : {}),
    });
    return { status: answer.status, text: await answer.text() };
  }

  let triggers = 0;
  const commandBody = (text: string) => {
    triggers += 1;
    return new URLSearchParams({
      command: '/triage',
      text,
      team_id: workspace.teamId,
      channel_id: workspace.channelId('incidents'),
      user_id: workspace.personId('ana'),
      is_enterprise_install: 'false',
      trigger_id: `1.${triggers}.abc`,
      response_url: `${origin}/nowhere`,
    }).toString();
  };
  const incidents = async () => (await bot.store.listIncidents({ limit: 10 })).length;

  it('refuses what was signed more than five minutes ago or ahead', async () => {
    for (const seconds of [-302, 302]) {
      const request = signed(commandBody('forged outage'), FORM, nowSeconds() + seconds);
      expect(await post(request)).toEqual({ status: 401, text: '' });
    }
    expect(await incidents()).toBe(0);
    const request = signed(commandBody('status'), FORM, nowSeconds() + 290);
    expect((await post(request)).status).toBe(200);
  });

  it('lets a command that is sent again have no effect, and tells nothing then', async () => {
    const open = signed(commandBody('checkout is down sev2'));
    expect((await post(open)).text).toContain('is open');
    expect(await post(open)).toEqual({ status: 200, text: '' });
    const status = signed(commandBody('status'));
    expect((await post(status)).text).toContain('checkout is down');
    expect(await post(status)).toEqual({ status: 200, text: '' });
    expect(await incidents()).toBe(1);
    expect(JSON.stringify(bot.logLines)).toContain('a request that was answered before');
  });

  it('lets an event that is sent again have no effect', async () => {
    const [incident] = await bot.store.listIncidents({ limit: 1 });
    const incidentId = incident?.incidentId ?? '';
    const event = {
      type: 'app_mention',
      user: workspace.personId('ana'),
      text: `<@${workspace.botUserId}> note it began at ten`,
      channel: workspace.channelId('incidents'),
      ts: `${nowSeconds()}.000100`,
    };
    const body = { type: 'event_callback', team_id: workspace.teamId, event_id: 'Ev1', event };
    const request = signed(JSON.stringify(body), 'application/json');
    expect([(await post(request)).status, (await post(request)).status]).toEqual([200, 200]);
    const state = await bot.store.readState(incidentId);
    expect(state?.notes.map(({ text }) => text)).toEqual(['it began at ten']);
  });

  it('lets an event that is sent again under another id have no effect', async () => {
    const [incident] = await bot.store.listIncidents({ limit: 1 });
    const incidentId = incident?.incidentId ?? '';
    const root = await until('the card', async () =>
      (await bot.store.readMessages(incidentId)).find(({ slot, ts }) => slot === 'root' && ts),
    );
    const ana = createPerson(workspace, 'ana', workspace.channelId('incidents'));
    await ana.say('first complaint', root.ts);
    const { ts } = await ana.seeMessage('first complaint');
    const send = async (type: string, eventId: string, eventTs: string) => {
      const item = { type: 'message', channel: ana.channelId, ts };
      const event = { type, user: ana.id, reaction: 'pushpin', item, event_ts: eventTs };
      const team = { team_id: workspace.teamId, event_id: eventId };
      const body = JSON.stringify({ type: 'event_callback', ...team, event });
      await post(signed(body, 'application/json'));
      return (await bot.store.readState(incidentId))?.capturedMessages.length;
    };
    expect(await send('reaction_added', 'Ev2', '1.000001')).toBe(1);
    expect(await send('reaction_removed', 'Ev3', '1.000002')).toBe(0);
    expect(await send('reaction_added', 'Ev4', '1.000001')).toBe(0);
  });

  it('lets an alarm that is sent again have no effect', async () => {
    const before = await incidents();
    const body = eventBridgeMessage({ name: 'replayed', atMs: Date.now() - 60_000 });
    const request = signedAlarm(body);
    expect((await post(request, '/alarms')).text).toContain('opened');
    expect((await post(request, '/alarms')).text).toContain('known');
    expect(await incidents()).toBe(before + 1);
  });

  it('takes alarms of known topics only, and asks at no address that a message names', async () => {
    const before = await incidents();
    const address = `http://127.0.0.1:${(lure.address() as AddressInfo).port}/`;
    const wrapped = JSON.parse(inEnvelope(rawNotification()));
    const addresses = { SubscribeURL: address, SigningCertURL: address, UnsubscribeURL: address };
    const send = (changes: object) =>
      post(signedAlarm(JSON.stringify({ ...wrapped, ...addresses, ...changes })), '/alarms');
    expect(await send({})).toMatchObject({
      status: 422,
      text: expect.stringContaining('does not name'),
    });
    const asked = await send({ Type: 'SubscriptionConfirmation', TopicArn: KNOWN_TOPIC });
    expect(asked).toMatchObject({ status: 422, text: expect.stringContaining('never gives') });
    expect(await incidents()).toBe(before);
    expect((await send({ TopicArn: KNOWN_TOPIC })).status).toBe(200);
    expect(lured).toBe(0);
  });

  it.each(PATHS)('reads a megabyte at most on %s, and closes the connection then', async (path) => {
    const answer = await rawExchange(port, chunkedHead(path) + chunk('x'.repeat(1_100_000)));
    expect(answer.status).toBe(413);
  });

  it.each([
    ['another method', signed(''), 'PUT', 404],
    ['a question', signed(''), 'GET', 404],
    [
      'no signature',
      { body: 'command=/triage&text=forged', headers: { 'content-type': FORM } },
      'POST',
      401,
    ],
    ['no body', { body: '', headers: {} }, 'POST', 401],
    ['a body of another kind', signed('command=/triage&text=forged', 'text/plain'), 'POST', 400],
    ['half a body', signed('{"type": "event_call', 'application/json'), 'POST', 400],
  ])('refuses %s', async (_what, request, method, status) => {
    const before = await incidents();
    expect(await post(request, PATHS[0], method)).toEqual({ status, text: '' });
    expect(await incidents()).toBe(before);
  });

  it('is not there for other machines unless it is told to be', async () => {
    await expect(fetch(`http://127.0.0.2:${port}/healthz`)).rejects.toThrow();
    expect((await fetch(`${origin}/healthz`)).status).toBe(200);
  });

  it('does not wait for whoever sends head or body too slowly', async () => {
    expect((await Promise.all(slow)).map(({ status }) => status)).toEqual([408, 408, 408]);
  });

  it('met no error on the way', async () => {
    await until('nothing is left to do', () => hasNoWorkNow(bot.store));
    expect(bot.logLines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
