import type { IncidentCommandType } from '../../domain/incident/commands.ts';
import type { FormId } from '../ids.ts';

/** What a form asks for when it is submitted: one that would be in vain is not opened. */
export const COMMAND_OF_FORM = {
  problem: 'state-problem',
  isolation: 'isolate-component',
  hypothesis: 'propose-hypothesis',
  rating: 'rate-hypothesis',
  note: 'add-note',
  test: 'start-test',
  verdict: 'conclude-test',
  confirm: 'conclude-test',
  'rule-out': 'conclude-test',
  revive: 'revive-hypothesis',
  plan: 'plan-solution',
  waiver: 'waive-approval',
  implemented: 'report-implemented',
  'roll-back': 'roll-back',
  verified: 'verify-solution',
  'verification-failed': 'fail-verification',
  findings: 'document-findings',
  'edit-section': 'edit-document',
  evaluation: 'evaluate-process',
  escalation: 'escalate-incident',
  close: 'close-incident',
  reopen: 'reopen-incident',
  move: 'move-to-step',
  severity: 'change-severity',
  owner: 'assign-owner',
  decline: 'decline-proposal',
} as const satisfies Record<FormId, IncidentCommandType>;
