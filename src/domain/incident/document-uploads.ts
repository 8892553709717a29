import type { RecordedEvent } from './events.ts';

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

/** When text was last taken out of the record, and by whom; null: never. Documents from before still tell it. */
export function lastRedaction(
  events: readonly RecordedEvent[],
): { readonly version: number; readonly userId: string | null } | null {
  const told = events.findLast(({ event }) => event.type === 'record-redacted');
  if (told === undefined) return null;
  const { version, actor } = told;
  return { version, userId: actor.kind === 'person' ? actor.userId : null };
}
