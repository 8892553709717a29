import {
  type DocumentUpload,
  documentFileName,
  documentUploads,
} from '../../domain/incident/document-uploads.ts';
import type { WorkOutcome } from '../../flows/run-work.ts';
import type { PostedMessage, Work } from '../../ports.ts';
import { sentenceContent } from '../blocks/error.ts';
import { readCanvasNote } from './canvas-slot.ts';
import { findFile } from './find-file.ts';
import { slackFailureOf } from './slack-failure.ts';
import { tellDirectly } from './tell-person.ts';
import { UNKNOWN_OUTCOME_WAIT_MS, type UploadContext } from './upload-once.ts';
import { waitForSlack } from './wait-for-slack.ts';

export type WithdrawContext = Pick<
  UploadContext,
  'store' | 'clients' | 'clock' | 'token' | 'log' | 'unknownOutcomeWaitMs'
>;
type Upload = DocumentUpload<PostedMessage>;
type Fate =
  | { readonly kind: 'gone' }
  | { readonly kind: 'refused'; readonly file: string }
  | Extract<WorkOutcome, { kind: 'later' }>;

const TOLD_MS = 7 * 24 * 60 * 60_000;
const IS_GONE = new Set(['file_not_found', 'file_deleted']);

/** Deletes the documents uploaded before text was taken out of the record; says which it cannot. */
export async function withdrawDocuments(
  context: WithdrawContext,
  work: Extract<Work, { kind: 'withdraw-documents' }>,
): Promise<WorkOutcome> {
  const { incidentId, untilVersion } = work;
  const messages = await context.store.readMessages(incidentId);
  const outdated = documentUploads(messages).filter(({ ofVersion }) => ofVersion <= untilVersion);
  const refused: string[] = [];
  for (const upload of outdated) {
    const fate = await withdraw(context, upload, messages);
    if (fate.kind === 'later') return fate;
    if (fate.kind === 'refused') refused.push(fate.file);
    else await forget(context, upload);
  }
  const { canvasId } = readCanvasNote(messages);
  const left = [
    ...(refused.length > 0 ? [sentenceOf(incidentId, refused)] : []),
    // What people wrote in it would go with it, so that is for a person to decide.
    ...(canvasId === null ? [] : [canvasSentence(incidentId, canvasId)]),
  ];
  await tell(context, work, left);
  return { kind: 'done' };
}

async function withdraw(
  context: WithdrawContext,
  upload: Upload,
  messages: readonly PostedMessage[],
): Promise<Fate> {
  try {
    const file = upload.ts ?? (await findLost(context, upload, messages));
    if (file === null) return { kind: 'gone' };
    if (typeof file !== 'string') return file;
    const failure = await deleteFile(context, file);
    return failure === 'refused' ? { kind: 'refused', file } : { kind: 'gone' };
  } catch (error) {
    const pause = waitForSlack(context.token, slackFailureOf(error));
    if (pause === null) throw error;
    return pause;
  }
}

/** An upload of which nobody heard how it ended: it is in its thread after a while, or nowhere (null). */
async function findLost(
  context: WithdrawContext,
  { incidentId, channelId, ofVersion, sentAtMs }: Upload,
  messages: readonly PostedMessage[],
): Promise<string | Extract<Fate, { kind: 'later' }> | null> {
  const patienceMs = context.unknownOutcomeWaitMs ?? UNKNOWN_OUTCOME_WAIT_MS;
  const waitMs = sentAtMs + patienceMs - context.clock.nowMs();
  if (waitMs > 0) return { kind: 'later', delayMs: waitMs };
  const near = messages.find((row) => row.channelId === channelId && row.threadTs !== null);
  if (near?.threadTs == null) return null;
  const thread = { channelId, threadTs: near.threadTs };
  const name = documentFileName(incidentId, ofVersion);
  return (await findFile(context.clients.history, thread, name))?.id ?? null;
}

/** Rejects when Slack did not say whether it did, or wants a pause. */
async function deleteFile({ clients }: WithdrawContext, file: string): Promise<'gone' | 'refused'> {
  try {
    await clients.background.files.delete({ file });
    return 'gone';
  } catch (error) {
    const failure = slackFailureOf(error);
    if (failure.kind === 'unknown' || failure.kind === 'rate-limited') throw error;
    if (failure.kind === 'credentials-refused') throw error;
    return failure.kind === 'refused' && IS_GONE.has(failure.code) ? 'gone' : 'refused';
  }
}

/** So that nothing is deleted, looked for or told of twice. */
async function forget({ store }: WithdrawContext, { ofVersion: _, ...row }: Upload): Promise<void> {
  await store.saveMessage({ ...row, ts: null, sentAtMs: 0 });
}

/** The same is told once, however often the work is done over. */
async function tell(
  context: WithdrawContext,
  { incidentId, untilVersion, userId }: Extract<Work, { kind: 'withdraw-documents' }>,
  left: readonly string[],
): Promise<void> {
  if (left.length === 0 || userId === null) return;
  const { store } = context;
  const sentence = left.join(' ');
  const told = `withdrawn:${incidentId}:${untilVersion}`;
  if ((await store.readCached(told)) === sentence) return;
  await tellDirectly(context, userId, sentenceContent(sentence));
  await store.saveCached(told, sentence, TOLD_MS);
}

function canvasSentence(incidentId: string, canvasId: string): string {
  return `The canvas of ${incidentId} (${canvasId}, linked on its first card and in its thread) may still tell what you took out of the record: I change nothing in a canvas, for people write there too. Take it out there as well, also of its title, or delete the canvas.`;
}

function sentenceOf(incidentId: string, fileIds: readonly string[]): string {
  const what = fileIds.length === 1 ? 'an earlier document' : `${fileIds.length} earlier documents`;
  return `Slack does not let me delete ${what} of ${incidentId}, which still ${fileIds.length === 1 ? 'tells' : 'tell'} what you took out of the record: ${fileIds.join(', ')} in its thread. Delete it there, or ask an administrator.`;
}
