import { actOnIncident } from '../../flows/act-on-incident.ts';
import type { Work } from '../../ports.ts';
import { sentenceContent } from '../blocks/error.ts';
import type { SlackContext } from '../context.ts';
import { giveUpInquiry } from './pursue-inquiry.ts';
import { tellDirectly, tellPerson } from './tell-person.ts';

/** What was not done, as the line in the thread says it. */
export const TASKS: Readonly<Record<Work['kind'], string>> = {
  render: 'showing this session in Slack',
  gather: 'gathering evidence from AWS',
  graph: 'drawing the metrics of the alarms',
  'graph-after': 'drawing the metrics of the alarms once more',
  rank: 'ranking the causes again',
  'begin-window': 'saying that the window of the plan begins',
  'read-fix': 'reading what was written while the plan was carried out',
  'leave-channel': 'saying in the old channel where this incident went',
  publish: 'writing and uploading the document',
  'withdraw-documents': 'deleting my earlier documents after text was taken out of the record',
  home: 'showing the Home tab',
  'send-trend': 'drawing how long incidents took',
  'delete-old': 'deleting old incidents',
  recall: 'looking for incidents like this one',
  'look-for-test': 'reading what the test asks for',
  nudge: 'reminding people when nobody does anything',
  brief: 'sending the new owner the brief',
  watch: 'watching the alarms after the fix',
  'deliver-webhook': 'telling a webhook about this incident',
  'answer-trail': 'answering a /trail question',
  'prepare-inquiry': 'filling in the form to ask somebody about a call',
  'pursue-inquiry': 'asking the person behind a call',
};

const NO_PICTURE =
  'I could not draw or send the picture of how long incidents took. The figures are on my Home tab.';

/** A given-up item ends in the session where people see it; one that could not show itself is only logged. */
export async function showDeadWork(
  context: SlackContext,
  work: Work,
  reason: string,
): Promise<void> {
  context.log.error('work was given up', new Error(reason), { kind: work.kind });
  if (work.kind === 'answer-trail' && work.look === 0) {
    const sentence = 'I could not answer this question, and have stopped trying. Ask it again.';
    await tellPerson(context, { ...work, sentence });
  }
  if (work.kind === 'pursue-inquiry') await giveUpInquiry(context, work, reason);
  if (work.kind === 'send-trend') {
    await tellDirectly(context, work.userId, sentenceContent(NO_PICTURE));
  }
  if (work.kind === 'render' || !('incidentId' in work) || work.incidentId === null) return;
  await actOnIncident(context, {
    incidentId: work.incidentId,
    command: { type: 'abandon-work', task: TASKS[work.kind], reason },
    actor: { kind: 'bot' },
    dedupeId: context.ids.next('dead'),
  });
}
