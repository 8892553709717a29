import type { KnownBlock } from '@slack/types';
import type { TrailAnswer } from '../../domain/trail/answer.ts';
import { actOnIncident } from '../../flows/act-on-incident.ts';
import type { TrailReply } from '../../flows/answer-trail.ts';
import type { WorkOutcome } from '../../flows/run-work.ts';
import type { Work } from '../../ports.ts';
import { sentenceContent } from '../blocks/error.ts';
import type { MessageContent } from '../blocks/message.ts';
import { renderTrailAnswer } from '../blocks/trail-answer.ts';
import type { SlackContext } from '../context.ts';
import { slackFailureOf } from './slack-failure.ts';
import { tellPerson } from './tell-person.ts';

/** A lookup that takes longer says that it is still looking. */
const PROGRESS_AFTER_MS = 2_000;

type TrailWork = Extract<Work, { kind: 'answer-trail' }>;

/** Asks, and brings the answer to where it was wanted. Always ends in something that people see. */
export async function deliverTrail(
  context: SlackContext,
  work: TrailWork,
  ask: () => Promise<TrailReply>,
): Promise<WorkOutcome> {
  const progress = setTimeout(() => {
    void tellPerson(context, { ...work, sentence: `Looking: ${work.question.slice(0, 200)} …` });
  }, PROGRESS_AFTER_MS);
  let reply: TrailReply;
  try {
    reply = await ask();
  } finally {
    clearTimeout(progress);
  }
  if (reply.kind === 'error') {
    await tellPerson(context, { ...work, content: sentenceContent(reply.sentence) });
    return { kind: 'done' };
  }
  switch (work.deliver) {
    case 'to-asker':
      await tellPerson(context, {
        ...work,
        content: await contentFor(context, work, reply.answer),
      });
      return { kind: 'done' };
    case 'to-channel':
      return share(context, work, await contentFor(context, work, reply.answer));
    case 'as-evidence':
      return attach(context, work, reply.answer);
  }
}

async function contentFor(
  context: SlackContext,
  work: TrailWork,
  answer: TrailAnswer,
): Promise<MessageContent> {
  const { timeZone } = await context.people.describe(work.userId);
  return renderTrailAnswer(answer, {
    timeZone,
    nowMs: context.clock.nowMs(),
    incidentId: work.incidentId,
    consoleUrl: context.consoleUrl,
    withButtons: work.deliver === 'to-asker',
  });
}

async function share(
  context: SlackContext,
  work: TrailWork,
  content: MessageContent,
): Promise<WorkOutcome> {
  try {
    await context.clients.background.chat.postMessage({
      channel: work.channelId,
      text: content.text,
      blocks: [...content.blocks] as KnownBlock[],
      unfurl_links: false,
      unfurl_media: false,
      ...(work.threadTs === null ? {} : { thread_ts: work.threadTs }),
    });
  } catch (error) {
    const failure = slackFailureOf(error);
    if (failure.kind === 'rate-limited') return { kind: 'later', delayMs: failure.delayMs };
    const sentence =
      failure.kind === 'channel-closed'
        ? failure.sentence
        : 'Slack did not take the answer. Try Share again.';
    await tellPerson(context, { ...work, sentence });
  }
  return { kind: 'done' };
}

async function attach(
  context: SlackContext,
  work: TrailWork,
  answer: TrailAnswer,
): Promise<WorkOutcome> {
  if (work.incidentId === null) {
    const sentence = 'No incident is open here to attach this to. Open one with /triage.';
    await tellPerson(context, { ...work, sentence });
    return { kind: 'done' };
  }
  const [first] = answer.records;
  const evidenceId = `lookup-${first?.eventId ?? work.askedAtMs}`.toLowerCase();
  const outcome = await actOnIncident(context, {
    incidentId: work.incidentId,
    command: {
      type: 'record-evidence',
      evidence: {
        kind: 'lookup',
        evidenceId,
        gatheringId: null,
        question: answer.understood,
        records: answer.records,
        coverage: answer.coverage,
      },
    },
    actor: { kind: 'person', userId: work.userId },
    dedupeId: `attach:${work.incidentId}:${evidenceId}`,
  });
  const sentence =
    outcome.kind === 'rejected' ? outcome.sentence : `Attached to ${work.incidentId} as evidence.`;
  await tellPerson(context, { ...work, sentence });
  return { kind: 'done' };
}
