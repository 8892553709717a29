import { readFile } from 'node:fs/promises';
import { App, type Logger, LogLevel, SocketModeReceiver } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import { WebClient } from '@slack/web-api';
import { onTestFinished } from 'vitest';
import type { Json } from '../../../src/simulator/workspace/json.ts';
import type { PageMessage } from '../../../src/simulator/workspace/page-protocol.ts';
import { northwindSeed } from '../../../src/simulator/workspace/seed.ts';
import {
  startWorkspace,
  type Workspace,
  type WorkspaceOptions,
} from '../../../src/simulator/workspace/start-workspace.ts';

/** A manifest that subscribes to everything the workspace can send. */
export const testManifest = {
  display_information: { name: 'Tester' },
  features: {
    bot_user: { display_name: 'Tester' },
    slash_commands: [{ command: '/triage', description: 'Open a session', usage_hint: 'words' }],
    shortcuts: [{ name: 'Start here', type: 'message', callback_id: 'start', description: 'x' }],
  },
  settings: {
    socket_mode_enabled: true,
    interactivity: { is_enabled: true },
    event_subscriptions: {
      bot_events: [
        'app_mention',
        'message.channels',
        'message.groups',
        'message.im',
        'reaction_added',
        'reaction_removed',
        'app_home_opened',
        'member_joined_channel',
      ],
    },
  },
};

export async function openWorkspace(options: Partial<WorkspaceOptions> = {}): Promise<Workspace> {
  const workspace = await startWorkspace({
    manifest: testManifest,
    seed: northwindSeed,
    rateLimits: 'off',
    ...options,
    timings: { eventRetryDelaysMs: [0, 20, 20], fileProcessingMs: 30, ...options.timings },
  });
  onTestFinished(() => workspace.close());
  return workspace;
}

/** For apps that stay silent on purpose; long enough for those that answer, on a busy machine. */
export const impatient = { timings: { ackMs: 1_000 } };

/** Slack's clients complain of every socket that the tests cut on purpose. */
const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};

/** Slack's own client, without retries, so that a test sees each answer. */
export function clientFor(workspace: Workspace, token = workspace.botToken): WebClient {
  return new WebClient(token, {
    slackApiUrl: workspace.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: silent,
  });
}

/** Slack's own framework in Socket Mode, unmodified but for the address. */
export async function startApp(
  workspace: Workspace,
  register: (app: App) => void,
  // Also how long the client waits before it reconnects; short values break on a busy machine.
  clientPingTimeout = 5_000,
): Promise<App> {
  const clientOptions = { slackApiUrl: workspace.apiUrl };
  const receiver = new SocketModeReceiver({
    appToken: workspace.appToken,
    logger: silent,
    installerOptions: { clientOptions },
    clientPingTimeout,
  });
  const app = new App({
    token: workspace.botToken,
    receiver,
    convoStore: false,
    logger: silent,
    clientOptions: { ...clientOptions, retryConfig: { retries: 0 } },
  });
  register(app);
  await app.start();
  onTestFinished(async () => {
    await app.stop();
  });
  return app;
}

/** The error code that Slack answered, or 'ok'. */
export async function errorOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'ok';
  } catch (error) {
    const data = (error as { data?: { error?: string } }).data;
    return data?.error ?? String((error as { code?: string }).code);
  }
}

/** Polls until the value is there. */
export async function eventually<Value>(
  read: () => Value | undefined | null | false,
): Promise<Value> {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    const value = read();
    if (value) return value;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('It did not happen within ten seconds.');
}

/** The messages a person sees in a channel. */
export function messagesSeenBy(workspace: Workspace, name: string, channelName: string) {
  const view = workspace.view(workspace.personId(name));
  return view.channels.find((channel) => channel.name === channelName)?.messages ?? [];
}

/** A person types into a channel or a thread. */
export function say(
  workspace: Workspace,
  name: string,
  text: string,
  threadTs: string | null = null,
  channelName = 'incidents',
) {
  const channelId = workspace.channelId(channelName);
  return workspace.perform(workspace.personId(name), { type: 'send', channelId, threadTs, text });
}

/** A person clicks the first button of a message. */
export function clickButton(
  workspace: Workspace,
  name: string,
  message: PageMessage,
  channelName = 'incidents',
) {
  const block = message.blocks.find((each) => (each as Block).elements !== undefined) as Block;
  return workspace.perform(workspace.personId(name), {
    type: 'block-action',
    container: {
      type: 'message',
      channelId: workspace.channelId(channelName),
      messageTs: message.ts,
    },
    blockId: block.block_id,
    element: block.elements[0] ?? {},
    state: {},
  });
}

interface Block {
  readonly block_id: string;
  readonly elements: readonly Record<string, unknown>[];
}

export function buttonBlocks(...actionIds: readonly string[]): KnownBlock[] {
  const elements = actionIds.map((id) => ({
    type: 'button' as const,
    action_id: id,
    value: `value of ${id}`,
    text: { type: 'plain_text' as const, text: `Do ${id}` },
  }));
  return [{ type: 'actions', block_id: 'choices', elements }];
}

/** Real payloads, sanitised (vercel/chat, MIT): what Slack itself sends. */
export const recorded: Readonly<Record<string, Json>> = JSON.parse(
  await readFile(new URL('recorded-payloads.json', import.meta.url), 'utf8'),
);

/** A workspace whose app posted one message with a button. */
export async function withButton(
  register: (app: App) => void,
  options: Partial<WorkspaceOptions> = {},
) {
  const workspace = await openWorkspace(options);
  await startApp(workspace, register);
  const client = clientFor(workspace);
  const channel = workspace.channelId('incidents');
  await client.chat.postMessage({ channel, text: 'root', blocks: buttonBlocks('go') });
  const message = messagesSeenBy(workspace, 'ana', 'incidents').at(-1) as PageMessage;
  return { workspace, client, channel, message };
}

/** What was last sent to the app about a click, a form or a shortcut. */
export function lastInteraction(workspace: Workspace): Json {
  return workspace.journal.envelopes('interactive').at(-1)?.payload ?? {};
}
