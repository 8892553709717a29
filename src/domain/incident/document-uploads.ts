import type { IncidentEventType, RecordedEvent } from './events.ts';

/** What an upload of the document is kept under, with the version that it tells. */
export const DOCUMENT_SLOT = 'document-';

interface Kept {
  readonly slot: string;
  readonly ts: string | null;
  readonly sentAtMs: number;
}

export type DocumentUpload<T extends Kept> = T & { readonly ofVersion: number };

/** What was uploaded, or may have been: neither refused nor taken out of Slack again. */
export function documentUploads<T extends Kept>(
  messages: readonly T[],
): readonly DocumentUpload<T>[] {
  return messages
    .filter(
      ({ slot, ts, sentAtMs }) => slot.startsWith(DOCUMENT_SLOT) && (ts !== null || sentAtMs > 0),
    )
    .map((row) => ({ ...row, ofVersion: Number(row.slot.slice(DOCUMENT_SLOT.length)) }));
}

export function documentFileName(incidentId: string, ofVersion: number): string {
  return `${incidentId}-v${ofVersion}.md`;
}

/** After these the documents from before still tell what somebody wants gone. */
const TAKES_OUT: ReadonlySet<IncidentEventType> = new Set<IncidentEventType>([
  'record-redacted',
  'captured-message-released',
]);

/** When text was last taken out of the record, and by whom; null: never, or Slack did not say. */
export function lastRemoval(
  events: readonly RecordedEvent[],
): { readonly version: number; readonly userId: string | null } | null {
  const told = events.findLast(({ event }) => TAKES_OUT.has(event.type));
  if (told === undefined) return null;
  const { version, actor } = told;
  return { version, userId: actor.kind === 'person' ? actor.userId : null };
}
