import {
  type AnswerChange,
  answerInquiry,
  type Inquiry,
  inquiryIdOf,
  joinInquiry,
  newInquiry,
} from '../domain/incident/inquiry.ts';
import { AppError } from '../errors.ts';
import type { FlowDependencies, ScheduledWork, Store, Work } from '../ports.ts';

const CONFLICTS_MAX = 8;

export interface ActorQuestion {
  readonly eventId: string;
  readonly personId: string;
  readonly question: string;
  readonly userId: string;
  readonly incidentId: string | null;
  readonly channelId: string;
}

export type AskOutcome =
  | { readonly kind: 'asking'; readonly inquiry: Inquiry }
  /** Somebody asked the same before; this asker is told the answer too. */
  | { readonly kind: 'asked-before'; readonly inquiry: Inquiry };

/**
 * Keeps the question and sees to it that it is sent. Nothing is sent twice: the second to ask the
 * same joins the first. Rejects with `store-unavailable` when it could not be kept.
 */
export async function askActor(deps: FlowDependencies, asked: ActorQuestion): Promise<AskOutcome> {
  const { userId, incidentId, channelId, question } = asked;
  const askedAtMs = deps.clock.nowMs();
  const asker = { userId, incidentId, channelId, askedAtMs, toldAnswerAtMs: null };
  let isFirst = true;
  const inquiry = await changeInquiry(
    deps.store,
    inquiryIdOf(asked.eventId, asked.personId),
    (before) => {
      isFirst = before === null || before.askers.length === 0;
      return before === null ? newInquiry(asked, asker) : joinInquiry(before, asker, question);
    },
  );
  if (inquiry === null) throw new AppError('internal', 'A question that was not kept.');
  await deps.store.schedule([pursueWork(inquiry, askedAtMs)], null);
  deps.wakeWorkers();
  return { kind: isFirst ? 'asking' : 'asked-before', inquiry };
}

export type AnswerOutcome =
  | { readonly kind: 'kept' }
  | { readonly kind: 'refused'; readonly sentence: string };

/** What the person who was asked says. Only they may, as often as they like: the last one counts. */
export async function answerActor(
  deps: FlowDependencies,
  answer: { readonly inquiryId: string; readonly userId: string; readonly change: AnswerChange },
): Promise<AnswerOutcome> {
  const { inquiryId, userId, change } = answer;
  const kept = await deps.store.readInquiry(inquiryId);
  if (kept?.statement == null) {
    return {
      kind: 'refused',
      sentence:
        'I do not know this question any more: they are kept for 100 days. Tell the person who asked you.',
    };
  }
  if (kept.personId !== userId) {
    return { kind: 'refused', sentence: `Only <@${kept.personId}> can answer this.` };
  }
  const nowMs = deps.clock.nowMs();
  const changed = await changeInquiry(deps.store, inquiryId, (before) =>
    before === null ? null : answerInquiry(before, change, nowMs),
  );
  if (changed !== null) await deps.store.schedule([pursueWork(changed, nowMs)], null);
  deps.wakeWorkers();
  return { kind: 'kept' };
}

/** Whatever the question needs next, at this time; twice at once is never more than once. */
export function pursueWork(inquiry: Inquiry, dueAtMs: number): ScheduledWork {
  const work = workFor(inquiry, false);
  return { workId: `inquiry-${inquiry.inquiryId}`, dueAtMs, work };
}

/** A look at whether there is an answer by then. */
export function overdueWork(inquiry: Inquiry, dueAtMs: number): ScheduledWork {
  const work = workFor(inquiry, true);
  return { workId: `inquiry-overdue-${inquiry.inquiryId}`, dueAtMs, work };
}

function workFor({ inquiryId, askers }: Inquiry, isOverdue: boolean): Work {
  const incidentId = askers[0]?.incidentId ?? null;
  return { kind: 'pursue-inquiry', inquiryId, incidentId, isOverdue };
}

/**
 * Reads, changes and keeps it; on a lost race once more from what is kept then. `change` returns
 * what it was given when there is nothing to change; null leaves a missing one missing.
 */
export async function changeInquiry(
  store: Pick<Store, 'readInquiry' | 'saveInquiry'>,
  inquiryId: string,
  change: (before: Inquiry | null) => Inquiry | null,
): Promise<Inquiry | null> {
  for (let conflicts = 0; conflicts < CONFLICTS_MAX; conflicts += 1) {
    const before = await store.readInquiry(inquiryId);
    const after = change(before);
    if (after === null || after === before) return after;
    const numbered = { ...after, version: (before?.version ?? 0) + 1 };
    if (await store.saveInquiry(numbered)) return numbered;
  }
  throw new AppError(
    'store-unavailable',
    'Too many people changed this question at once and yours could not be recorded. Try again.',
  );
}
