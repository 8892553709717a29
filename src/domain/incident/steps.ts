/**
 * The seven steps of the method, in order. `question` is what the people in the thread should
 * answer next; `doneWhen` is what ends the step.
 */
export const INCIDENT_STEPS = [
  {
    id: 'identify',
    title: 'Identify the problem',
    question: 'What exactly is wrong, for whom, since when, and what changed recently?',
    doneWhen: 'a problem statement, a start time and a scope',
  },
  {
    id: 'isolate',
    title: 'Isolate the cause',
    question: 'Which component or resource is in question?',
    doneWhen: 'the component or resources in question are named',
  },
  {
    id: 'hypothesize',
    title: 'Develop hypotheses',
    question: 'What could explain it? Order by likelihood and impact.',
    doneWhen: 'at least one hypothesis has a likelihood and an impact',
  },
  {
    id: 'test',
    title: 'Test the hypotheses',
    question: 'Which one test would tell the most?',
    doneWhen: 'one hypothesis is confirmed, or all are eliminated',
  },
  {
    id: 'solve',
    title: 'Plan and implement the solution',
    question: 'What is the fix, its risk, and the way back?',
    doneWhen: 'the solution is implemented, or rolled back',
  },
  {
    id: 'verify',
    title: 'Verify the solution',
    question: 'Is it fixed, and did nothing else break?',
    doneWhen: 'the solution is verified',
  },
  {
    id: 'document',
    title: 'Document the findings',
    question: 'What was the root cause, and what did we learn?',
    doneWhen: 'the document is published',
  },
] as const;

export type StepId = (typeof INCIDENT_STEPS)[number]['id'];

/** 1 for the first step. */
export function stepNumber(step: StepId): number {
  return INCIDENT_STEPS.findIndex((row) => row.id === step) + 1;
}
