import { checkIdOf } from '../../../domain/incident/check-ticks.ts';
import { checkResults } from '../../../domain/playbook/check-results.ts';
import { playbookOf } from '../../../domain/playbook/find-playbook.ts';
import { choosePlaybookByHand } from '../../../flows/choose-playbook.ts';
import { tickCheck } from '../../../flows/tick-check.ts';
import { sentenceContent } from '../../blocks/error.ts';
import type { MessageContent } from '../../blocks/message.ts';
import { buildPlaybookView } from '../../blocks/playbook-view.ts';
import { scheduleQuestion } from '../commands/trail.ts';
import { openView } from './open-view.ts';
import type { Run, Tap } from './run.ts';

const PLAYBOOK_GONE =
  'There is no such playbook any more. Choose another one on the card of the step.';

const CHECK_GONE =
  'This check is not in the playbook any more. The card of the step shows those that are.';

/** What people do with the playbook of an incident. */
export const PLAYBOOK_TAPS = {
  'choose-playbook': choosePlaybook,
  'show-playbook': showPlaybook,
  'ask-check': askCheck,
  'tick-check': (tap) => tick(tap, true),
  'untick-check': (tap) => tick(tap, false),
} as const satisfies Readonly<Record<string, Run>>;

/** The menu names playbooks by id; one that is gone since it was shown is explained. */
async function choosePlaybook(tap: Tap): Promise<MessageContent | null> {
  const { context, target, who, dedupeId } = tap;
  const outcome = await choosePlaybookByHand(context, {
    incidentId: target.incidentId ?? '',
    playbookId: target.itemId ?? '',
    actor: { kind: 'person', userId: who.userId },
    dedupeId,
  });
  if (outcome === null) return sentenceContent(PLAYBOOK_GONE);
  return outcome.kind === 'rejected' ? sentenceContent(outcome.sentence) : null;
}

async function tick(tap: Tap, isDone: boolean): Promise<MessageContent | null> {
  const { context, target, who, dedupeId } = tap;
  const outcome = await tickCheck(context, {
    incidentId: target.incidentId ?? '',
    checkId: target.itemId ?? '',
    isDone,
    actor: { kind: 'person', userId: who.userId },
    dedupeId,
  });
  if (outcome === null) return sentenceContent(CHECK_GONE);
  return outcome.kind === 'rejected' ? sentenceContent(outcome.sentence) : null;
}

async function showPlaybook({ context, payload, target }: Tap): Promise<MessageContent | null> {
  const state = await context.store.readState(target.incidentId ?? '');
  const playbook = context.playbooks.find(({ id }) => id === state?.playbook?.playbookId);
  if (state === null || playbook === undefined) return sentenceContent(PLAYBOOK_GONE);
  const view = buildPlaybookView(state, playbook);
  return openView({ context, payload }, view);
}

/** The question is put together as things stand now; its answer goes onto the record by itself. */
async function askCheck(tap: Tap): Promise<MessageContent | null> {
  const { context, target, who, dedupeId } = tap;
  const state = await context.store.readState(target.incidentId ?? '');
  const playbook = state === null ? null : playbookOf(state, context.playbooks);
  if (state === null || playbook === null) return sentenceContent(PLAYBOOK_GONE);
  const asked = checkResults(state, playbook).find(
    ({ check }) => checkIdOf(check.text) === target.itemId,
  );
  if (asked === undefined) return sentenceContent(CHECK_GONE);
  const { question } = asked;
  if (question === null) return sentenceContent(asked.sentence ?? CHECK_GONE);
  const { incidentId } = state;
  await scheduleQuestion(context, {
    ...who,
    question,
    incidentId,
    deliver: 'as-evidence',
    dedupeId,
  });
  return null;
}
