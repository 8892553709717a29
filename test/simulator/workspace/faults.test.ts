import { describe, expect, test } from 'vitest';
import type { Workspace } from '../../../src/simulator/workspace/start-workspace.ts';
import {
  clientFor,
  errorOf,
  eventually,
  messagesSeenBy,
  openWorkspace,
  say,
  startApp,
} from './support.ts';

async function opened() {
  const workspace = await openWorkspace();
  const channel = workspace.channelId('incidents');
  const client = clientFor(workspace);
  const post = (text = 'x') => client.chat.postMessage({ channel, text });
  return { workspace, client, channel, post };
}

function textsIn(workspace: Workspace): readonly string[] {
  return messagesSeenBy(workspace, 'ana', 'incidents').map(({ text }) => text);
}

describe('Web API calls', () => {
  test('a dropped reply leaves the message posted and the app without an answer', async () => {
    const { workspace, post } = await opened();
    workspace.faults.nextCalls('chat.postMessage', { kind: 'drop-reply' });

    await expect(post('once')).rejects.toMatchObject({ code: 'slack_webapi_request_error' });
    expect(await errorOf(post('twice'))).toBe('ok');

    expect(textsIn(workspace).slice(-2)).toEqual(['once', 'twice']);
    expect(workspace.journal.calls('chat.postMessage')[0]?.answer).toMatchObject({ ok: true });
  });

  test('a server error is applied or not, as asked', async () => {
    const { workspace, post } = await opened();
    workspace.faults.nextCalls('chat.postMessage', {
      kind: 'status',
      status: 503,
      isApplied: false,
    });
    workspace.faults.nextCalls('chat.postMessage', {
      kind: 'status',
      status: 500,
      isApplied: true,
    });

    await expect(post('lost')).rejects.toMatchObject({ statusCode: 503 });
    await expect(post('kept')).rejects.toMatchObject({ statusCode: 500 });

    expect(textsIn(workspace)).toContain('kept');
    expect(textsIn(workspace)).not.toContain('lost');
  });

  test('a rate limit and an error code come as planned, then calls work again', async () => {
    const { workspace, post } = await opened();
    workspace.faults.nextCalls('chat.postMessage', { kind: 'rate-limit', retryAfterSeconds: 7 });
    workspace.faults.nextCalls('chat.postMessage', { kind: 'error', error: 'fatal_error' });

    await expect(post()).rejects.toMatchObject({ retryAfter: 7 });
    expect(await errorOf(post())).toBe('fatal_error');
    expect(await errorOf(post())).toBe('ok');
  });

  test('a hanging call is never answered and never applied', async () => {
    const { workspace, channel } = await opened();
    workspace.faults.nextCalls('chat.postMessage', { kind: 'hang' });
    const giveUp = new AbortController();
    const call = fetch(`${workspace.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${workspace.botToken}` },
      body: new URLSearchParams({ channel, text: 'never' }),
      signal: giveUp.signal,
    });

    await eventually(() => workspace.journal.calls('chat.postMessage').length === 1);
    giveUp.abort();

    await expect(call).rejects.toThrow();
    expect(textsIn(workspace)).not.toContain('never');
  });

  test('a revoked token answers so until it is given back', async () => {
    const { workspace, post } = await opened();

    workspace.faults.revokeToken();
    expect(await errorOf(post())).toBe('token_revoked');
    workspace.faults.revokeToken(false);

    expect(await errorOf(post())).toBe('ok');
  });
});

test('history that lags does not know a message that people already see', async () => {
  const { workspace, client, channel, post } = await opened();
  const { ts: root = '' } = await post('root');
  const newest = async () =>
    (await client.conversations.history({ channel, limit: 1 })).messages?.[0]?.text;
  const inThread = async () =>
    (await client.conversations.replies({ channel, ts: root })).messages?.length;
  workspace.faults.delayHistory(60_000);
  await post('late');
  await client.chat.postMessage({ channel, text: 'late reply', thread_ts: root });

  expect(await newest()).toBe('root');
  expect(await inThread()).toBe(1);
  expect(textsIn(workspace)).toContain('late');

  workspace.faults.delayHistory(0);
  await post('now');
  expect(await newest()).toBe('now');
});

test('an archived channel and a channel the bot was taken out of refuse it', async () => {
  const { workspace, client, channel, post } = await opened();
  const deploys = workspace.channelId('deploys');

  workspace.faults.archiveChannel(channel);
  workspace.faults.removeBot(deploys);

  expect(await errorOf(post())).toBe('is_archived');
  expect(await errorOf(client.chat.postMessage({ channel: deploys, text: 'x' }))).toBe(
    'not_in_channel',
  );
  expect((await say(workspace, 'ana', 'anybody?')).problem).not.toBeNull();
});

test('an event delivered twice has the same event id twice', async () => {
  const { workspace } = await opened();
  const heard: string[] = [];
  await startApp(workspace, (app) => {
    app.event('app_mention', async ({ body }) => {
      heard.push(body.event_id);
    });
    app.command('/triage', async ({ ack, command }) => {
      heard.push(command.trigger_id);
      await ack('ok');
    });
  });

  workspace.faults.deliverTwice(1);
  await say(workspace, 'ana', '/triage x');
  workspace.faults.deliverTwice(2);
  await say(workspace, 'ana', '@tester hello');

  await eventually(() => heard.length === 4);
  expect(new Set(heard).size).toBe(2);
});

test('cleared faults do not happen', async () => {
  const { workspace, post } = await opened();
  workspace.faults.nextCalls('chat.postMessage', { kind: 'hang' }, 5);
  workspace.faults.revokeToken();

  workspace.faults.clear();

  expect(await errorOf(post())).toBe('ok');
});
