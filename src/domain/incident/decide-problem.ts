import { hasVisibleText } from '../text/cut-text.ts';
import { agoWords } from '../text/time-words.ts';
import { isSameNeed, needAt } from './approval.ts';
import { accept, byWhom, enterStep, type Handler, mention, reject, stepWords } from './decision.ts';
import { standingLines } from './drafted-lines.ts';
import type { IncidentState } from './state.ts';
import { stepNumber } from './steps.ts';

/** Tells one statement from a later one. */
export function problemBasis({ problem }: Pick<IncidentState, 'problem'>): string {
  return String(problem?.atMs ?? 0);
}

/** Completes step 1; stated again later it is a correction and the step stays. */
export const stateProblem: Handler<'state-problem'> = (command, { state, nowMs }) => {
  const { problem } = state;
  const isSame =
    problem !== null &&
    problem.symptoms === command.symptoms &&
    problem.affected === command.affected &&
    problem.recentChanges === command.recentChanges &&
    (command.startedAtMs === null || command.startedAtMs === state.startedAtMs);
  const isFirstStep = state.step === 'identify';
  if (isSame && !isFirstStep) {
    const by = byWhom(problem.by, problem.atMs, nowMs);
    return reject('already-done', `The problem was already stated like this ${by}.`);
  }
  const { type: _type, drafted = [], basis, ...statement } = command;
  if (problem !== null && basis !== undefined && basis !== problemBasis(state)) {
    const by = byWhom(problem.by, problem.atMs, nowMs);
    return reject(
      'outdated',
      `The problem was stated ${by}, after you had opened this. Look at what it says now and put together what should stand.`,
    );
  }
  const { symptoms, affected, recentChanges } = statement;
  const standing = standingLines([symptoms, affected, recentChanges], drafted);
  return accept(
    { type: 'problem-stated', ...statement, drafted: standing },
    ...(isFirstStep ? enterStep(state, 'isolate', null) : []),
  );
};

/** Completes step 2; named again later it is a correction and the step stays. */
export const isolateComponent: Handler<'isolate-component'> = (command, { state, nowMs }) => {
  const { isolation } = state;
  const isSame =
    isolation !== null &&
    isolation.component === command.component &&
    isolation.finding === command.finding;
  const isSecondStep = state.step === 'isolate';
  if (isSame && !isSecondStep) {
    const by = byWhom(isolation.by, isolation.atMs, nowMs);
    return reject('already-done', `The component was already named ${by}.`);
  }
  return accept(
    { type: 'component-isolated', component: command.component, finding: command.finding },
    ...(isSecondStep ? enterStep(state, 'hypothesize', null) : []),
  );
};

export const changeTitle: Handler<'change-title'> = (command, { state }) =>
  command.title === state.title
    ? reject('already-done', 'The incident already has this title.')
    : accept({ type: 'title-changed', title: command.title });

export const changeSeverity: Handler<'change-severity'> = ({ severity }, { state, approval }) => {
  if (severity === state.severity) {
    return reject('already-done', `The severity is already ${state.severity.toUpperCase()}.`);
  }
  const plan = state.plans.find(({ status }) => status === 'planned');
  const need = needAt(approval, severity);
  const isAsBefore = plan === undefined || isSameNeed(plan.need, need);
  return accept({ type: 'severity-changed', severity, need: isAsBefore ? null : need });
};

/** Only said outright: acting on an unowned incident makes nobody its owner. */
export const assignOwner: Handler<'assign-owner'> = (command, { state }) => {
  const ownerId =
    command.ownerId !== null && hasVisibleText(command.ownerId) ? command.ownerId : null;
  if (ownerId !== state.ownerId) return accept({ type: 'owner-changed', ownerId });
  if (ownerId === null) return reject('already-done', 'Nobody owns this incident already.');
  const owner = mention({ kind: 'person', userId: ownerId });
  return reject('already-done', `${owner} already owns this incident.`);
};

/** The immediately next step needs no reason; back, or over a step, needs one. */
export const moveToStep: Handler<'move-to-step'> = (command, { state, nowMs }) => {
  const here = stepWords(state.step);
  if (command.step === state.step) {
    const since = state.visits.at(-1)?.enteredAtMs ?? state.openedAtMs;
    return reject(
      'already-done',
      `The incident is already in ${here}, entered ${agoWords(since, nowMs)}.`,
    );
  }
  const reason = command.reason !== null && hasVisibleText(command.reason) ? command.reason : null;
  const distance = stepNumber(command.step) - stepNumber(state.step);
  if (distance !== 1 && reason === null) {
    return reject(
      'reason-needed',
      `The incident is in ${here}. Going ${distance < 0 ? 'back' : 'ahead over a step'} to ${stepWords(command.step)} needs a reason for the record. Write one and try again.`,
    );
  }
  return accept({ type: 'step-entered', step: command.step, reason });
};
