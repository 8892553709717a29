import { quoteShortly } from '../text/cut-text.ts';
import type { Decision } from './commands.ts';
import { unknownHypothesis } from './decide-hypotheses.ts';
import {
  accept,
  byWhom,
  type CommandOf,
  enterStep,
  type Handler,
  type Rejection,
  reject,
  tooMany,
} from './decision.ts';
import type { IncidentEvent, TestVerdict } from './events.ts';
import { findHypothesis, isTestable, JUDGED_WITHOUT_TEST, runningTest } from './hypotheses.ts';
import { LIMITS } from './limits.ts';
import type { Hypothesis, IncidentState } from './state.ts';
import { stepNumber } from './steps.ts';

/** "confirmed by <@U123> 20 s ago"; null when no test of it has ended. */
function verdictWords(hypothesis: Hypothesis, nowMs: number): string | null {
  const last = hypothesis.tests.at(-1);
  if (last === undefined || last.concludedBy === null || last.concludedAtMs === null) return null;
  return `${last.verdict} ${byWhom(last.concludedBy, last.concludedAtMs, nowMs)}`;
}

function rejectSecondTest(running: Hypothesis, asked: Hypothesis, nowMs: number): Rejection {
  const last = running.tests.at(-1);
  const by = last === undefined ? '' : ` ${byWhom(last.by, last.startedAtMs, nowMs)}`;
  const name = `hypothesis ${running.number}`;
  return running.hypothesisId === asked.hypothesisId
    ? reject('already-done', `A test of ${name} was already started${by}.`)
    : reject(
        'not-now',
        `One test at a time: ${name} (${quoteShortly(running.statement)}) is being tested, started${by}. Record its verdict first.`,
      );
}

function rejectUntestable(hypothesis: Hypothesis, nowMs: number): Rejection | null {
  if (isTestable(hypothesis)) return null;
  const verdict = verdictWords(hypothesis, nowMs) ?? hypothesis.status;
  return reject(
    'not-now',
    `Hypothesis ${hypothesis.number} was already ${verdict}. Revive it with a reason to test it again.`,
  );
}

export const startTest: Handler<'start-test'> = (command, { state, nowMs }) => {
  const hypothesis = findHypothesis(state, command.hypothesisId);
  if (hypothesis === null) return unknownHypothesis();
  const running = runningTest(state);
  if (running !== null) return rejectSecondTest(running, hypothesis, nowMs);
  const isDue = state.step === 'hypothesize';
  const reason = isDue ? null : `A test of hypothesis ${hypothesis.number} was started.`;
  return (
    rejectUntestable(hypothesis, nowMs) ??
    tooMany(hypothesis.tests.length, LIMITS.testsPerHypothesisMax, 'tests of this hypothesis') ??
    accept({ ...command, type: 'test-started' }, ...enterStep(state, 'test', reason))
  );
};

/** Confirmed leads on to the solution; nothing left leads back; what is further on stays there. */
function stepsAfterVerdict(
  state: IncidentState,
  hypothesis: Hypothesis,
  verdict: TestVerdict,
): readonly IncidentEvent[] {
  if (stepNumber(state.step) > stepNumber('test')) return [];
  if (verdict === 'confirmed') {
    const reason = state.step === 'test' ? null : `Hypothesis ${hypothesis.number} was confirmed.`;
    return enterStep(state, 'solve', reason);
  }
  const othersEliminated = state.hypotheses.every(
    (row) => row.status === 'eliminated' || row.hypothesisId === hypothesis.hypothesisId,
  );
  const goesBack =
    verdict === 'eliminated' && othersEliminated && stepNumber(state.step) > stepNumber('isolate');
  return goesBack ? enterStep(state, 'isolate', 'Every hypothesis is eliminated.') : [];
}

/** Confirmed or ruled out on what is on record, without a test of its own; the record says so. */
function judgeUntested(
  command: CommandOf<'conclude-test'>,
  hypothesis: Hypothesis,
  state: IncidentState,
): Decision {
  const { hypothesisId } = command;
  return (
    tooMany(hypothesis.tests.length, LIMITS.testsPerHypothesisMax, 'tests of this hypothesis') ??
    accept(
      { type: 'test-started', hypothesisId, test: JUDGED_WITHOUT_TEST },
      { ...command, type: 'test-concluded' },
      ...stepsAfterVerdict(state, hypothesis, command.verdict),
    )
  );
}

export const concludeTest: Handler<'conclude-test'> = (command, { state, nowMs }) => {
  const hypothesis = findHypothesis(state, command.hypothesisId);
  if (hypothesis === null) return unknownHypothesis();
  if (hypothesis.status === 'proposed') return judgeUntested(command, hypothesis, state);
  if (hypothesis.status !== 'testing') {
    const verdict = verdictWords(hypothesis, nowMs) ?? hypothesis.status;
    return reject(
      'already-done',
      `Hypothesis ${hypothesis.number} was already ${verdict}. To change that, revive or test it again.`,
    );
  }
  return accept(
    { ...command, type: 'test-concluded' },
    ...stepsAfterVerdict(state, hypothesis, command.verdict),
  );
};
