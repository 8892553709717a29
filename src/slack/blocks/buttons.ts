import type { ActionsBlock, Button, KnownBlock } from '@slack/types';
import type { IncidentState } from '../../domain/incident/state.ts';
import type { FormId, TapId } from '../ids.ts';
import { encodeTarget, LINK_ACTION, openFormAction, tapAction } from '../ids.ts';
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
  revive: 'Revive',
  plan: 'Plan the fix',
  waiver: 'Go without approval',
  implemented: 'It is implemented',
  'roll-back': 'Rolled back',
  verified: 'It is fixed',
  'verification-failed': 'Not fixed',
  findings: 'Write the findings',
  escalation: 'Escalate',
  close: 'Close',
  reopen: 'Reopen',
  move: 'Move to a step',
  severity: 'Severity',
  owner: 'Hand over',
} as const satisfies Record<FormId, string>;

export const TAP_LABELS = {
  'take-ownership': 'Take it',
  'approve-plan': 'Approve',
  'gather-again': 'Look again',
  'publish-again': 'Write the document again',
  'show-status': 'Catch me up',
  'show-menu': 'What can I do?',
  'open-start-form': 'Start an incident',
  'share-trail': 'Share here',
  'attach-trail': 'Attach as evidence',
  'whole-session': 'Whole session',
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

/** `url` comes from `links.ts`; null gives no button. One to a block: they all have the same id. */
export function linkButton(url: string | null, label: string): Button | null {
  if (url === null) return null;
  const text = plain(label, BLOCK_LIMITS.buttonCharactersMax);
  return { type: 'button', action_id: LINK_ACTION, text, url };
}

/** No block at all without buttons: Slack refuses empty ones. */
export function actions(
  ...buttons: readonly (ActionsBlock['elements'][number] | null)[]
): KnownBlock[] {
  const elements = buttons.filter((element) => element !== null);
  return elements.length === 0 ? [] : [{ type: 'actions', elements }];
}

export function aimAt(state: IncidentState, itemId: string | null = null): Aim {
  return { incidentId: state.incidentId, itemId };
}
