import type { WorkOutcome } from '../../flows/run-work.ts';
import { slackLink } from '../blocks/links.ts';
import { type CanvasNote, saveCanvasNote } from './canvas-slot.ts';
import { findCanvas } from './find-canvas.ts';
import { slackCodeOf, slackFailureOf } from './slack-failure.ts';
import { UNKNOWN_OUTCOME_WAIT_MS, type UploadContext } from './upload-once.ts';
import { waitForSlack } from './wait-for-slack.ts';

/** The file must not wait for a canvas that Slack does not get done. */
const FAILURES_MAX = 3;

export interface WantedCanvas {
  readonly incidentId: string;
  /** Who is in here may read it and write in it. */
  readonly channelId: string;
  /** Those that the incident has left, oldest first: who is only in there may read nothing new. */
  readonly formerChannelIds: readonly string[];
  readonly title: string;
  readonly titleStart: string;
  /** The version of the record that it should tell. */
  readonly version: number;
  readonly mark: (version: number) => string;
  readonly text: () => string;
  /** What is new after a version; null: nothing that people would read. */
  readonly news: (sinceVersion: number) => Promise<string | null>;
}

export type CanvasOutcome =
  /** `isFrozen`: Slack leaves it open to a channel that the incident has left, so nothing is added. */
  | { readonly kind: 'canvas'; readonly link: string; readonly isFrozen: boolean }
  | { readonly kind: 'none' }
  | Extract<WorkOutcome, { kind: 'later' }>;

/**
 * The document as a canvas, made once and only ever added to at its end, since Slack does not say
 * what people wrote there. A workspace without canvases is no error: the file is there all the same.
 */
export async function keepCanvas(
  context: UploadContext,
  wanted: WantedCanvas,
  noted: CanvasNote,
): Promise<CanvasOutcome> {
  const patienceMs = context.unknownOutcomeWaitMs ?? UNKNOWN_OUTCOME_WAIT_MS;
  const waitMs = noted.triedAtMs === 0 ? 0 : noted.triedAtMs + patienceMs - context.clock.nowMs();
  if (waitMs > 0) return { kind: 'later', delayMs: waitMs };
  const ledger = openLedger(context, wanted, noted);
  try {
    const canvasId = await ensureCanvas(context, wanted, ledger);
    const isFrozen = !(await shutOutLeft(context, wanted, canvasId, ledger));
    if (!isFrozen) await addNews(context, wanted, canvasId, ledger);
    const { background } = context.clients;
    await background.canvases.access.set({
      canvas_id: canvasId,
      access_level: 'write',
      channel_ids: [wanted.channelId],
    });
    const { file } = await background.files.info({ file: canvasId });
    const link = slackLink(file?.permalink ?? null);
    await ledger.settle({ failures: 0, refused: null });
    return link === null ? { kind: 'none' } : { kind: 'canvas', link, isFrozen };
  } catch (error) {
    return afterFailure(context, wanted, ledger, error, patienceMs);
  }
}

/** What is known of the canvas for sure, and what is being tried. */
interface Ledger {
  readonly now: () => CanvasNote;
  /** Written down before the call, so that after a crash Slack is asked before it is tried again. */
  readonly intend: (changes: Partial<CanvasNote>) => Promise<void>;
  readonly settle: (changes: Partial<CanvasNote>) => Promise<void>;
  readonly keep: (changes: Partial<CanvasNote>) => Promise<void>;
  /** Slack refused: what was intended was not done. */
  readonly undo: (changes: Partial<CanvasNote>) => Promise<void>;
}

function openLedger(
  { store, clock }: UploadContext,
  place: WantedCanvas,
  noted: CanvasNote,
): Ledger {
  let sure = noted;
  let now = noted;
  const save = async (note: CanvasNote): Promise<void> => {
    now = note;
    await saveCanvasNote(store, place, note);
  };
  return {
    now: () => now,
    intend: (changes) => save({ ...now, ...changes, triedAtMs: clock.nowMs() }),
    settle: async (changes) => {
      sure = { ...now, triedAtMs: 0, trying: null, ...changes };
      await save(sure);
    },
    keep: (changes) => save({ ...now, ...changes }),
    undo: (changes) => save({ ...sure, ...changes }),
  };
}

async function ensureCanvas(
  { clients, botUserId }: UploadContext,
  { title, titleStart, version, text, formerChannelIds }: WantedCanvas,
  ledger: Ledger,
): Promise<string> {
  const { canvasId, triedAtMs, told } = ledger.now();
  if (canvasId !== null) return canvasId;
  if (triedAtMs > 0) {
    const wanted = { userId: botUserId, titleStart, sinceMs: triedAtMs };
    const found = await findCanvas(clients.history, wanted);
    if (found !== null) {
      await ledger.settle({ canvasId: found, told });
      return found;
    }
    await ledger.settle({ canvasId: null });
  }
  await ledger.intend({ told: version, left: formerChannelIds.length });
  // Without a channel: with one, every incident would put a tab on top of it.
  const made = await clients.background.canvases.create({
    title,
    document_content: { type: 'markdown', markdown: text() },
  });
  const madeId = made.canvas_id;
  if (madeId === undefined) throw new TypeError('Slack made a canvas without an id.');
  await ledger.settle({ canvasId: madeId });
  return madeId;
}

/** False when Slack refuses it. What is added afterwards is for the people where the incident is now. */
async function shutOutLeft(
  { clients, token, log }: UploadContext,
  { incidentId, channelId, formerChannelIds }: WantedCanvas,
  canvasId: string,
  ledger: Ledger,
): Promise<boolean> {
  const left = formerChannelIds.slice(ledger.now().left).filter((id) => id !== channelId);
  const [first, ...others] = new Set(left);
  try {
    if (first !== undefined) {
      const answer = await clients.background.canvases.access.delete({
        canvas_id: canvasId,
        channel_ids: [first, ...others],
      });
      if ((answer.failed_to_update_channel_ids ?? []).length > 0) return false;
    }
    await ledger.keep({ left: formerChannelIds.length });
    return true;
  } catch (error) {
    const failure = slackFailureOf(error);
    if (failure.kind === 'unknown' || waitForSlack(token, failure) !== null) throw error;
    const refused = slackCodeOf(error);
    log.warn('a canvas stays open to a channel that was left', { incidentId, refused });
    return false;
  }
}

async function addNews(
  { clients }: UploadContext,
  { version, mark, news }: WantedCanvas,
  canvasId: string,
  ledger: Ledger,
): Promise<void> {
  const { background } = clients;
  const { trying } = ledger.now();
  if (trying !== null) {
    const answer = await background.canvases.sections.lookup({
      canvas_id: canvasId,
      criteria: { contains_text: mark(trying) },
    });
    const isThere = (answer.sections ?? []).length > 0;
    await ledger.settle(isThere ? { told: trying } : {});
  }
  const { told } = ledger.now();
  if (told >= version) return;
  const markdown = await news(told);
  if (markdown !== null) {
    await ledger.intend({ trying: version });
    await background.canvases.edit({
      canvas_id: canvasId,
      changes: [{ operation: 'insert_at_end', document_content: { type: 'markdown', markdown } }],
    });
  }
  await ledger.settle({ told: version });
}

async function afterFailure(
  { token, log }: UploadContext,
  { incidentId }: WantedCanvas,
  ledger: Ledger,
  error: unknown,
  patienceMs: number,
): Promise<CanvasOutcome> {
  const failure = slackFailureOf(error);
  const noted = ledger.now();
  if (failure.kind === 'unknown') {
    const failures = noted.failures + 1;
    const isLast = failures >= FAILURES_MAX;
    await ledger.keep({ failures: isLast ? 0 : failures });
    if (!isLast) return { kind: 'later', delayMs: patienceMs };
    log.warn('no canvas now: Slack does not get it done', { incidentId, problem: String(error) });
    return { kind: 'none' };
  }
  const pause = waitForSlack(token, failure);
  const refused = pause === null ? slackCodeOf(error) : noted.refused;
  await ledger.undo({ refused });
  if (pause !== null) return pause;
  // Once for each incident: with every republishing it would be the same.
  if (refused !== noted.refused) log.info('no canvas: Slack refused it', { incidentId, refused });
  return { kind: 'none' };
}
