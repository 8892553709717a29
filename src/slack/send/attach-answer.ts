import type { TrailAnswer } from '../../domain/trail/answer.ts';
import { type ActOutcome, actOnIncident } from '../../flows/act-on-incident.ts';
import type { Work } from '../../ports.ts';
import type { SlackContext } from '../context.ts';
import { tellPerson } from './tell-person.ts';

type TrailWork = Extract<Work, { kind: 'answer-trail' }>;

/** Puts the answer on the incident's record, and says so. */
export async function attachAnswer(
  context: SlackContext,
  work: TrailWork,
  answer: TrailAnswer,
): Promise<void> {
  const { incidentId } = work;
  if (incidentId === null) {
    const sentence = 'No incident is open here to attach this to. Open one with /triage.';
    await tellPerson(context, { ...work, sentence });
    return;
  }
  const outcome = await recordAnswer(context, { ...work, incidentId }, answer);
  const sentence =
    outcome.kind === 'rejected' ? outcome.sentence : `Attached to ${incidentId} as evidence.`;
  await tellPerson(context, { ...work, sentence });
}

/** An answer that was attached gets what arrived late, in the same card. False when it was not attached. */
export async function updateAttached(
  context: SlackContext,
  work: TrailWork,
  answer: TrailAnswer,
): Promise<boolean> {
  const { incidentId } = work;
  if (incidentId === null) return false;
  const state = await context.store.readState(incidentId);
  const evidenceId = evidenceIdOf(work);
  if (!state?.evidence.some((row) => row.evidenceId === evidenceId)) return false;
  const outcome = await recordAnswer(context, { ...work, incidentId }, answer);
  return outcome.kind !== 'rejected';
}

/** One answer is one piece of evidence, however often it is attached or looked at again. */
function evidenceIdOf({ answerId, askedAtMs }: TrailWork): string {
  return `lookup-${answerId === '' ? askedAtMs : answerId}`;
}

function recordAnswer(
  context: SlackContext,
  work: TrailWork & { readonly incidentId: string },
  answer: TrailAnswer,
): Promise<ActOutcome> {
  const evidenceId = evidenceIdOf(work);
  return actOnIncident(context, {
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
    actor: work.look === 0 ? { kind: 'person', userId: work.userId } : { kind: 'bot' },
    dedupeId: `attach:${work.incidentId}:${evidenceId}:${work.look}`,
  });
}
