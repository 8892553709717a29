import { gapsOf } from '../../src/cli/file-gaps.ts';
import { trailJson } from '../../src/cli/trail-json.ts';
import { trailText } from '../../src/cli/trail-text.ts';
import { answerQuestion } from '../../src/domain/trail/answer.ts';
import { explainRecord } from '../../src/domain/trail/explain-record.ts';
import { sentenceText } from '../../src/domain/trail/explanation.ts';
import type { TrailQuery } from '../../src/domain/trail/query/query.ts';
import type { TrailRecord } from '../../src/domain/trail/record.ts';
import type { MessageContent } from '../../src/slack/blocks/message.ts';
import { renderTrailAnswer } from '../../src/slack/blocks/trail-answer.ts';

/** Controls of either set, direction marks and everything else that is there and not seen. */
export const STEERING = /[^\P{C}\n]|[\p{Zl}\p{Zp}]/u;

export interface RenderedForms {
  /** For a terminal: the answer, the explanation, and both as JSON. */
  readonly printed: readonly string[];
  readonly posted: readonly MessageContent[];
  readonly sentences: readonly string[];
}

/** One record as the answer to a question, in every form in which a person gets to see it. */
export function renderedForms(record: TrailRecord): RenderedForms {
  const forms = [answerTo(record, false), answerTo(record, true)].map(renderOne);
  return {
    printed: forms.flatMap(({ printed }) => printed),
    posted: forms.map(({ posted }) => posted),
    sentences: explainRecord(record).map(sentenceText),
  };
}

function answerTo(record: TrailRecord, asksForOne: boolean) {
  const { accountId, region, eventId, atMs } = record;
  const condition = { key: 'id', value: eventId, negated: false } as const;
  const query: TrailQuery = {
    verbs: [],
    conditions: asksForOne ? [condition] : [],
    flags: [{ flag: 'error', negated: false }],
    assumesWrites: false,
    place: null,
    fromMs: atMs - 1,
    toMs: atMs + 1,
    hasWindow: true,
  };
  const reading = {
    records: [record],
    fileCount: 1,
    readCount: 1,
    skippedCount: 0,
    earliestMs: atMs,
    latestMs: atMs,
    places: [{ accountId, region }],
    hasDataEvents: false,
    laterCount: 0,
  };
  const targets = [
    { accountId, region, outcome: 'found', count: 1, truncated: false, explanation: null } as const,
  ];
  const from = { source: 'files', gaps: gapsOf(reading, query) } as const;
  const counts = { skippedCount: 0, deliveredUntilMs: query.toMs };
  const question = asksForOne ? `id:${eventId}` : 'is:error';
  const answer = answerQuestion({ question, query, records: [record], targets, from, ...counts });
  return { answer, query, reading, nowMs: atMs + 60_000 };
}

function renderOne({ answer, query, reading, nowMs }: ReturnType<typeof answerTo>) {
  const context = {
    timeZone: 'Europe/Berlin',
    nowMs,
    incidentId: 'RT-7K3F9',
    consoleUrl: 'https://console.aws.amazon.com',
    answerId: 'trail-1',
    page: 0,
    endedBy: 'itself' as const,
  };
  return {
    printed: [trailText(answer, { timeZone: 'UTC', nowMs }), trailJson({ answer, query, reading })],
    posted: renderTrailAnswer(answer, context),
  };
}
