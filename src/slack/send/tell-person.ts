import type { KnownBlock } from '@slack/types';
import type { Logger } from '../../ports.ts';
import { toConservative } from '../blocks/conservative.ts';
import { sentenceContent } from '../blocks/error.ts';
import type { MessageContent } from '../blocks/message.ts';
import type { SlackClients } from '../connect/clients.ts';
import { type SlackFailure, slackFailureOf } from './slack-failure.ts';

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

/** What to say, and whether it takes the place of the message that the reply address belongs to. */
export type Said = ({ readonly sentence: string } | { readonly content: MessageContent }) & {
  readonly inPlace?: boolean;
};

/**
 * Says something to one person: through the interaction's own response_url, else as an ephemeral
 * message where they are, else in a direct conversation. False when no way worked.
 */
export async function tellPerson(deps: TellDependencies, to: Addressee & Said): Promise<boolean> {
  const content = 'content' in to ? to.content : sentenceContent(to.sentence);
  for (const form of [content, toConservative(content), sentenceContent(UNSHOWN)]) {
    const outcome = await tryWays(deps, to, form);
    if (outcome === 'told') return true;
    if (outcome === 'unreachable') break;
  }
  deps.log.error('a person could not be told', new Error('no way worked'), { userId: to.userId });
  return false;
}

const UNSHOWN =
  'I have an answer for you that Slack does not take. Ask for less, for example a shorter time.';

/** `refused`: Slack could be reached, and did not take what was to be said. */
async function tryWays(
  deps: TellDependencies,
  to: Addressee & { readonly inPlace?: boolean },
  content: MessageContent,
): Promise<'told' | 'refused' | 'unreachable'> {
  let outcome: 'refused' | 'unreachable' = 'unreachable';
  const ways = [
    () => replyTo(deps, to, content),
    () => postEphemeral(deps, to, content),
    () => postDirect(deps, to.userId, content),
  ];
  for (const way of ways) {
    try {
      if (await way()) return 'told';
    } catch (error) {
      if (slackFailureOf(error).kind === 'blocks-refused') outcome = 'refused';
      deps.log.warn('one way to tell a person failed', { problem: String(error).slice(0, 200) });
    }
  }
  return outcome;
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
  { replyUrl, threadTs, inPlace = false }: Addressee & { readonly inPlace?: boolean },
  content: MessageContent,
): Promise<boolean> {
  if (replyUrl === null || !isReplyUrl(replyUrl, deps.apiUrl)) return false;
  const where = threadTs === null || inPlace ? {} : { thread_ts: threadTs };
  const body = { response_type: 'ephemeral', replace_original: inPlace, ...where, ...content };
  const response = await fetch(replyUrl, {
    method: 'POST',
    redirect: 'error',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
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
  deps: Pick<TellDependencies, 'clients'>,
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

const WORTH_ANOTHER_TRY: ReadonlySet<SlackFailure['kind']> = new Set([
  'unknown',
  'rate-limited',
  'credentials-refused',
]);

/**
 * A direct message, for what comes long after somebody asked. What Slack refuses is only logged;
 * rejects when it may be worth another try.
 */
export async function tellDirectly(
  deps: Pick<TellDependencies, 'clients' | 'log'>,
  userId: string,
  content: MessageContent,
): Promise<void> {
  try {
    await postDirect(deps, userId, content);
  } catch (error) {
    const failure = slackFailureOf(error);
    if (WORTH_ANOTHER_TRY.has(failure.kind)) throw error;
    deps.log.warn('a person could not be told', { userId, failure: failure.kind });
  }
}
