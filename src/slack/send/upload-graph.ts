import { z } from 'zod';
import type { Untrusted } from '../../domain/untrusted.ts';
import type { DrawnAlarm } from '../../flows/draw-alarm.ts';
import type { WorkOutcome } from '../../flows/run-work.ts';
import type { PostedMessage } from '../../ports.ts';
import { cleanUntrusted } from '../blocks/characters.ts';
import { escapeMrkdwn } from '../blocks/conservative.ts';
import type { SlackContext } from '../context.ts';
import { findFile } from './find-file.ts';
import { type SlackFailure, slackFailureOf } from './slack-failure.ts';
import { waitForSlack } from './wait-for-slack.ts';

/** Slack shares a file some seconds after it took it: looked at too early, it is missed. */
const UNKNOWN_OUTCOME_WAIT_MS = 10_000;
const NAME_CHARACTERS_MAX = 100;

export interface UploadPlace {
  readonly incidentId: string;
  readonly channelId: string;
  readonly threadTs: string;
}

export interface GraphUpload {
  readonly slot: string;
  readonly alarmName: Untrusted;
  /** What is known of an earlier try. */
  readonly posted: PostedMessage | undefined;
  readonly draw: () => Promise<DrawnAlarm>;
}

type Drawn = Extract<DrawnAlarm, { kind: 'drawn' }>;

export type UploadOutcome = WorkOutcome | Extract<DrawnAlarm, { kind: 'gap' }>;

interface UploadContext extends SlackContext {
  readonly unknownOutcomeWaitMs?: number | undefined;
}

/**
 * Uploads a graph into the thread, once: the intention is written down first, and after an unknown
 * outcome the thread is searched for the file before it is uploaded again.
 */
export async function uploadGraph(
  context: UploadContext,
  place: UploadPlace,
  upload: GraphUpload,
): Promise<UploadOutcome> {
  const fileName = `${place.incidentId}-${upload.slot}.png`;
  const tried = upload.posted !== undefined && upload.posted.sentAtMs > 0 ? upload.posted : null;
  const waitMs = tried === null ? 0 : tried.sentAtMs + waitOf(context) - context.clock.nowMs();
  if (waitMs > 0) return { kind: 'later', delayMs: waitMs };
  let isSending = false;
  try {
    const found = tried === null ? null : await findFile(context.clients.history, place, fileName);
    if (found !== null) return await save(context, place, upload.slot, found);
    const drawn = await upload.draw();
    if (drawn.kind === 'gap') return drawn;
    await saveIntent(context, place, upload.slot, context.clock.nowMs());
    isSending = true;
    const fileId = await send(context, place, { ...upload, fileName }, drawn);
    return await save(context, place, upload.slot, fileId);
  } catch (error) {
    const failure = slackFailureOf(error);
    if (failure.kind === 'unknown') throw error;
    // A clear refusal: nothing was uploaded, so nothing has to be looked for.
    if (isSending) await saveIntent(context, place, upload.slot, 0);
    return outcomeOf(context, failure);
  }
}

function waitOf({ unknownOutcomeWaitMs }: UploadContext): number {
  return unknownOutcomeWaitMs ?? UNKNOWN_OUTCOME_WAIT_MS;
}

async function send(
  { clients }: UploadContext,
  place: UploadPlace,
  { alarmName, fileName }: GraphUpload & { readonly fileName: string },
  { png, metricName, sentences }: Drawn,
): Promise<string> {
  const name = cleanUntrusted(alarmName, NAME_CHARACTERS_MAX);
  // No alt text: with one, Slack has been seen not to share the file into the channel.
  const answer = await clients.background.files.uploadV2({
    channel_id: place.channelId,
    thread_ts: place.threadTs,
    filename: fileName,
    title: `${name}: ${cleanUntrusted(metricName, NAME_CHARACTERS_MAX)}`,
    initial_comment: `${code(name)}: ${code(metricName)}, ${escapeMrkdwn(sentences)}`,
    file: Buffer.from(png),
  });
  return uploadAnswer.parse(answer).files[0]?.files[0]?.id ?? fileName;
}

const uploadAnswer = z.object({
  files: z.array(z.object({ files: z.array(z.object({ id: z.string() })) })),
});

/** Nothing inside is markup: no mention, no link, no emoji. */
function code(text: string): string {
  const clean = escapeMrkdwn(cleanUntrusted(text, NAME_CHARACTERS_MAX)).replaceAll('`', "'");
  return `\`${clean || '(empty)'}\``;
}

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
  fileId: string,
): Promise<WorkOutcome> {
  const sentAtMs = clock.nowMs();
  const digest = '';
  await store.saveMessage({ incidentId, slot, channelId, ts: fileId, threadTs, sentAtMs, digest });
  return { kind: 'done' };
}

function outcomeOf(
  { token }: UploadContext,
  failure: Exclude<SlackFailure, { kind: 'unknown' }>,
): WorkOutcome {
  const pause = waitForSlack(token, failure);
  if (pause !== null) return pause;
  switch (failure.kind) {
    case 'channel-closed':
    case 'scope-missing':
      return { kind: 'hopeless', reason: failure.sentence };
    default:
      return { kind: 'hopeless', reason: 'Slack refused the picture.' };
  }
}
