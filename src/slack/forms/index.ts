import type { FormId } from '../ids.ts';
import { closeForm } from './close.ts';
import { declineForm } from './decline.ts';
import { editSectionForm } from './edit-section.ts';
import { escalationForm } from './escalation.ts';
import { evaluationForm } from './evaluation.ts';
import { findingsForm } from './findings.ts';
import type { Form } from './form.ts';
import { hypothesisForm } from './hypothesis.ts';
import { isolationForm } from './isolation.ts';
import { moveForm } from './move.ts';
import { ownerForm } from './owner.ts';
import { planForm } from './plan.ts';
import { problemForm } from './problem.ts';
import { ratingForm } from './rating.ts';
import {
  confirmForm,
  implementedForm,
  noteForm,
  reopenForm,
  reviveForm,
  rollBackForm,
  ruleOutForm,
  verificationFailedForm,
  verifiedForm,
  waiverForm,
} from './sentence-forms.ts';
import { severityForm } from './severity.ts';
import { testForm } from './test.ts';
import { verdictForm } from './verdict.ts';

export const FORMS = {
  problem: problemForm,
  isolation: isolationForm,
  hypothesis: hypothesisForm,
  rating: ratingForm,
  note: noteForm,
  test: testForm,
  verdict: verdictForm,
  confirm: confirmForm,
  'rule-out': ruleOutForm,
  revive: reviveForm,
  plan: planForm,
  waiver: waiverForm,
  implemented: implementedForm,
  'roll-back': rollBackForm,
  verified: verifiedForm,
  'verification-failed': verificationFailedForm,
  findings: findingsForm,
  escalation: escalationForm,
  close: closeForm,
  reopen: reopenForm,
  move: moveForm,
  severity: severityForm,
  owner: ownerForm,
  decline: declineForm,
  'edit-section': editSectionForm,
  evaluation: evaluationForm,
} as const satisfies Record<FormId, Form>;
