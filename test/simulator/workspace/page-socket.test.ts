import { request } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import type {
  PageAction,
  PageServerMessage,
} from '../../../src/simulator/workspace/page-protocol.ts';
import type { Workspace } from '../../../src/simulator/workspace/start-workspace.ts';
import { clientFor, eventually, openWorkspace } from './support.ts';

function connect(workspace: Workspace, name: string, headers: Record<string, string> = {}) {
  return connectAs(workspace, workspace.personId(name), headers);
}

function connectAs(
  workspace: Workspace,
  userId: string | null,
  headers: Record<string, string> = {},
) {
  const url = new URL('/page/socket', workspace.pageUrl);
  url.protocol = 'ws:';
  if (userId !== null) url.searchParams.set('user', userId);
  const socket = new WebSocket(url, { headers });
  onTestFinished(() => socket.terminate());
  const heard: PageServerMessage[] = [];
  let isRefused = false;
  socket.on('message', (data) => heard.push(JSON.parse(String(data))));
  socket.on('error', () => {
    isRefused = true;
  });
  const views = () => heard.filter((message) => message.type === 'workspace');
  const send = (action: PageAction | string) => socket.send(JSON.stringify(action));
  return { heard, views, send, isRefused: () => isRefused };
}

describe('the page', () => {
  test('hears the whole workspace at once and again after changes, several changes in one', async () => {
    const workspace = await openWorkspace();
    const page = connect(workspace, 'ana');
    await eventually(() => page.views().length === 1);
    const channel = workspace.channelId('incidents');

    for (let count = 0; count < 30; count += 1) {
      await clientFor(workspace).chat.postMessage({ channel, text: `number ${count}` });
    }

    await eventually(() => JSON.stringify(page.views().at(-1)).includes('number 29'));
    expect(page.views().length).toBeLessThan(31);
    expect(page.views()[0]).toMatchObject({
      workspace: { name: 'Northwind', me: { name: 'ana' } },
    });
  });

  test.each([
    null,
    'U0OFANEARLIERSTART',
  ])('is the first person’s when it asks for %s', async (userId) => {
    const workspace = await openWorkspace();

    const page = connectAs(workspace, userId);

    await eventually(() => page.views().length === 1);
    expect(page.views()[0]).toMatchObject({ workspace: { me: { name: 'ana' } } });
  });

  test('acts and gets a reply with its own number', async () => {
    const workspace = await openWorkspace();
    const page = connect(workspace, 'ana');
    await eventually(() => page.views().length === 1);
    const channelId = workspace.channelId('incidents');

    page.send('nonsense');
    page.send({ requestId: 'r1', type: 'send', channelId, threadTs: null, text: 'hello' });
    page.send({ requestId: 'r2', type: 'send', channelId: 'C0', threadTs: null, text: 'hello' });

    await eventually(() =>
      page.heard.some((message) => 'requestId' in message && message.requestId === 'r2'),
    );
    expect(page.heard).toContainEqual({ type: 'reply', requestId: 'r1', problem: null });
    expect(page.heard).toContainEqual({
      type: 'reply',
      requestId: 'r2',
      problem: 'There is no such channel.',
    });
  });

  test('a person does not see what is said to another person alone', async () => {
    const workspace = await openWorkspace();
    const page = connect(workspace, 'ben');
    await eventually(() => page.views().length === 1);
    const client = clientFor(workspace);
    const ana = workspace.personId('ana');
    const channel = workspace.channelId('incidents');

    await client.chat.postEphemeral({ channel, user: ana, text: 'secret' });
    await client.chat.postMessage({ channel: ana, text: 'secret' });
    await client.chat.postMessage({ channel, text: 'public' });

    await eventually(() => JSON.stringify(page.views().at(-1)).includes('public'));
    expect(JSON.stringify(page.heard)).not.toContain('secret');
  });

  test('actions are told to whoever started the workspace', async () => {
    const told: string[] = [];
    const workspace = await openWorkspace({ onAction: (_, action) => told.push(action.type) });

    await workspace.perform(workspace.personId('ana'), { type: 'open-home' });

    expect(told).toEqual(['open-home']);
  });
});

describe('only this machine', () => {
  function statusFor(workspace: Workspace, headers: Record<string, string>): Promise<number> {
    return new Promise((resolve, reject) => {
      const call = request(workspace.pageUrl, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      call.on('error', reject);
      call.end();
    });
  }

  test('a foreign Host or Origin is refused, for pages and for sockets', async () => {
    const pageAssets = { find: () => ({ contentType: 'text/html', body: 'page' }) };
    const workspace = await openWorkspace({ pageAssets });
    const rebound = connect(workspace, 'ana', { host: 'evil.example' });
    const foreign = connect(workspace, 'ana', { origin: 'https://evil.example' });

    expect(await statusFor(workspace, {})).toBe(200);
    expect(await statusFor(workspace, { origin: 'http://localhost:5173' })).toBe(200);
    expect(await statusFor(workspace, { host: 'evil.example' })).toBe(403);
    expect(await statusFor(workspace, { origin: 'https://evil.example' })).toBe(403);
    expect(await statusFor(workspace, { origin: 'null' })).toBe(403);
    await eventually(() => rebound.isRefused() && foreign.isRefused());
  });

  test('a body that is too large is refused', async () => {
    const workspace = await openWorkspace();

    const response = await fetch(`${workspace.apiUrl}chat.postMessage`, {
      method: 'POST',
      body: 'x'.repeat(2_000_001),
    });

    expect(response.status).toBe(413);
  });
});
