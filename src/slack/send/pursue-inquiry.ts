import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import type { Statement } from '../../domain/incident/evidence.ts';
import {
  type Inquiry,
  type InquiryAsker,
  markTold,
  statementIdOf,
  statementOn,
  untoldAskers,
  withdrawInquiry,
} from '../../domain/incident/inquiry.ts';
import { actOnIncident } from '../../flows/act-on-incident.ts';
import { changeInquiry, overdueWork } from '../../flows/ask-actor.ts';
import { type AskTrail, readCall } from '../../flows/read-call.ts';
import type { WorkOutcome } from '../../flows/run-work.ts';
import type { Work } from '../../ports.ts';
import { renderActorQuestion, renderAnswerFor, renderOverdue } from '../blocks/actor-question.ts';
import { sentenceContent } from '../blocks/error.ts';
import type { MessageContent } from '../blocks/message.ts';
import type { SlackContext } from '../context.ts';
import { slackFailureOf } from './slack-failure.ts';
import { tellDirectly } from './tell-person.ts';
import { unsendableReason } from './unsendable.ts';
import { waitForSlack } from './wait-for-slack.ts';

/** How long somebody may take before whoever asked hears that there is no answer yet. */
const ANSWER_WAIT_MS = 30 * 60_000;
const MINUTE_MS = 60_000;

export interface InquiryContext extends SlackContext {
  readonly ask: AskTrail;
  readonly answerWaitMs?: number;
}

type PursueWork = Extract<Work, { kind: 'pursue-inquiry' }>;

/**
 * Level-triggered: does what the question needs now, whatever the work item was written for. One
 * item for each question, so nothing here runs twice at once.
 */
export async function pursueInquiry(
  context: InquiryContext,
  { inquiryId, isOverdue }: PursueWork,
  signal: AbortSignal,
): Promise<WorkOutcome> {
  const inquiry = await context.store.readInquiry(inquiryId);
  if (inquiry === null || inquiry.askers.length === 0) return { kind: 'done' };
  if (isOverdue) return tellOverdue(context, inquiry);
  const sent = inquiry.posted === null ? await send(context, inquiry, signal) : inquiry;
  if ('kind' in sent) return sent;
  return spread(context, sent);
}

/** After the last try: whoever asked must not wait for an answer to what was never sent. */
export async function giveUpInquiry(
  context: SlackContext,
  { inquiryId }: PursueWork,
  reason: string,
): Promise<void> {
  const inquiry = await context.store.readInquiry(inquiryId);
  if (inquiry !== null && inquiry.posted === null) await withdraw(context, inquiry, reason);
}

/** Reads the call, keeps it, and only then sends: an answer never finds an unknown question. */
async function send(
  context: InquiryContext,
  inquiry: Inquiry,
  signal: AbortSignal,
): Promise<Inquiry | WorkOutcome> {
  const [asker] = inquiry.askers;
  if (asker === undefined) return { kind: 'done' };
  const { toldAnswerAtMs: _told, ...place } = asker;
  const reading = await readCall(context, { ...place, eventId: inquiry.eventId }, signal);
  if (reading.kind === 'none') {
    return withdraw(context, inquiry, `I could not read the call again. ${reading.sentence}`);
  }
  const { who, record, coverage } = reading.call;
  const statement: Statement = {
    kind: 'statement',
    evidenceId: statementIdOf(inquiry.inquiryId),
    gatheringId: null,
    coverage,
    recordedAs: who.label,
    personId: inquiry.personId,
    askedBy: asker.userId,
    askedAtMs: asker.askedAtMs,
    question: inquiry.question,
    records: [record],
    answer: null,
  };
  const known = await change(context, inquiry, (before) => ({ ...before, statement }));
  try {
    return await post(context, known, statement);
  } catch (error) {
    return notSent(context, known, error);
  }
}

const opened = z.object({ channel: z.object({ id: z.string() }) });
const postedAnswer = z.object({ channel: z.string(), ts: z.string() });

/** A lost answer to the post sends the message again: twice is better than never. */
async function post(
  context: InquiryContext,
  inquiry: Inquiry,
  statement: Statement,
): Promise<Inquiry> {
  const { clients } = context;
  const { channel } = opened.parse(
    await clients.background.conversations.open({ users: inquiry.personId }),
  );
  const overdue = overdueWork(inquiry, context.clock.nowMs() + answerWaitOf(context));
  await context.store.schedule([overdue], null);
  const content = await questionContent(context, inquiry, statement);
  const answer = postedAnswer.parse(
    await clients.background.chat.postMessage({
      channel: channel.id,
      text: content.text,
      blocks: [...content.blocks] as KnownBlock[],
      unfurl_links: false,
      unfurl_media: false,
    }),
  );
  const posted = { channelId: answer.channel, ts: answer.ts };
  return change(context, inquiry, (before) => ({ ...before, posted }));
}

/** Whoever is asked in a drill has to see that it is one. */
async function questionContent(
  { store }: Pick<SlackContext, 'store'>,
  inquiry: Inquiry,
  statement: Statement,
): Promise<MessageContent> {
  const incidentId = inquiry.askers[0]?.incidentId ?? null;
  const state = incidentId === null ? null : await store.readState(incidentId);
  return renderActorQuestion(inquiry, statement, state?.isDrill === true);
}

async function notSent(
  context: InquiryContext,
  inquiry: Inquiry,
  error: unknown,
): Promise<WorkOutcome> {
  const failure = slackFailureOf(error);
  const pause = waitForSlack(context.token, failure);
  if (pause !== null) return pause;
  switch (failure.kind) {
    case 'scope-missing':
      return withdraw(context, inquiry, failure.sentence);
    case 'channel-closed':
      return withdraw(context, inquiry, 'Slack does not let me write to them.');
    case 'refused':
      return withdraw(context, inquiry, unsendableReason(failure.code));
    default:
      throw error;
  }
}

/** Nothing was sent and nothing is on any record: whoever asked is told, and may ask again. */
async function withdraw(
  context: SlackContext,
  inquiry: Inquiry,
  reason: string,
): Promise<WorkOutcome> {
  const sentence = `I could not ask <@${inquiry.personId}> about the call in AWS: ${reason} Nothing was sent or recorded; reach them another way, or ask again.`;
  for (const userId of askerIds(inquiry)) {
    await tellDirectly(context, userId, sentenceContent(sentence));
  }
  await change(context, inquiry, withdrawInquiry);
  return { kind: 'done' };
}

/** Brings question and answer to where they belong; again and again leads to the same. */
async function spread(context: InquiryContext, inquiry: Inquiry): Promise<WorkOutcome> {
  const { statement } = inquiry;
  if (statement === null) return { kind: 'done' };
  const refusals = new Map<InquiryAsker, string>();
  for (const asker of inquiry.askers) {
    const refusal = await putOnRecord(context, inquiry, statement, asker);
    if (refusal !== null) refusals.set(asker, refusal);
  }
  const { answer } = statement;
  if (answer === null) return { kind: 'done' };
  const later = await showAnswer(context, inquiry, statement);
  if (later !== null) return later;
  for (const asker of untoldAskers(inquiry)) {
    const refusal = refusals.get(asker);
    if (asker.incidentId !== null && refusal === undefined) continue;
    await tellDirectly(context, asker.userId, renderAnswerFor(statement));
    if (refusal === undefined) continue;
    const sentence = `The answer is not on the record of ${asker.incidentId}. ${refusal}`;
    await tellDirectly(context, asker.userId, sentenceContent(sentence));
  }
  await change(context, inquiry, (before) => markTold(before, inquiry.askers, answer.atMs));
  return { kind: 'done' };
}

/** First that they were asked, by the asker; then the answer, by whoever gave it. */
async function putOnRecord(
  context: InquiryContext,
  { inquiryId, personId }: Inquiry,
  statement: Statement,
  { incidentId, userId, askedAtMs }: InquiryAsker,
): Promise<string | null> {
  if (incidentId === null) return null;
  const state = await context.store.readState(incidentId);
  if (state === null) return null;
  const asked = { ...statement, askedBy: userId, askedAtMs, answer: null };
  const kept = statementOn(state, inquiryId);
  const steps = [
    ...(kept === null ? [{ evidence: asked, by: userId, name: 'asked' }] : []),
    ...(statement.answer === null || kept?.answer?.atMs === statement.answer.atMs
      ? []
      : [
          {
            evidence: { ...(kept ?? asked), answer: statement.answer },
            by: personId,
            name: `${statement.answer.atMs}`,
          },
        ]),
  ];
  for (const { evidence, by, name } of steps) {
    const outcome = await actOnIncident(context, {
      incidentId,
      command: { type: 'record-evidence', evidence },
      actor: { kind: 'person', userId: by },
      dedupeId: `statement:${incidentId}:${inquiryId}:${name}`,
    });
    if (outcome.kind === 'rejected') return outcome.sentence;
  }
  return null;
}

/** In the person's own message, so that they see what they have said. */
async function showAnswer(
  context: InquiryContext,
  inquiry: Inquiry,
  statement: Statement,
): Promise<WorkOutcome | null> {
  if (inquiry.posted === null) return null;
  const { channelId, ts } = inquiry.posted;
  const content = await questionContent(context, inquiry, statement);
  try {
    await context.clients.background.chat.update({
      channel: channelId,
      ts,
      text: content.text,
      blocks: [...content.blocks] as KnownBlock[],
    });
  } catch (error) {
    const failure = slackFailureOf(error);
    const pause = waitForSlack(context.token, failure);
    if (pause !== null) return pause;
    if (failure.kind === 'unknown') throw error;
    context.log.warn('an answer could not be shown to who gave it', { failure: failure.kind });
  }
  return null;
}

const answerWaitOf = ({ answerWaitMs }: InquiryContext): number => answerWaitMs ?? ANSWER_WAIT_MS;

async function tellOverdue(context: InquiryContext, inquiry: Inquiry): Promise<WorkOutcome> {
  const { statement } = inquiry;
  if (statement === null || statement.answer !== null) return { kind: 'done' };
  const waitedMs = context.clock.nowMs() - statement.askedAtMs;
  // Planned for an earlier try that could not be sent.
  const leftMs = answerWaitOf(context) - waitedMs;
  if (leftMs > 0) return { kind: 'later', delayMs: leftMs };
  const content = renderOverdue(statement, Math.round(waitedMs / MINUTE_MS));
  for (const userId of askerIds(inquiry)) await tellDirectly(context, userId, content);
  return { kind: 'done' };
}

function askerIds({ askers }: Inquiry): readonly string[] {
  return [...new Set(askers.map(({ userId }) => userId))];
}

async function change(
  { store }: Pick<SlackContext, 'store'>,
  inquiry: Inquiry,
  to: (before: Inquiry) => Inquiry,
): Promise<Inquiry> {
  const changed = await changeInquiry(store, inquiry.inquiryId, (before) => to(before ?? inquiry));
  return changed ?? inquiry;
}
