import { isCleared, joinedAlarms } from '../../../domain/incident/incident-alarms.ts';
import { actOnIncident } from '../../../flows/act-on-incident.ts';
import { sentenceContent } from '../../blocks/error.ts';
import type { MessageContent } from '../../blocks/message.ts';
import { buildMergeForm } from '../../forms/merge.ts';
import { buildSeparateForm } from '../../forms/separate.ts';
import { openView } from './open-view.ts';
import type { Run, Tap } from './run.ts';

/** More than a menu of Slack shows. */
const OTHERS_MAX = 100;

/** The buttons of what an alarm opened. */
export const ALARM_TAPS = {
  'accept-incident': acceptIncident,
  'merge-incident': openMergeForm,
  'separate-alarm': openSeparateForm,
} as const satisfies Readonly<Record<string, Run>>;

async function acceptIncident(tap: Tap): Promise<MessageContent | null> {
  const { context, target, who, dedupeId } = tap;
  const outcome = await actOnIncident(context, {
    incidentId: target.incidentId ?? '',
    command: { type: 'accept-proposal' },
    actor: { kind: 'person', userId: who.userId },
    dedupeId,
  });
  return outcome.kind === 'rejected' ? sentenceContent(outcome.sentence) : null;
}

async function openMergeForm(tap: Tap): Promise<MessageContent | null> {
  const { context, payload, target } = tap;
  const state = await context.store.readState(target.incidentId ?? '');
  if (state === null) return sentenceContent('I do not know this incident any more.');
  const open = await context.store.listIncidents({
    channelId: state.channelId,
    status: 'open',
    limit: OTHERS_MAX + 1,
  });
  const others = open.filter(
    ({ incidentId, isDrill }) => incidentId !== state.incidentId && !isDrill,
  );
  if (others.length === 0) {
    return sentenceContent(
      'No other incident is open in this channel. Accept this one, or say that it is none.',
    );
  }
  const view = buildMergeForm(state, others.slice(0, OTHERS_MAX));
  return openView({ context, payload }, view);
}

async function openSeparateForm({ context, payload, target }: Tap): Promise<MessageContent | null> {
  const state = await context.store.readState(target.incidentId ?? '');
  if (state === null) return sentenceContent('I do not know this incident any more.');
  const choices = joinedAlarms(state).filter((alarm) => !isCleared(alarm));
  if (choices.length === 0) {
    return sentenceContent('None of the alarms that joined is in ALARM any more.');
  }
  const view = buildSeparateForm(state, choices);
  return openView({ context, payload }, view);
}
