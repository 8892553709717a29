import type { Statement, StatementAnswer } from '../../src/domain/incident/evidence.ts';
import type { Inquiry, InquiryAsker } from '../../src/domain/incident/inquiry.ts';
import { untrusted } from '../../src/domain/untrusted.ts';
import { aCoverage, aTrailRecord } from './full-incident.ts';
import { STARTED_AT_MS } from './incident-builders.ts';

const ASKED_AT_MS = STARTED_AT_MS + 600_000;

/** Ana asked Ben, who has not answered. */
export function aStatement(changes: Partial<Statement> = {}): Statement {
  return {
    kind: 'statement',
    evidenceId: 'statement-e-1-uben',
    gatheringId: null,
    coverage: aCoverage(),
    recordedAs: untrusted('ben@example.com'),
    personId: 'UBEN',
    askedBy: 'UANA',
    askedAtMs: ASKED_AT_MS,
    question: 'Was this you, and was it expected?',
    records: [aTrailRecord()],
    answer: null,
    ...changes,
  };
}

export function anAnswer(changes: Partial<StatementAnswer> = {}): StatementAnswer {
  return { verdict: 'planned', comment: null, atMs: ASKED_AT_MS + 60_000, ...changes };
}

export function anAsker(changes: Partial<InquiryAsker> = {}): InquiryAsker {
  return {
    userId: 'UANA',
    incidentId: 'RT-7K3F9',
    channelId: 'C1',
    askedAtMs: ASKED_AT_MS,
    toldAnswerAtMs: null,
    ...changes,
  };
}

/** Sent to Ben, and not answered. */
export function anOpenInquiry(changes: Partial<Inquiry> = {}): Inquiry {
  return {
    inquiryId: 'e-1-uben',
    version: 1,
    eventId: 'e-1',
    personId: 'UBEN',
    question: 'Was this you, and was it expected?',
    askers: [anAsker()],
    statement: aStatement(),
    posted: { channelId: 'D1', ts: '17.1' },
    ...changes,
  };
}
