import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { z } from 'zod';
import { MANIFEST } from '../../../src/slack/manifest.ts';
import { until } from '../poll.ts';
import { freePort } from '../redis-server.ts';

const PROGRAM = fileURLToPath(
  new URL('../../../node_modules/emulate/dist/index.js', import.meta.url),
);
const BOT_TOKEN = 'xoxb-emulated';
/** Ana's own, with every scope: what a test reads, the bot may not be allowed to. */
const READER_TOKEN = 'xoxp-ana';
const APP = { app_id: 'A000REDTHREAD', bot_id: 'B000REDTHREAD', bot_user_id: 'U000REDTHREAD' };
const BOT_NAME = 'redthread';

/** The bot's token may do what the manifest asks for, and not more. */
const SEED = {
  slack: {
    strict_scopes: true,
    team: { name: 'Northwind', domain: 'northwind' },
    users: [
      { name: 'ana', real_name: 'Ana Ruiz' },
      { name: 'ben', real_name: 'Ben Okafor' },
    ],
    channels: [{ name: 'incidents' }],
    oauth_apps: [
      {
        ...APP,
        client_id: '1.2',
        client_secret: 'none',
        name: 'Redthread',
        bot_name: BOT_NAME,
        redirect_uris: [],
        scopes: [],
      },
    ],
    tokens: [
      {
        ...APP,
        token: BOT_TOKEN,
        type: 'bot',
        user: BOT_NAME,
        scopes: [...MANIFEST.oauth_config.scopes.bot],
      },
      { token: READER_TOKEN, user: 'ana' },
    ],
  },
};

const storedMessage = z.looseObject({
  ts: z.string(),
  text: z.string(),
  thread_ts: z.string().optional(),
  blocks: z.array(z.unknown()).optional(),
});
export type StoredMessage = z.infer<typeof storedMessage>;

const history = z.object({ messages: z.array(storedMessage) });
const members = z.object({ members: z.array(z.object({ id: z.string(), name: z.string() })) });
const channels = z.object({ channels: z.array(z.object({ id: z.string(), name: z.string() })) });
const openedChannel = z.object({ channel: z.object({ id: z.string() }) });
const trigger = z.object({ trigger_id: z.string() });

/** A Slack that others wrote (npm `emulate`), in a process of its own. */
export interface EmulatedSlack {
  readonly apiUrl: string;
  readonly botToken: string;
  readonly channelId: string;
  readonly anaId: string;
  readonly teamId: string;
  history(channelId?: string): Promise<readonly StoredMessage[]>;
  /** The first message included. */
  replies(threadTs: string): Promise<readonly StoredMessage[]>;
  /** What ana and the bot wrote to each other. */
  direct(): Promise<readonly StoredMessage[]>;
  /** A trigger as a tap of this person would bring. */
  triggerId(userId: string): Promise<string>;
  /** Whether a tab of its inspector page says so: it keeps more than its API answers. */
  inspectorShows(query: string, text: string): Promise<boolean>;
  close(): Promise<void>;
}

type Arguments = Readonly<Record<string, string>>;

export async function startEmulatedSlack(): Promise<EmulatedSlack> {
  const directory = await mkdtemp(join(tmpdir(), 'redthread-emulate-'));
  const seedFile = join(directory, 'seed.yaml');
  await writeFile(seedFile, stringify(SEED));
  const port = await freePort();
  const words = ['start', '--service', 'slack', '--port', String(port), '--seed', seedFile];
  const child = spawn(process.execPath, [PROGRAM, ...words], { cwd: directory, stdio: 'ignore' });
  const origin = `http://localhost:${port}`;
  const read = (method: string, args: Arguments = {}) => call(origin, READER_TOKEN, method, args);
  const people = await until('the emulated Slack answers', async () =>
    members.parse(await read('users.list')),
  );
  const rooms = channels.parse(await read('conversations.list'));
  const channelId = rooms.channels.find(({ name }) => name === 'incidents')?.id ?? '';
  const messagesOf = async (channel: string) =>
    history.parse(await read('conversations.history', { channel })).messages;
  return {
    apiUrl: `${origin}/api/`,
    botToken: BOT_TOKEN,
    channelId,
    anaId: people.members.find(({ name }) => name === 'ana')?.id ?? '',
    teamId: 'T000000001',
    history: (channel = channelId) => messagesOf(channel),
    replies: async (ts) =>
      history.parse(await read('conversations.replies', { channel: channelId, ts })).messages,
    direct: async () => {
      const opened = await read('conversations.open', { users: APP.bot_user_id });
      return messagesOf(openedChannel.parse(opened).channel.id);
    },
    triggerId: async (userId) => {
      const args = { user_id: userId };
      const answer = await call(origin, BOT_TOKEN, 'views.generateTriggerId', args);
      return trigger.parse(answer).trigger_id;
    },
    inspectorShows: async (query, text) =>
      (await (await fetch(`${origin}/?${query}`)).text()).includes(text),
    close: async () => {
      const gone = once(child, 'exit');
      child.kill();
      await gone;
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function call(
  origin: string,
  token: string,
  method: string,
  args: Arguments,
): Promise<unknown> {
  const response = await fetch(`${origin}/api/${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: new URLSearchParams(args),
  });
  return response.json();
}
