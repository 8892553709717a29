import type { Button } from '@slack/types';
import { type AvailableAction, availableActions } from '../../domain/incident/available-actions.ts';
import type { IncidentCommandType } from '../../domain/incident/commands.ts';
import { isUndecided } from '../../domain/incident/incident-alarms.ts';
import { leadingExplanation } from '../../domain/incident/leading-explanation.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { type StepId, stepNumber } from '../../domain/incident/steps.ts';
import type { FormId } from '../ids.ts';
import { aimAt, formButton, isAimable, tapButton } from './buttons.ts';

const ROOT_BUTTONS_MAX = 4;
const STEP_BUTTONS_MAX = 3;

/** Forms by the command they ask for. Commands without one are the bot's own or a single tap. */
const FORM_OF_COMMAND: { readonly [T in IncidentCommandType]?: FormId } = {
  'state-problem': 'problem',
  'isolate-component': 'isolation',
  'propose-hypothesis': 'hypothesis',
  'rate-hypothesis': 'rating',
  'start-test': 'test',
  'conclude-test': 'verdict',
  'revive-hypothesis': 'revive',
  'plan-solution': 'plan',
  'waive-approval': 'waiver',
  'report-implemented': 'implemented',
  'roll-back': 'roll-back',
  'verify-solution': 'verified',
  'fail-verification': 'verification-failed',
  'document-findings': 'findings',
  'escalate-incident': 'escalation',
  'close-incident': 'close',
  'reopen-incident': 'reopen',
  'move-to-step': 'move',
  'change-severity': 'severity',
  'assign-owner': 'owner',
  'add-note': 'note',
  'decline-proposal': 'decline',
  'evaluate-process': 'evaluation',
};

/** Possible at every step, so they belong behind "More" instead of on the card. */
const GENERAL: readonly IncidentCommandType[] = [
  'edit-document',
  'evaluate-process',
  'add-note',
  'request-gathering',
  'escalate-incident',
  'change-severity',
  'move-to-step',
  'relocate-incident',
  'assign-owner',
];

/** Ways back: possible, and never what the bot suggests. */
const NEVER_PRIMARY: readonly IncidentCommandType[] = ['reopen-incident', 'revive-hypothesis'];

/** What is left to do with an incident is little, so it all stands on the card. */
const AFTER_THE_END: readonly IncidentCommandType[] = [
  'reopen-incident',
  'edit-document',
  'evaluate-process',
];

/** Rows of the menu below what the step asks for: the record first, closing last. */
const MENU_ROWS: readonly (readonly IncidentCommandType[])[] = [
  ['edit-document', 'evaluate-process'],
  ['add-note', 'request-gathering'],
  ['assign-owner', 'escalate-incident', 'change-severity', 'relocate-incident'],
  ['move-to-step', 'close-incident', 'reopen-incident'],
];

/** What can be done now, as far as a button can say what it is about. */
function carried(state: IncidentState): readonly AvailableAction[] {
  return availableActions(state).filter(({ itemId }) => itemId === null || isAimable(itemId));
}

/** What the step asks for, most important first; an owner first of all when there is none. */
export function rootButtons(state: IncidentState): readonly Button[] {
  const wanted = carried(state).filter((action) => isForRoot(state, action));
  const buttons = wanted.map((action) => actionButton(state, action));
  const [first] = buttons;
  const why = whyButton(state);
  const few = first === undefined || why === null ? buttons : [first, why, ...buttons.slice(1)];
  return few.slice(0, ROOT_BUTTONS_MAX);
}

/** The reasons for what the card says explains it best, until a fix is on its way. */
function whyButton(state: IncidentState): Button | null {
  const isSearching = state.status === 'open' && stepNumber(state.step) < stepNumber('solve');
  const leading = isSearching ? leadingExplanation(state) : null;
  if (leading === null) return null;
  const itemId = leading.kind === 'nothing' ? null : leading.hypothesis.hypothesisId;
  const isOffered = itemId === null || isAimable(itemId);
  return isOffered ? tapButton('show-why', aimAt(state, itemId)) : null;
}

/** On the card of the current step, which is the newest one on the screen. */
export function stepButtons(state: IncidentState): readonly Button[] {
  const actions = carried(state);
  const wanted = actions.filter(
    ({ command }) => !GENERAL.includes(command) && command !== 'close-incident',
  );
  const again = isSearchAgain(state)
    ? actions.filter(({ command }) => command === 'request-gathering')
    : [];
  const help = isStuck(state)
    ? actions.filter(({ command }) => command === 'escalate-incident')
    : [];
  return [...wanted.slice(0, STEP_BUTTONS_MAX - again.length), ...again, ...help].map((action) =>
    actionButton(state, action),
  );
}

/** No cause is left, or the fix did not hold: help is one tap away, besides what the step asks for. */
function isStuck({ step, hypotheses, verifications, plans }: IncidentState): boolean {
  if (!SEARCHING.includes(step)) return false;
  const isEmpty =
    hypotheses.length > 0 && hypotheses.every(({ status }) => status === 'eliminated');
  const hasFailed =
    verifications.some(({ verified }) => !verified) ||
    plans.some(({ rolledBackAtMs }) => rolledBackAtMs !== null);
  return isEmpty || hasFailed;
}

const SEARCHING: readonly StepId[] = ['isolate', 'hypothesize', 'test', 'solve'];

/** Whoever is back at the hypotheses needs what happened since. */
function isSearchAgain({ step, visits }: IncidentState): boolean {
  return step === 'hypothesize' && visits.filter((visit) => visit.step === step).length > 1;
}

/** What can be done now, most important first. */
export function allButtons(state: IncidentState): readonly Button[] {
  return carried(state).map((action) => actionButton(state, action));
}

/** Everything that can be done now, for the menu, in rows: the step's first, closing last. */
export function menuButtons(state: IncidentState): readonly (readonly Button[])[] {
  const actions = carried(state);
  const later = MENU_ROWS.flat();
  const rows = [
    actions.filter(({ command }) => !later.includes(command)),
    ...MENU_ROWS.map((row) =>
      row.flatMap((command) => actions.filter((action) => action.command === command)),
    ),
  ];
  return rows.map((row) => row.map((action) => actionButton(state, action)));
}

export function actionButton(state: IncidentState, action: AvailableAction): Button {
  const aim = aimAt(state, action.itemId);
  const look = {
    label: action.label,
    ...(action.primary && !NEVER_PRIMARY.includes(action.command)
      ? { style: 'primary' as const }
      : {}),
    ...(action.command === 'roll-back' ? { style: 'danger' as const } : {}),
  };
  if (action.command === 'approve-plan') return tapButton('approve-plan', aim, look);
  if (action.command === 'roll-back') return tapButton('roll-back', aim, look);
  if (action.command === 'accept-proposal') return tapButton('accept-incident', aim, look);
  if (action.command === 'merge-incident') return tapButton('merge-incident', aim, look);
  if (action.command === 'relocate-incident') return tapButton('move-channel', aim, look);
  if (action.command === 'edit-document') return tapButton('edit-document', aim, look);
  if (action.command === 'request-gathering') return tapButton('gather-again', aim, look);
  const isTaking = action.command === 'assign-owner' && state.ownerId === null;
  if (isTaking) return tapButton('take-ownership', aim, { ...look, label: 'Take it' });
  return formButton(FORM_OF_COMMAND[action.command] ?? 'note', aim, look);
}

/** What an alarm opened is an incident or none, before anything else is asked. */
const DECISIONS: readonly IncidentCommandType[] = [
  'accept-proposal',
  'decline-proposal',
  'merge-incident',
];

function isForRoot(state: IncidentState, { command }: AvailableAction): boolean {
  if (isUndecided(state)) return DECISIONS.includes(command);
  if (state.status === 'closed') return AFTER_THE_END.includes(command);
  if (command === 'assign-owner') return state.ownerId === null;
  if (command === 'close-incident') return state.step === 'document';
  return !GENERAL.includes(command);
}
