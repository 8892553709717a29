import { z } from 'zod';
import type { WorkOutcome } from '../../flows/run-work.ts';
import type { PostedMessage } from '../../ports.ts';
import type { SlackContext } from '../context.ts';
import { type FoundFile, findFile } from './find-file.ts';
import { type SlackFailure, slackFailureOf } from './slack-failure.ts';
import { waitForSlack } from './wait-for-slack.ts';

/** Slack shares a file some seconds after it took it: looked at too early, it is missed. */
export const UNKNOWN_OUTCOME_WAIT_MS = 10_000;

export interface UploadPlace {
  readonly incidentId: string;
  readonly channelId: string;
  readonly threadTs: string;
}

export interface FileUpload {
  readonly title: string;
  readonly comment: string;
  readonly content: string | Uint8Array;
}

export interface UploadOnce<G> {
  readonly slot: string;
  /** No other file in the thread may have it: an upload carries nothing else to be found by. */
  readonly fileName: string;
  /** What is known of an earlier try. */
  readonly posted: PostedMessage | undefined;
  /** What to upload, or why there is nothing. */
  readonly prepare: () => Promise<FileUpload | G>;
}

export type UploadOnceOutcome<G> =
  | { readonly kind: 'uploaded'; readonly file: FoundFile }
  | Exclude<WorkOutcome, { kind: 'done' }>
  | G;

export interface UploadContext extends SlackContext {
  readonly unknownOutcomeWaitMs?: number | undefined;
}

/**
 * Uploads a file into a thread, once: the intention is written down first, and after an unknown
 * outcome the thread is searched for the file before it is uploaded again.
 */
export async function uploadOnce<G extends { readonly kind: string }>(
  context: UploadContext,
  place: UploadPlace,
  upload: UploadOnce<G>,
): Promise<UploadOnceOutcome<G>> {
  const { slot, fileName, posted } = upload;
  const tried = posted !== undefined && posted.sentAtMs > 0 ? posted : null;
  const patienceMs = context.unknownOutcomeWaitMs ?? UNKNOWN_OUTCOME_WAIT_MS;
  const waitMs = tried === null ? 0 : tried.sentAtMs + patienceMs - context.clock.nowMs();
  if (waitMs > 0) return { kind: 'later', delayMs: waitMs };
  let isSending = false;
  try {
    const found = tried === null ? null : await findFile(context.clients.history, place, fileName);
    if (found !== null) return await save(context, place, slot, found);
    const prepared = await upload.prepare();
    if ('kind' in prepared) return prepared;
    await saveIntent(context, place, slot, context.clock.nowMs());
    isSending = true;
    return await save(context, place, slot, await send(context, place, fileName, prepared));
  } catch (error) {
    const failure = slackFailureOf(error);
    if (failure.kind === 'unknown') throw error;
    // A clear refusal: nothing was uploaded, so nothing has to be looked for.
    if (isSending) await saveIntent(context, place, slot, 0);
    return outcomeOf(context, failure);
  }
}

async function send(
  { clients }: UploadContext,
  { channelId, threadTs }: UploadPlace,
  fileName: string,
  { title, comment, content }: FileUpload,
): Promise<FoundFile> {
  // No alt text: with one, Slack has been seen not to share the file into the channel.
  const answer = await clients.background.files.uploadV2({
    channel_id: channelId,
    thread_ts: threadTs,
    filename: fileName,
    title,
    initial_comment: comment,
    file: Buffer.from(content),
  });
  // Without an answer in full it is there all the same.
  const file = uploadAnswer.safeParse(answer).data?.files[0]?.files[0];
  return { id: file?.id ?? fileName, permalink: file?.permalink ?? null };
}

const uploadAnswer = z.object({
  files: z.array(
    z.object({ files: z.array(z.object({ id: z.string(), permalink: z.string().nullish() })) }),
  ),
});

async function saveIntent(
  { store }: UploadContext,
  { incidentId, channelId }: UploadPlace,
  slot: string,
  sentAtMs: number,
): Promise<void> {
  const intent = { incidentId, slot, channelId, ts: null, threadTs: null, sentAtMs, digest: '' };
  await store.saveMessage(intent);
}

async function save(
  { store, clock }: UploadContext,
  { incidentId, channelId, threadTs }: UploadPlace,
  slot: string,
  file: FoundFile,
): Promise<Extract<UploadOnceOutcome<never>, { kind: 'uploaded' }>> {
  const sentAtMs = clock.nowMs();
  const message = { incidentId, slot, channelId, ts: file.id, threadTs, sentAtMs, digest: '' };
  await store.saveMessage(message);
  return { kind: 'uploaded', file };
}

function outcomeOf(
  { token }: UploadContext,
  failure: Exclude<SlackFailure, { kind: 'unknown' }>,
): Exclude<WorkOutcome, { kind: 'done' }> {
  const pause = waitForSlack(token, failure);
  if (pause !== null) return pause;
  switch (failure.kind) {
    case 'channel-closed':
    case 'scope-missing':
      return { kind: 'hopeless', reason: failure.sentence };
    default:
      return { kind: 'hopeless', reason: 'Slack refused the file.' };
  }
}
