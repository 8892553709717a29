import type { ActionsBlock, Button, KnownBlock, Overflow, PlainTextOption } from '@slack/types';
import type { IncidentState } from '../../domain/incident/state.ts';
import type { FormId, HomeActionId, TapId } from '../ids.ts';
import {
  decodeTarget,
  encodeChoice,
  encodeTarget,
  LINK_ACTION,
  MENU_ACTION,
  openFormAction,
  tapAction,
} from '../ids.ts';
import { BLOCK_LIMITS } from './limits.ts';
import { plain } from './text.ts';

export const FORM_LABELS = {
  problem: 'State the problem',
  isolation: 'Name the component',
  hypothesis: 'Add a hypothesis',
  rating: 'Rate',
  note: 'Add a note',
  test: 'Test',
  verdict: 'Record the result',
  confirm: 'Confirm',
  'rule-out': 'Rule out',
  revive: 'Revive',
  plan: 'Plan the fix',
  waiver: 'Go without approval',
  implemented: 'It is implemented',
  'roll-back': 'Roll back, and say why',
  verified: 'It is fixed',
  'verification-failed': 'Not fixed',
  findings: 'Write the findings',
  escalation: 'Escalate',
  close: 'Close',
  reopen: 'Reopen',
  move: 'Move to a step',
  severity: 'Severity',
  owner: 'Hand over',
  decline: 'Not an incident',
  'edit-section': 'Edit',
  evaluation: 'Evaluate the process',
} as const satisfies Record<FormId, string>;

export const TAP_LABELS = {
  'take-ownership': 'Take it',
  'state-drafted': 'State it like this',
  'approve-plan': 'Approve',
  'roll-back': 'Roll back',
  'gather-again': 'Look again',
  'choose-playbook': 'Change the playbook',
  'show-playbook': 'Whole playbook',
  'ask-check': 'Ask',
  'tick-check': 'Done',
  'untick-check': 'Not done',
  'publish-again': 'Write the document again',
  'show-status': 'Catch me up',
  'show-menu': 'What can I do?',
  'show-why': 'Why?',
  'open-start-form': 'Start an incident',
  'share-trail': 'Share here',
  'attach-trail': 'Attach as evidence',
  'whole-session': 'Whole session',
  'older-matches': 'More matches',
  'newer-matches': 'Newer',
  'show-record': 'Show the record',
  'who-assumed': 'Who assumed this role',
  'edit-question': 'Edit',
  'ask-suggested': 'Ask that',
  'cancel-lookup': 'Cancel',
  'ask-actor': 'Ask the actor',
  'answer-planned': 'Yes, planned',
  'answer-mistake': 'Yes, by mistake',
  'answer-not-me': 'Not me',
  'answer-comment': 'Comment…',
  'accept-incident': 'Accept',
  'merge-incident': 'Merge',
  'move-channel': 'Move to another channel',
  'separate-alarm': 'Own incident',
  'dismiss-similar': 'Something else',
  'snooze-nudges': 'Snooze 30 min',
  'snooze-till-tomorrow': 'Until tomorrow',
  'stop-nudges': 'Stop nudging',
  'edit-document': 'Edit the document',
  'release-message': 'Take it off the timeline',
} as const satisfies Record<TapId, string>;

export interface ButtonLook {
  readonly label?: string;
  readonly style?: 'primary' | 'danger';
}

interface Aim {
  readonly incidentId: string | null;
  readonly itemId?: string | null;
}

export function formButton(form: FormId, aim: Aim, look: ButtonLook = {}): Button {
  return button(openFormAction(form), look.label ?? FORM_LABELS[form], aim, look);
}

export function tapButton(tap: TapId, aim: Aim, look: ButtonLook = {}): Button {
  return button(tapAction(tap), look.label ?? TAP_LABELS[tap], aim, look);
}

function button(actionId: string, label: string, aim: Aim, look: ButtonLook): Button {
  return {
    type: 'button',
    action_id: actionId,
    text: plain(label, BLOCK_LIMITS.buttonCharactersMax),
    value: encodeTarget({ incidentId: aim.incidentId, itemId: aim.itemId ?? null }),
    ...(look.style === undefined ? {} : { style: look.style }),
  };
}

/** `value` says which page, or nothing. */
export function homeButton(actionId: HomeActionId, label: string, value: string): Button {
  const text = plain(label, BLOCK_LIMITS.buttonCharactersMax);
  return { type: 'button', action_id: actionId, text, ...(value === '' ? {} : { value }) };
}

/** `url` comes from `links.ts`; null gives no button. One to a block: they all have the same id. */
export function linkButton(url: string | null, label: string): Button | null {
  if (url === null) return null;
  const text = plain(label, BLOCK_LIMITS.buttonCharactersMax);
  return { type: 'button', action_id: LINK_ACTION, text, url };
}

/** What is wanted less often, behind three dots; null without entries. One to a block. */
export function overflowMenu(entries: readonly (PlainTextOption | null)[]): Overflow | null {
  const options = entries
    .filter((entry) => entry !== null)
    .slice(0, BLOCK_LIMITS.overflowOptionsMax);
  return options.length === 0 ? null : { type: 'overflow', action_id: MENU_ACTION, options };
}

export function tapEntry(tap: TapId, aim: Aim): PlainTextOption {
  const text = plain(TAP_LABELS[tap], BLOCK_LIMITS.optionCharactersMax);
  const target = { incidentId: aim.incidentId, itemId: aim.itemId ?? null };
  return { text, value: encodeChoice(tap, target) };
}

export function formEntry(form: FormId, aim: Aim, label: string): PlainTextOption {
  const text = plain(label, BLOCK_LIMITS.optionCharactersMax);
  const target = { incidentId: aim.incidentId, itemId: aim.itemId ?? null };
  return { text, value: encodeChoice(openFormAction(form), target) };
}

/** `url` comes from `links.ts`; null gives no entry. */
export function linkEntry(url: string | null, label: string): PlainTextOption | null {
  if (url === null) return null;
  return { text: plain(label, BLOCK_LIMITS.optionCharactersMax), value: LINK_ACTION, url };
}

/** No block at all without buttons: Slack refuses empty ones. */
export function actions(
  ...buttons: readonly (ActionsBlock['elements'][number] | null)[]
): KnownBlock[] {
  const elements = buttons.filter((element) => element !== null);
  return elements.length === 0 ? [] : [{ type: 'actions', elements }];
}

/** Whether a button can carry it: ids that come from AWS may be anything. */
export function isAimable(itemId: string): boolean {
  return itemId !== '' && decodeTarget(encodeTarget({ incidentId: null, itemId })) !== null;
}

export function aimAt(state: IncidentState, itemId: string | null = null): Aim {
  return { incidentId: state.incidentId, itemId };
}
