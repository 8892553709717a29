import type { WorkOutcome } from '../../flows/run-work.ts';
import type { PostedMessage, Work } from '../../ports.ts';
import { sentenceContent } from '../blocks/error.ts';
import type { SlackContext } from '../context.ts';
import { readCanvasNote } from './canvas-slot.ts';
import { DOCUMENT_SLOT } from './publish-worker.ts';
import { slackFailureOf } from './slack-failure.ts';
import { tellDirectly } from './tell-person.ts';
import { waitForSlack } from './wait-for-slack.ts';

/** An upload is on its way: what becomes of it is known soon. */
const UNKNOWN_DELAY_MS = 5_000;
const IS_GONE = new Set(['file_not_found', 'file_deleted']);

/** Deletes the documents uploaded before text was taken out of the record; says which it cannot. */
export async function withdrawDocuments(
  context: SlackContext,
  { incidentId, untilVersion, userId }: Extract<Work, { kind: 'withdraw-documents' }>,
): Promise<WorkOutcome> {
  const messages = await context.store.readMessages(incidentId);
  const uploads = messages.filter((message) => isUpload(message, untilVersion));
  const refused: string[] = [];
  for (const { ts } of uploads) {
    if (ts === null) return { kind: 'later', delayMs: UNKNOWN_DELAY_MS };
    const failure = await deleteFile(context, ts);
    if (failure === null) continue;
    const pause = waitForSlack(context.token, failure);
    if (pause !== null) return pause;
    if (failure.kind === 'unknown') throw new Error('Slack did not say whether it deleted a file.');
    if (!(failure.kind === 'refused' && IS_GONE.has(failure.code))) refused.push(ts);
  }
  const { canvasId } = readCanvasNote(messages);
  const left = [
    ...(refused.length > 0 ? [sentenceOf(incidentId, refused)] : []),
    // What people wrote in it would go with it, so that is for a person to decide.
    ...(canvasId === null ? [] : [canvasSentence(incidentId, canvasId)]),
  ];
  if (left.length > 0 && userId !== null) {
    await tellDirectly(context, userId, sentenceContent(left.join(' ')));
  }
  return { kind: 'done' };
}

function isUpload({ slot, ts, sentAtMs }: PostedMessage, untilVersion: number): boolean {
  const isDocument = slot.startsWith(DOCUMENT_SLOT);
  const version = Number(slot.slice(DOCUMENT_SLOT.length));
  // One that Slack clearly refused was never there.
  return isDocument && version <= untilVersion && (ts !== null || sentAtMs > 0);
}

async function deleteFile({ clients }: SlackContext, file: string) {
  try {
    await clients.background.files.delete({ file });
    return null;
  } catch (error) {
    return slackFailureOf(error);
  }
}

function canvasSentence(incidentId: string, canvasId: string): string {
  return `The canvas of ${incidentId} (${canvasId}, linked on its first card and in its thread) may still tell what you took out of the record: I change nothing in a canvas, for people write there too. Take it out there as well, also of its title, or delete the canvas.`;
}

function sentenceOf(incidentId: string, fileIds: readonly string[]): string {
  const what = fileIds.length === 1 ? 'an earlier document' : `${fileIds.length} earlier documents`;
  return `Slack does not let me delete ${what} of ${incidentId}, which still ${fileIds.length === 1 ? 'tells' : 'tell'} what you took out of the record: ${fileIds.join(', ')} in its thread. Delete it there, or ask an administrator.`;
}
