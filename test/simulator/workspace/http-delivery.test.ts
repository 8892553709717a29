import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import { expect, onTestFinished, test } from 'vitest';
import {
  buttonBlocks,
  clickButton,
  clientFor,
  eventually,
  messagesSeenBy,
  openWorkspace,
  say,
} from './support.ts';

const signingSecret = 'a signing secret of the test';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function openOverHttp(secretOfApp: string, register: (app: App) => void) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/slack/events`;
  const workspace = await openWorkspace({ delivery: { mode: 'http', url, signingSecret } });
  const receiver = new HTTPReceiver({ signingSecret: secretOfApp, logLevel: LogLevel.ERROR });
  const app = new App({
    token: workspace.botToken,
    receiver,
    convoStore: false,
    clientOptions: { slackApiUrl: workspace.apiUrl },
  });
  register(app);
  await app.start(port);
  onTestFinished(async () => {
    await app.stop();
  });
  return workspace;
}

test('commands, clicks and events come as signed requests that Bolt accepts', async () => {
  const heard: string[] = [];
  const workspace = await openOverHttp(signingSecret, (app) => {
    app.command('/triage', ({ ack, command }) => ack(`heard ${command.text}`));
    app.action('go', async ({ ack, respond }) => {
      await ack();
      await respond('clicked');
    });
    app.event('app_mention', async ({ event }) => {
      heard.push(event.text);
    });
  });
  const channel = workspace.channelId('incidents');

  await say(workspace, 'ana', '/triage a & b');
  expect(messagesSeenBy(workspace, 'ana', 'incidents').at(-1)?.text).toBe('heard a & b');

  await clientFor(workspace).chat.postMessage({ channel, text: 'x', blocks: buttonBlocks('go') });
  const message = messagesSeenBy(workspace, 'ana', 'incidents').at(-1)!;
  expect((await clickButton(workspace, 'ana', message)).problem).toBeNull();
  await eventually(() => messagesSeenBy(workspace, 'ana', 'incidents').at(-1)?.text === 'clicked');

  await say(workspace, 'ana', '@tester hello');
  await eventually(() => heard.length === 1);
  expect(workspace.view(workspace.personId('ana')).appConnections).toBe(1);
});

test('an app with another signing secret refuses, and the person sees that the command failed', async () => {
  const workspace = await openOverHttp('another secret', (app) => {
    app.command('/triage', ({ ack }) => ack('never'));
  });

  await say(workspace, 'ana', '/triage x');

  expect(workspace.view(workspace.personId('ana')).notices.map(({ text }) => text)).toEqual([
    '/triage failed with the error “dispatch_failed”',
  ]);
});

test('an app that is not there leaves the workspace with no connection', async () => {
  const url = `http://127.0.0.1:${await freePort()}/slack/events`;
  const workspace = await openWorkspace({ delivery: { mode: 'http', url, signingSecret } });

  await say(workspace, 'ana', '/triage x');

  expect(workspace.view(workspace.personId('ana')).appConnections).toBe(0);
});
