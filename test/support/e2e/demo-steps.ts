import { fillTexts, type Visitor } from './browser.ts';

/** The instance whose stop broke the checkout in the demo's AWS account. */
export const INSTANCE = 'i-0c4e8d21f6ab97530';

/** What the two people of the demo write, step by step, each through the form of that step. */
export async function stateProblem(person: Visitor): Promise<void> {
  await person.openForm('State the problem');
  await writeProblem(person);
  await person.send('Save');
}

/** Into the open form, which stays open. */
export function writeProblem(person: Visitor): Promise<void> {
  return fillTexts(person.dialog, {
    'What exactly is wrong?': 'Checkout answers 503 to every request.',
    'Who and what is affected?': 'All customers in Europe; nobody can pay.',
    'What changed recently?': 'No deployment since this morning.',
  });
}

export function nameComponent(person: Visitor): Promise<void> {
  return person.fill(
    'Name the component',
    {
      'Which component or resource is in question?': INSTANCE,
      'What points to it?': 'The target group has no healthy host.',
    },
    'Save',
  );
}

export async function addHypothesis(person: Visitor): Promise<void> {
  const form = await person.openForm('Add a hypothesis');
  await fillTexts(form, { 'What could explain the problem?': 'The instance was stopped by hand.' });
  await form.getByLabel('How likely is it?').selectOption({ label: 'High' });
  await form
    .getByLabel('How much of the problem would it explain?')
    .selectOption({ label: 'High' });
  await person.send('Add');
}

export function startTest(person: Visitor): Promise<void> {
  return person.fill(
    'Test a hypothesis',
    { 'Which one test would tell the most?': 'Look at the state of the instance.' },
    'Start the test',
  );
}

export async function confirmHypothesis(person: Visitor): Promise<void> {
  const form = await person.openForm('Record the verdict');
  await form.getByRole('radio', { name: /^Confirmed/ }).check();
  await fillTexts(form, {
    'What was found?': 'It is stopped, since the minute the errors began.',
  });
  await person.send('Save');
}

export function planSolution(person: Visitor): Promise<void> {
  return person.fill(
    'Plan a solution',
    {
      'What will be done?': 'Start the instance again.',
      'What could go wrong?': 'It may come up with old code.',
      'What keeps the risk small?': 'Check the version before it gets traffic.',
      'What is the way back?': 'Stop it again.',
    },
    'Propose',
  );
}

export function reportImplemented(person: Visitor): Promise<void> {
  return person.fill(
    'It is implemented',
    { 'What was done?': `Started ${INSTANCE} in the console.` },
    'Save',
  );
}

export function verifySolution(person: Visitor): Promise<void> {
  return person.fill(
    'It works',
    { 'How do you know?': 'Both alarms are OK and a purchase went through.' },
    'Save',
  );
}

export function recordFindings(person: Visitor): Promise<void> {
  return person.fill(
    'Record the findings',
    {
      'What was the root cause?': 'The only checkout host was stopped by hand, believed idle.',
      'What did we learn?': 'Nothing on the host said what it serves.',
      'What keeps it from happening again?':
        'Tag every host with what it serves.\nKeep two hosts behind the checkout.',
    },
    'Save',
  );
}

export async function closeIncident(person: Visitor): Promise<void> {
  await person.openForm('Close');
  await person.send('Close');
}
