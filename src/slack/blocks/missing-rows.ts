import type { Button, KnownBlock } from '@slack/types';
import { type MissingPart, missingForClose } from '../../domain/incident/close-gate.ts';
import type { IncidentCommandType } from '../../domain/incident/commands.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { INCIDENT_STEPS } from '../../domain/incident/steps.ts';
import { actions, aimAt, formButton } from './buttons.ts';
import { fitMessage } from './fit-message.ts';
import { actionButton } from './incident-buttons.ts';
import { BLOCK_LIMITS } from './limits.ts';
import type { MessageContent } from './message.ts';
import { bold, copyable, line, plain, richText } from './text.ts';

/** Short: it stands beside the sentence that says what is missing. */
const LABELS: { readonly [C in IncidentCommandType]?: string } = {
  'state-problem': 'State it',
  'isolate-component': 'Name it',
  'propose-hypothesis': 'Add a hypothesis',
  'start-test': 'Test one',
  'conclude-test': 'Record the verdict',
  'plan-solution': 'Plan it',
  'approve-plan': 'Approve',
  'report-implemented': 'It is implemented',
  'verify-solution': 'It works',
  'document-findings': 'Write it',
};

/** What the incident lacks, each with the button that opens what mends it. */
export function missingRows(state: IncidentState): readonly KnownBlock[] {
  return missingForClose(state).map((part) => ({
    type: 'section',
    text: plain(part.sentence, BLOCK_LIMITS.sectionCharactersMax),
    accessory: fixButton(state, part),
  }));
}

/** In a thread, where no form can be opened by a line: what is missing, and the button. */
export function renderMissing(state: IncidentState): MessageContent {
  return fitMessage({
    text: `${state.incidentId}: still missing`,
    blocks: [
      richText(line(bold(state.incidentId), ' is not closed yet. Still missing:')),
      ...missingRows(state),
      richText(line('To close it without that, say why: ', copyable('@redthread close REASON'))),
      ...actions(formButton('close', aimAt(state))),
    ],
  });
}

function fixButton(state: IncidentState, { fix, itemId }: MissingPart): Button {
  return actionButton(state, { command: fix, itemId, label: labelOf(fix, itemId), primary: false });
}

function labelOf(fix: IncidentCommandType, itemId: string | null): string {
  const number = INCIDENT_STEPS.findIndex(({ id }) => id === itemId) + 1;
  return LABELS[fix] ?? (number === 0 ? 'Move on' : `Go to step ${number}`);
}
