import type { Statement } from './evidence.ts';
import type { IncidentState } from './state.ts';

/** Somebody who wants to know; each incident that the question was asked from has one. */
export interface InquiryAsker {
  readonly userId: string;
  /** Where the answer goes on the record; null: only the asker is told. */
  readonly incidentId: string | null;
  readonly channelId: string;
  readonly askedAtMs: number;
  /** `atMs` of the answer they were last told; null: none so far. */
  readonly toldAnswerAtMs: number | null;
}

/**
 * One question to one person about one call, whoever asks it and from wherever: nobody is asked
 * the same twice. It exists before anything was sent, and is kept when nothing could be.
 */
export interface Inquiry {
  readonly inquiryId: string;
  /** Counts the changes; 1 for a new one. */
  readonly version: number;
  readonly eventId: string;
  readonly personId: string;
  /** As the first asker worded it. */
  readonly question: string;
  /** The first is whose name stands on the question; empty: it could not be sent. */
  readonly askers: readonly InquiryAsker[];
  /** Null until the call was read again. */
  readonly statement: Statement | null;
  /** The message to the person; null until it was sent. */
  readonly posted: { readonly channelId: string; readonly ts: string } | null;
}

/** More people than this are told nothing by themselves: the record shows the answer. */
const ASKERS_MAX = 10;

/** The same person and call give the same id. Event ids are checked where they come in. */
export function inquiryIdOf(eventId: string, personId: string): string {
  return `${eventId}-${personId}`.toLowerCase();
}

export function newInquiry(
  asked: Pick<Inquiry, 'eventId' | 'personId' | 'question'>,
  asker: InquiryAsker,
): Inquiry {
  return {
    ...asked,
    inquiryId: inquiryIdOf(asked.eventId, asked.personId),
    version: 1,
    askers: [asker],
    statement: null,
    posted: null,
  };
}

/** Another one who asks the same. Only where nothing was sent does their wording count. */
export function joinInquiry(inquiry: Inquiry, asker: InquiryAsker, question: string): Inquiry {
  if (inquiry.askers.length === 0) {
    return { ...inquiry, question, askers: [asker], statement: null, posted: null };
  }
  const isKnown = inquiry.askers.some((row) => isSameAsker(row, asker));
  if (isKnown || inquiry.askers.length >= ASKERS_MAX) return inquiry;
  return { ...inquiry, askers: [...inquiry.askers, asker] };
}

/** Nothing was sent: as if it had never been asked, so that it can be asked again. */
export function withdrawInquiry(inquiry: Inquiry): Inquiry {
  return { ...inquiry, askers: [], statement: null, posted: null };
}

/** What is new in an answer; what is left out stays. */
export interface AnswerChange {
  readonly verdict?: 'planned' | 'mistake' | 'not-me';
  readonly comment?: string | null;
}

/** The same answer given again changes nothing. */
export function answerInquiry(inquiry: Inquiry, change: AnswerChange, nowMs: number): Inquiry {
  const { statement } = inquiry;
  if (statement === null) return inquiry;
  const { answer } = statement;
  const verdict = change.verdict ?? answer?.verdict ?? null;
  const comment = change.comment === undefined ? (answer?.comment ?? null) : change.comment;
  const isSame = answer?.verdict === verdict && answer?.comment === comment;
  if (isSame || (verdict === null && comment === null)) return inquiry;
  // Two answers of one moment are still two: the time tells them apart.
  const atMs = Math.max(nowMs, (answer?.atMs ?? 0) + 1);
  return { ...inquiry, statement: { ...statement, answer: { verdict, comment, atMs } } };
}

/** Who has not been told the newest answer; nobody while there is none. */
export function untoldAskers({ askers, statement }: Inquiry): readonly InquiryAsker[] {
  const atMs = statement?.answer?.atMs ?? null;
  return atMs === null ? [] : askers.filter(({ toldAnswerAtMs }) => toldAnswerAtMs !== atMs);
}

/** Not those who joined meanwhile. */
export function markTold(
  inquiry: Inquiry,
  told: readonly InquiryAsker[],
  answerAtMs: number,
): Inquiry {
  const askers = inquiry.askers.map((asker) =>
    told.some((row) => isSameAsker(row, asker)) ? { ...asker, toldAnswerAtMs: answerAtMs } : asker,
  );
  return { ...inquiry, askers };
}

function isSameAsker(one: InquiryAsker, other: InquiryAsker): boolean {
  return one.userId === other.userId && one.incidentId === other.incidentId;
}

/** Under which the statement stands in every incident it belongs to. */
export function statementIdOf(inquiryId: string): string {
  return `statement-${inquiryId}`;
}

/** The statement about this call that is on the incident's record already; null when none is. */
export function statementOn(state: IncidentState, inquiryId: string): Statement | null {
  const found = state.evidence.find((row) => row.evidenceId === statementIdOf(inquiryId));
  return found?.kind === 'statement' ? found : null;
}
