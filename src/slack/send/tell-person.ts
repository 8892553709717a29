import type { KnownBlock } from '@slack/types';
import type { Logger } from '../../ports.ts';
import { sentenceContent } from '../blocks/error.ts';
import type { MessageContent } from '../blocks/message.ts';
import type { SlackClients } from '../connect/clients.ts';

const REPLY_TIMEOUT_MS = 5_000;

export interface TellDependencies {
  readonly clients: SlackClients;
  readonly log: Logger;
  /** Replies go to Slack's own host, or to the loopback workspace the bot was told to use. */
  readonly apiUrl: string;
}

export interface Addressee {
  readonly userId: string;
  readonly channelId: string;
  readonly threadTs: string | null;
  readonly replyUrl: string | null;
}

/**
 * Says something to one person: through the interaction's own response_url, else as an ephemeral
 * message where they are, else in a direct conversation. False when no way worked.
 */
export async function tellPerson(
  deps: TellDependencies,
  to: Addressee & ({ readonly sentence: string } | { readonly content: MessageContent }),
): Promise<boolean> {
  const content = 'content' in to ? to.content : sentenceContent(to.sentence);
  const ways = [
    () => replyTo(deps, to.replyUrl, content),
    () => postEphemeral(deps, to, content),
    () => postDirect(deps, to.userId, content),
  ];
  for (const way of ways) {
    try {
      if (await way()) return true;
    } catch (error) {
      deps.log.warn('one way to tell a person failed', { problem: String(error).slice(0, 200) });
    }
  }
  deps.log.error('a person could not be told', new Error('no way worked'), { userId: to.userId });
  return false;
}

/** Only hosts that Slack (or the configured loopback workspace) answers on. */
export function isReplyUrl(url: string, apiUrl: string): boolean {
  try {
    const { origin } = new URL(url);
    return origin === 'https://hooks.slack.com' || origin === new URL(apiUrl).origin;
  } catch {
    return false;
  }
}

async function replyTo(
  deps: TellDependencies,
  url: string | null,
  content: MessageContent,
): Promise<boolean> {
  if (url === null || !isReplyUrl(url, deps.apiUrl)) return false;
  const response = await fetch(url, {
    method: 'POST',
    redirect: 'error',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ response_type: 'ephemeral', replace_original: false, ...content }),
    signal: AbortSignal.timeout(REPLY_TIMEOUT_MS),
  });
  return response.ok;
}

async function postEphemeral(
  deps: TellDependencies,
  to: Addressee,
  content: MessageContent,
): Promise<boolean> {
  await deps.clients.background.chat.postEphemeral({
    channel: to.channelId,
    user: to.userId,
    text: content.text,
    blocks: [...content.blocks] as KnownBlock[],
    ...(to.threadTs === null ? {} : { thread_ts: to.threadTs }),
  });
  return true;
}

async function postDirect(
  deps: TellDependencies,
  userId: string,
  content: MessageContent,
): Promise<boolean> {
  await deps.clients.background.chat.postMessage({
    channel: userId,
    text: content.text,
    blocks: [...content.blocks] as KnownBlock[],
  });
  return true;
}
