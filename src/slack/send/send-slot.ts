import { createHash } from 'node:crypto';
import type { KnownBlock } from '@slack/types';
import { isRoot } from '../../domain/incident/places.ts';
import type { Logger, PostedMessage, Store } from '../../ports.ts';
import { sentenceContent } from '../blocks/error.ts';
import type { MessageContent, SlotContent } from '../blocks/message.ts';
import type { SlackClients } from '../connect/clients.ts';
import { MESSAGE_METADATA_TYPE } from '../ids.ts';
import { findPosted } from './find-posted.ts';
import { type SlackFailure, slackFailureOf } from './slack-failure.ts';

/** Slack's history lags behind its answers: looked at too early, a message that is there is missed. */
const UNKNOWN_OUTCOME_WAIT_MS = 10_000;

export interface SendDependencies {
  readonly clients: SlackClients;
  readonly store: Pick<Store, 'saveMessage'>;
  readonly log: Logger;
  readonly nowMs: () => number;
  /** How long a post of unknown outcome is left alone before Slack is searched for it. */
  readonly unknownOutcomeWaitMs?: number | undefined;
}

export interface SlotPlace {
  readonly incidentId: string;
  readonly channelId: string;
  /** Null for a root card that starts its own thread. */
  readonly threadTs: string | null;
  /** The channel sees the reply as well; counts for its first post. Absent: the thread alone. */
  readonly isBroadcast?: boolean;
}

export type SendOutcome =
  | { readonly kind: 'shown'; readonly message: PostedMessage }
  | { readonly kind: 'later'; readonly delayMs: number }
  /** Slack wants a pause in this channel: the other messages would only meet the same. */
  | { readonly kind: 'rate-limited'; readonly delayMs: number }
  /** The thread's first message is gone: the reply was taken back, the root has to be posted anew. */
  | { readonly kind: 'thread-gone' }
  | { readonly kind: 'failed'; readonly failure: SlackFailure };

/** Makes one slot show its content: nothing, an edit, or a first post that is never doubled. */
export async function sendSlot(
  deps: SendDependencies,
  place: SlotPlace,
  content: SlotContent,
  posted: PostedMessage | undefined,
): Promise<SendOutcome> {
  const digest = digestOf(content);
  if (posted === undefined) return postFirst(deps, place, content, digest);
  if (posted.ts === null) return resolveUnknown(deps, place, content, posted);
  if (posted.digest === digest) return { kind: 'shown', message: posted };
  return edit(deps, place, content, { ...posted, ts: posted.ts, digest });
}

function unknownWaitMs({ unknownOutcomeWaitMs }: SendDependencies): number {
  return unknownOutcomeWaitMs ?? UNKNOWN_OUTCOME_WAIT_MS;
}

function digestOf(content: MessageContent): string {
  return createHash('sha256')
    .update(JSON.stringify([content.text, content.blocks]))
    .digest('base64url');
}

async function postFirst(
  deps: SendDependencies,
  place: SlotPlace,
  content: SlotContent,
  digest: string,
): Promise<SendOutcome> {
  const intent: PostedMessage = {
    incidentId: place.incidentId,
    slot: content.slot,
    channelId: place.channelId,
    ts: null,
    threadTs: null,
    sentAtMs: deps.nowMs(),
    digest,
  };
  await deps.store.saveMessage(intent);
  const sent = await withFallback(deps, place, content, (variant) =>
    deps.clients.background.chat.postMessage({
      channel: place.channelId,
      text: variant.text,
      blocks: [...variant.blocks] as KnownBlock[],
      unfurl_links: false,
      unfurl_media: false,
      metadata: {
        event_type: MESSAGE_METADATA_TYPE,
        event_payload: { incident_id: place.incidentId, slot: content.slot },
      },
      ...threadOf(place),
    }),
  );
  if (sent.kind === 'failed') return afterFailedPost(deps, intent, sent.failure);
  const { ts, message } = sent.answer;
  if (ts === undefined) return { kind: 'failed', failure: { kind: 'unknown' } };
  if (place.threadTs !== null && message?.thread_ts !== place.threadTs) {
    // A reply to a deleted message lands in the channel, without an error from Slack.
    await deps.clients.background.chat.delete({ channel: place.channelId, ts });
    return { kind: 'thread-gone' };
  }
  const saved = { ...intent, ts, threadTs: place.threadTs ?? ts };
  await deps.store.saveMessage(saved);
  return { kind: 'shown', message: saved };
}

function threadOf({ threadTs, isBroadcast }: SlotPlace) {
  if (threadTs === null) return {};
  return isBroadcast === true
    ? { thread_ts: threadTs, reply_broadcast: true as const }
    : { thread_ts: threadTs };
}

/** An unknown outcome is looked up later, counted from now; a clear refusal means nothing was posted. */
async function afterFailedPost(
  deps: SendDependencies,
  intent: PostedMessage,
  failure: SlackFailure,
): Promise<SendOutcome> {
  const isUnknown = failure.kind === 'unknown';
  await deps.store.saveMessage({ ...intent, sentAtMs: isUnknown ? deps.nowMs() : 0 });
  if (isUnknown) return { kind: 'later', delayMs: unknownWaitMs(deps) };
  if (failure.kind === 'rate-limited') return failure;
  return { kind: 'failed', failure };
}

async function resolveUnknown(
  deps: SendDependencies,
  place: SlotPlace,
  content: SlotContent,
  intent: PostedMessage,
): Promise<SendOutcome> {
  const digest = digestOf(content);
  if (intent.sentAtMs === 0) return postFirst(deps, place, content, digest);
  const waitMs = intent.sentAtMs + unknownWaitMs(deps) - deps.nowMs();
  if (waitMs > 0) return { kind: 'later', delayMs: waitMs };
  try {
    const ts = await findPosted(deps.clients.history, {
      ...place,
      slot: content.slot,
      sinceMs: intent.sentAtMs,
    });
    if (ts === null) return await postFirst(deps, place, content, digest);
    deps.log.info('a message whose outcome was unknown was found', { slot: content.slot });
    const found = { ...intent, ts, threadTs: place.threadTs ?? ts };
    await deps.store.saveMessage(found);
    if (found.digest === digest) return { kind: 'shown', message: found };
    return await edit(deps, place, content, { ...found, digest });
  } catch (error) {
    const failure = slackFailureOf(error);
    // There is no such thread to look in, so nothing can have been posted there.
    return failure.kind === 'message-gone' ? { kind: 'thread-gone' } : laterOrFailed(deps, failure);
  }
}

async function edit(
  deps: SendDependencies,
  place: SlotPlace,
  content: SlotContent,
  next: PostedMessage & { readonly ts: string },
): Promise<SendOutcome> {
  const sent = await withFallback(deps, place, content, (variant) =>
    deps.clients.background.chat.update({
      channel: place.channelId,
      ts: next.ts,
      text: variant.text,
      blocks: [...variant.blocks] as KnownBlock[],
    }),
  );
  if (sent.kind === 'failed') {
    if (sent.failure.kind !== 'message-gone') return laterOrFailed(deps, sent.failure);
    // Somebody deleted it. A root that started its thread takes the thread along.
    if (isRoot(content.slot) && place.threadTs === null) return { kind: 'thread-gone' };
    return postFirst(deps, place, content, next.digest);
  }
  const saved = { ...next, sentAtMs: deps.nowMs() };
  await deps.store.saveMessage(saved);
  return { kind: 'shown', message: saved };
}

function laterOrFailed(deps: SendDependencies, failure: SlackFailure): SendOutcome {
  if (failure.kind === 'rate-limited') return failure;
  if (failure.kind === 'unknown') return { kind: 'later', delayMs: unknownWaitMs(deps) };
  return { kind: 'failed', failure };
}

type Sent<T> =
  | { readonly kind: 'sent'; readonly answer: T }
  | { readonly kind: 'failed'; readonly failure: SlackFailure };

/**
 * What Slack refuses is sent again in the plainest form that says the same, and then as one line
 * that says where to read it: nobody has to wonder why nothing comes.
 */
async function withFallback<T>(
  deps: SendDependencies,
  { incidentId }: SlotPlace,
  content: SlotContent,
  send: (variant: MessageContent) => Promise<T>,
): Promise<Sent<T>> {
  const forms = [content, content.conservative, sentenceContent(unshownSentence(incidentId))];
  let failure: SlackFailure = { kind: 'unknown' };
  for (const [index, form] of forms.entries()) {
    try {
      return { kind: 'sent', answer: await send(form) };
    } catch (error) {
      failure = slackFailureOf(error);
      if (failure.kind !== 'blocks-refused') break;
      deps.log.warn(index === 0 ? REFUSED_BLOCKS : REFUSED_PLAIN, {
        slot: content.slot,
        detail: failure.detail,
      });
    }
  }
  return { kind: 'failed', failure };
}

const REFUSED_BLOCKS = 'Slack refused blocks, sending the plain form';
const REFUSED_PLAIN = 'Slack refused the plain form as well';

function unshownSentence(incidentId: string): string {
  return `Slack does not take this part of ${incidentId}, so it cannot be shown here. It is on the record: /triage export ${incidentId} writes all of it into a document.`;
}
