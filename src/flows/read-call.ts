import type { Coverage } from '../domain/coverage.ts';
import { recordsOf } from '../domain/incident/evidence.ts';
import type { TrailLead } from '../domain/trail/answer.ts';
import type { TrailRecord } from '../domain/trail/record.ts';
import type { FlowDependencies, Work } from '../ports.ts';
import type { TrailReply } from './answer-trail.ts';

type TrailWork = Extract<Work, { kind: 'answer-trail' }>;

/** Asks AWS, as `/trail` does. */
export type AskTrail = (work: TrailWork, signal: AbortSignal) => Promise<TrailReply>;

/** One call by its id: what takes longer has gone wrong. */
const READING_TIME_MAX_MS = 25_000;

/** One call, and who is behind it as far as AWS says. */
export interface Call {
  readonly who: TrailLead['who'];
  readonly record: TrailRecord;
  readonly coverage: Coverage;
}

export type CallReading =
  | { readonly kind: 'call'; readonly call: Call }
  | { readonly kind: 'none'; readonly sentence: string };

interface CallRequest {
  readonly eventId: string;
  readonly userId: string;
  readonly channelId: string;
  readonly incidentId: string | null;
  readonly askedAtMs: number;
}

/** Reads a call again by its id; where AWS does not show it now, as the incident has it on record. */
export async function readCall(
  deps: Pick<FlowDependencies, 'store'> & { readonly ask: AskTrail },
  request: CallRequest,
  signal: AbortSignal,
): Promise<CallReading> {
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(READING_TIME_MAX_MS)]);
  const reply = await deps.ask(questionFor(request), inTime);
  if (reply.kind === 'answer' && reply.answer.lead !== null) {
    const { lead, coverage } = reply.answer;
    return { kind: 'call', call: { who: lead.who, record: lead.record, coverage } };
  }
  const kept = await readKept(deps, request);
  if (kept !== null) return { kind: 'call', call: kept };
  const sentence = reply.kind === 'error' ? reply.sentence : reply.answer.notFound;
  return { kind: 'none', sentence: sentence ?? 'No call that matches was found.' };
}

function questionFor({ eventId, ...place }: CallRequest): TrailWork {
  return {
    kind: 'answer-trail',
    answerId: '',
    page: 0,
    look: 0,
    about: 'question',
    question: `id:${eventId} since 89d`,
    deliver: 'to-asker',
    threadTs: null,
    replyUrl: null,
    ...place,
  };
}

async function readKept(
  { store }: Pick<FlowDependencies, 'store'>,
  { incidentId, eventId }: CallRequest,
): Promise<Call | null> {
  const state = incidentId === null ? null : await store.readState(incidentId);
  for (const evidence of state?.evidence ?? []) {
    const record = recordsOf(evidence).find((row) => row.eventId === eventId);
    if (record === undefined) continue;
    return { who: record.principal, record, coverage: evidence.coverage };
  }
  return null;
}
