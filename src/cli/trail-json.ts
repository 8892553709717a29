import type { FilesReading } from '../aws/files/read-files.ts';
import type { TrailAnswer, TrailLead } from '../domain/trail/answer.ts';
import { explainRecord } from '../domain/trail/explain-record.ts';
import { sentenceText } from '../domain/trail/explanation.ts';
import { eachOnce } from '../domain/trail/newest-first.ts';
import { describeQuery } from '../domain/trail/query/describe-query.ts';
import type { TrailQuery } from '../domain/trail/query/query.ts';
import type { TrailRecord } from '../domain/trail/record.ts';
import { jsonText } from './json-text.ts';

export interface TrailResult {
  readonly answer: TrailAnswer;
  readonly query: TrailQuery;
  readonly reading: FilesReading;
}

const iso = (atMs: number): string => new Date(atMs).toISOString();

/** The answer as one JSON object; times are ISO in UTC. */
export function trailJson({ answer, query, reading }: TrailResult): string {
  const { places } = reading;
  const { fromMs, toMs, skippedCount, gaps } = answer.coverage;
  const accounts = places.map(({ accountId }) => accountId).filter((id) => id !== null);
  const document = {
    query: {
      question: answer.question,
      understood: describeQuery(query),
      verbs: query.verbs,
      conditions: query.conditions,
      flags: query.flags,
      assumesWrites: query.assumesWrites,
      from: iso(fromMs),
      to: iso(toMs),
    },
    answer: answer.lead === null ? null : leadJson(answer.lead),
    explanation: answer.lead === null ? [] : explainRecord(answer.lead.record).map(sentenceText),
    chain: (answer.chain?.links ?? []).map(({ label, eventId }) => ({ label, eventId })),
    chainNote: answer.chain?.sentence ?? null,
    events: recordsOf(answer).map(({ eventId }) => eventId),
    coverage: {
      from: iso(fromMs),
      to: iso(toMs),
      regions: [...new Set(places.map(({ region }) => region))].sort(),
      accounts: [...new Set(accounts)].sort(),
      events: reading.readCount,
      skipped: skippedCount,
      gaps,
    },
    notFound: answer.notFound,
    leftOut: answer.leftOut,
  };
  return jsonText(document);
}

/** All of them: `records` of the answer are only so many as a message can show. */
function recordsOf({ lead, others, attempts }: TrailAnswer): readonly TrailRecord[] {
  const groups = [...others, ...attempts].flatMap(({ records }) => records);
  return eachOnce(lead === null ? groups : [lead.record, ...groups]);
}

function leadJson({ who, record, action, resources, atMs, mfa, ...lead }: TrailLead) {
  return {
    actor: { ...who, via: lead.channel },
    action: action.eventName,
    eventId: record.eventId,
    resources,
    time: iso(atMs),
    sourceIp: lead.sourceAddress,
    region: lead.region,
    account: record.accountId,
    mfa,
    failed: lead.failed,
  };
}
