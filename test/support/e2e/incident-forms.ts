import type { IncidentEvent } from '../../../src/domain/incident/events.ts';
import { INSTANCE } from './demo-steps.ts';

export interface FilledForm {
  /** Of the button that opens it. */
  readonly label: string;
  /** By their labels. */
  readonly fields: Readonly<Record<string, string>>;
  /** What it leaves on the record. */
  readonly type: IncidentEvent['type'];
}

/** What people write into the forms of the demo's incident, from the problem to the end. */
export const FORMS = {
  problem: {
    label: 'State the problem',
    fields: {
      'What exactly is wrong?': 'Checkout answers 503 to every request.',
      'Who and what is affected?': 'All customers in Europe.',
    },
    type: 'problem-stated',
  },
  component: {
    label: 'Name the component',
    fields: {
      'Which component or resource': INSTANCE,
      'What points to it?': 'The target group has no healthy host.',
    },
    type: 'component-isolated',
  },
  hypothesis: {
    label: 'Add a hypothesis',
    fields: {
      'What could explain the problem?': 'The instance was stopped by hand.',
      'How likely is it?': 'high',
      'How much of the problem': 'high',
    },
    type: 'hypothesis-proposed',
  },
  test: {
    label: 'Test a hypothesis',
    fields: { 'Which one test': 'Look at the state of the instance.' },
    type: 'test-started',
  },
  verdict: {
    label: 'Record the verdict',
    fields: { 'What does it say?': 'confirmed', 'What was found?': 'It is stopped.' },
    type: 'test-concluded',
  },
  plan: {
    label: 'Plan a solution',
    fields: {
      'What will be done?': 'Start the instance again.',
      'What could go wrong?': 'It may come up with old code.',
      'What is the way back?': 'Stop it again.',
    },
    type: 'solution-planned',
  },
  implemented: {
    label: 'It is implemented',
    fields: { 'What was done?': `Started ${INSTANCE}.` },
    type: 'solution-implemented',
  },
  verified: {
    label: 'It works',
    fields: { 'How do you know?': 'Both alarms are OK and a purchase went through.' },
    type: 'solution-verified',
  },
  findings: {
    label: 'Record the findings',
    fields: {
      'What was the root cause?': 'The only checkout host was stopped by hand.',
      'What did we learn?': 'Nothing on the host said what it serves.',
      'What keeps it from happening again?': 'Tag hosts.',
    },
    type: 'findings-documented',
  },
  close: { label: 'Close', fields: {}, type: 'incident-closed' },
} as const satisfies Readonly<Record<string, FilledForm>>;
