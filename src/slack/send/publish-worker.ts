import {
  canvasMark,
  canvasText,
  canvasTitle,
  canvasTitleStart,
} from '../../domain/incident/canvas.ts';
import {
  DOCUMENT_SLOT,
  documentFileName,
  documentUploads,
  lastRemoval,
} from '../../domain/incident/document-uploads.ts';
import { isDocumentCurrent } from '../../domain/incident/is-document-current.ts';
import { postedLast, rootHere } from '../../domain/incident/places.ts';
import { publicationWords } from '../../domain/incident/publication-words.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { actOnIncident } from '../../flows/act-on-incident.ts';
import { withdrawWork } from '../../flows/redact-incident.ts';
import type { WorkOutcome } from '../../flows/run-work.ts';
import { writeDocument, writeNews } from '../../flows/write-document.ts';
import type { PostedMessage, StoredDocument, Work } from '../../ports.ts';
import type { SlackContext } from '../context.ts';
import { readCanvasNote } from './canvas-slot.ts';
import { type CanvasOutcome, keepCanvas, type WantedCanvas } from './keep-canvas.ts';
import { readPermalink } from './read-permalink.ts';
import {
  type FileUpload,
  type UploadContext,
  type UploadPlace,
  uploadOnce,
} from './upload-once.ts';

const LINKS_MAX = 20;
/** The card is on its way, or waits for the bot to be invited. The document is kept meanwhile. */
const NOT_YET_POSTED_DELAY_MS = 5_000;

/**
 * Writes the document from the record, keeps it in the store, and uploads it into the thread, once.
 * Where text was taken out of the record meanwhile, that document goes again and a new one is written.
 */
export async function publishWork(
  context: UploadContext,
  work: Extract<Work, { kind: 'publish' }>,
): Promise<WorkOutcome> {
  const { incidentId } = work;
  const state = await context.store.readState(incidentId);
  // Unknown, or a second run after a crash: the newest document is in the thread already.
  if (state === null || isDocumentCurrent(state)) return { kind: 'done' };
  const messages = await context.store.readMessages(incidentId);
  const redactedVersion = await withdrawOutdated(context, incidentId, messages);
  const links = await permalinksOf(context, messages);
  const document = await writeDocument(context, incidentId, links);
  if (document === null) return { kind: 'done' };
  const root = rootHere(messages, state);
  if (root?.threadTs == null) return { kind: 'later', delayMs: NOT_YET_POSTED_DELAY_MS };
  const place = { incidentId, channelId: root.channelId, threadTs: root.threadTs };
  const canvas = await canvasOf(context, state, root.channelId, document, messages);
  if (canvas.kind === 'later') return canvas;
  const canvasLink = canvas.kind === 'canvas' ? canvas.link : null;
  // An upload that the record does not know of: the bot was stopped before it heard how it ended.
  const knownVersion = Math.max(state.publication?.ofVersion ?? 0, redactedVersion - 1);
  const tried = documentUploads(messages).find(({ ofVersion }) => ofVersion > knownVersion);
  const ofVersion = tried?.ofVersion ?? document.ofVersion;
  const outcome = await uploadOnce<WorkOutcome>(context, place, {
    slot: `${DOCUMENT_SLOT}${ofVersion}`,
    fileName: documentFileName(incidentId, ofVersion),
    posted: tried,
    prepare: async () =>
      ofVersion === document.ofVersion
        ? fileOf(document, commentOf(state, canvas))
        : forgetLost(context, place, ofVersion),
  });
  if (outcome.kind !== 'uploaded') return outcome;
  const removal = lastRemoval(await context.store.readEvents(incidentId));
  if (removal !== null && removal.version > ofVersion) return { kind: 'later', delayMs: 0 };
  const { permalink } = outcome.file;
  await actOnIncident(context, {
    incidentId,
    command: { type: 'record-publication', ofVersion, permalink, canvasLink },
    actor: { kind: 'bot' },
    dedupeId: `published:${incidentId}:${ofVersion}`,
  });
  return { kind: 'done' };
}

/** A document written while text was taken out of the record still tells it. Returns that version, 0: none. */
async function withdrawOutdated(
  { store, clock }: UploadContext,
  incidentId: string,
  messages: readonly PostedMessage[],
): Promise<number> {
  const removal = lastRemoval(await store.readEvents(incidentId));
  if (removal === null) return 0;
  const { version, userId } = removal;
  if (documentUploads(messages).some(({ ofVersion }) => ofVersion < version)) {
    await store.schedule(
      [withdrawWork({ incidentId, redactedVersion: version, userId }, clock.nowMs())],
      null,
    );
  }
  return version;
}

/** It never arrived, and the record has gone on: the next run uploads the newer document under its own name. */
async function forgetLost(
  { store }: UploadContext,
  { incidentId, channelId }: UploadPlace,
  ofVersion: number,
): Promise<WorkOutcome> {
  const slot = `${DOCUMENT_SLOT}${ofVersion}`;
  await store.saveMessage({
    ...{ incidentId, slot, channelId, threadTs: null },
    ...{ ts: null, sentAtMs: 0, digest: '' },
  });
  return { kind: 'later', delayMs: 0 };
}

function canvasOf(
  context: UploadContext,
  state: IncidentState,
  channelId: string,
  { incidentId, ofVersion: version, markdown }: StoredDocument,
  messages: readonly PostedMessage[],
): Promise<CanvasOutcome> {
  const wanted: WantedCanvas = {
    incidentId,
    channelId,
    title: canvasTitle(state),
    formerChannelIds: state.formerPlaces.map((place) => place.channelId),
    titleStart: canvasTitleStart(state),
    version,
    mark: canvasMark,
    text: () => canvasText(markdown, version),
    news: (sinceVersion) => writeNews(context, incidentId, { sinceVersion, version }),
  };
  return keepCanvas(context, wanted, readCanvasNote(messages));
}

function commentOf(state: IncidentState, canvas: CanvasOutcome): string {
  const words = publicationWords(state);
  if (canvas.kind !== 'canvas') return words;
  const { link, isFrozen } = canvas;
  if (isFrozen) {
    return `${words}\n<${link}|The canvas> stays as it was: Slack leaves it open to a channel that the incident has left, so nothing is added to it.`;
  }
  return `${words}\n<${link}|The same as a canvas>, to write in; what is new is added at its end.`;
}

function fileOf({ incidentId, markdown }: StoredDocument, comment: string): FileUpload {
  return { title: `${incidentId}: incident record`, comment, content: markdown };
}

/** Links from the document into the thread; what Slack gives no link for stays without. */
async function permalinksOf(
  context: SlackContext,
  messages: readonly PostedMessage[],
): Promise<ReadonlyMap<string, string>> {
  const linked = [...postedLast(messages)]
    .filter(([slot]) => slot === 'root' || slot.startsWith('evidence-'))
    .slice(0, LINKS_MAX);
  const links = new Map<string, string>();
  for (const [slot, { channelId, ts }] of linked) {
    const link = await readPermalink(context, channelId, ts);
    if (link !== null) links.set(slot, link);
  }
  return links;
}
