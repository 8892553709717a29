import type { IncidentState } from '../../../domain/incident/state.ts';
import { findSibling } from '../../../flows/find-sibling.ts';
import { openIncident } from '../../../flows/open-incident.ts';
import { refusedStart } from '../../access/refused-start.ts';
import type { SlackContext } from '../../context.ts';
import { parseStartForm } from '../../forms/start.ts';
import { formValuesOf, type ViewSubmission } from '../../payloads.ts';
import { tellPerson } from '../../send/tell-person.ts';
import { openedAnswer } from '../opened-answer.ts';
import { firstWords, openingId, threadTaken } from '../thread-taken.ts';
import { onFirstField, type SubmissionAnswer } from './submit-form.ts';

/** The start form: opens an incident where the form was asked for. */
export async function submitStart(
  context: SlackContext,
  payload: ViewSubmission,
): Promise<SubmissionAnswer> {
  const { timeZone } = await context.people.describe(payload.user.id);
  const parsed = parseStartForm({
    values: formValuesOf(payload),
    privateMetadata: payload.view.private_metadata,
    timeZone,
    nowMs: context.clock.nowMs(),
  });
  if (parsed.kind === 'errors') return parsed;
  const { place, fields } = parsed;
  const teamId = payload.team.id;
  const userId = payload.user.id;
  // Somebody else may have started there meanwhile, and the form may be for a channel other than the button's.
  const refused =
    (await refusedStart(context, { userId, channelId: place.channelId })) ??
    (await threadTaken(context, place))?.sentence ??
    null;
  if (refused !== null) return onFirstField(payload, await withNames(context, refused));
  const outcome = await openIncident(context, {
    ...place,
    ...fields,
    teamId,
    regions: [],
    actor: { kind: 'person', userId },
    dedupeId: openingId({ ...place, teamId }, `view:${payload.view.id}:${payload.view.hash}`),
    replyUrl: null,
  });
  if (outcome.kind === 'rejected') return onFirstField(payload, outcome.sentence);
  const first = firstWords(outcome.state, userId, context.clock.nowMs());
  if (first !== null) return onFirstField(payload, await withNames(context, first));
  const { state } = outcome;
  return { kind: 'close', afterwards: () => tellOther(context, state, userId) };
}

/** The card says that it is open; only what may be the same has to be told. */
async function tellOther(
  context: SlackContext,
  state: IncidentState,
  userId: string,
): Promise<void> {
  const { incidentId, channelId, threadTs } = state;
  const sibling = await findSibling(context, state);
  if (sibling === null) return;
  const content = await openedAnswer(
    context,
    { state, sentence: `${incidentId} is open.` },
    sibling,
  );
  await tellPerson(context, { userId, channelId, threadTs, replyUrl: null, content });
}

const MENTION = /<@([UW][A-Z0-9]+)>/;

/** Field errors are plain text, and here it matters who was first. */
async function withNames({ people }: SlackContext, sentence: string): Promise<string> {
  const userId = MENTION.exec(sentence)?.[1];
  if (userId === undefined) return sentence;
  const { name } = await people.describe(userId);
  return sentence.replace(MENTION, () => name);
}
