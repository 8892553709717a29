import type { ModalView } from '@slack/types';
import { inquiryIdOf } from '../../domain/incident/inquiry.ts';
import { emailOf, mayBePerson } from '../../domain/trail/email-of.ts';
import { type AskTrail, type Call, readCall } from '../../flows/read-call.ts';
import type { WorkOutcome } from '../../flows/run-work.ts';
import type { Work } from '../../ports.ts';
import type { SlackContext } from '../context.ts';
import { buildAskForm, type Match, sentenceView } from '../forms/ask-actor.ts';
import { slackFailureOf } from './slack-failure.ts';

type PrepareWork = Extract<Work, { kind: 'prepare-inquiry' }>;

interface PrepareContext extends SlackContext {
  readonly ask: AskTrail;
}

/** Fills in the form that is open and waiting. Whoever closed it meanwhile wants nothing more. */
export async function prepareInquiry(
  context: PrepareContext,
  work: PrepareWork,
  signal: AbortSignal,
): Promise<WorkOutcome> {
  const view = await viewInAnyCase(context, work, signal);
  try {
    await context.clients.background.views.update({ view_id: work.viewId, view });
    return { kind: 'done' };
  } catch (error) {
    const failure = slackFailureOf(error);
    if (failure.kind === 'rate-limited') return { kind: 'later', delayMs: failure.delayMs };
    if (failure.kind === 'refused' && failure.code === 'not_found') return { kind: 'done' };
    throw error;
  }
}

/** Nobody is left in front of a form that says it is looking. */
async function viewInAnyCase(
  context: PrepareContext,
  work: PrepareWork,
  signal: AbortSignal,
): Promise<ModalView> {
  try {
    return await viewFor(context, work, signal);
  } catch (error) {
    if (signal.aborted) throw error;
    context.log.error('a call could not be read to ask about it', error, { viewId: work.viewId });
    return sentenceView('Something went wrong on my side, so nobody was asked. Try again.');
  }
}

async function viewFor(
  context: PrepareContext,
  work: PrepareWork,
  signal: AbortSignal,
): Promise<ModalView> {
  const { eventId, incidentId, channelId, userId, askedAtMs } = work;
  const request = { eventId, userId, channelId, incidentId, askedAtMs };
  const reading = await readCall(context, request, signal);
  if (reading.kind === 'none') {
    return sentenceView(
      `I could not read this call again, so nobody was asked. ${reading.sentence}`,
    );
  }
  const { call } = reading;
  if (!mayBePerson(call.who)) {
    return sentenceView('A machine or AWS itself made this call, so there is nobody to ask.');
  }
  const match = await matchOf(context, call);
  const place = { eventId, incidentId, channelId, warnedId: null };
  return buildAskForm({ place, call, match, earlier: await earlierOf(context, work, match) });
}

async function matchOf({ people }: SlackContext, { who, record }: Call): Promise<Match | null> {
  const email = emailOf(who.label, record.principal);
  return email === null ? null : { email, found: await people.findByEmail(email) };
}

async function earlierOf({ store }: SlackContext, { eventId }: PrepareWork, match: Match | null) {
  if (match?.found.kind !== 'found') return null;
  const earlier = await store.readInquiry(inquiryIdOf(eventId, match.found.account.userId));
  return earlier === null || earlier.askers.length === 0 ? null : earlier;
}
