import { cutText } from '../text/cut-text.ts';
import {
  accept,
  byWhom,
  enterStep,
  type Handler,
  type Rejection,
  reject,
  tooMany,
} from './decision.ts';
import { findHypothesis } from './hypotheses.ts';
import { LIMITS } from './limits.ts';
import type { Hypothesis, IncidentState } from './state.ts';
import { stepNumber } from './steps.ts';

export function unknownHypothesis(): Rejection {
  return reject(
    'not-found',
    'There is no such hypothesis in this incident. Choose one from its list of hypotheses.',
  );
}

const comparable = (statement: string): string =>
  statement.trim().replace(/\s+/gu, ' ').toLowerCase();

function rejectSameProposal(earlier: Hypothesis | undefined, nowMs: number): Rejection | null {
  if (earlier === undefined) return null;
  const by = byWhom(earlier.by, earlier.proposedAtMs, nowMs);
  const advice =
    earlier.status === 'eliminated'
      ? ' It was eliminated; revive it with a reason to test it again.'
      : '';
  return reject(
    'already-done',
    `This is already hypothesis ${earlier.number}, proposed ${by}.${advice}`,
  );
}

function rejectUnknownEvidence(
  state: IncidentState,
  evidenceIds: readonly string[],
): Rejection | null {
  const known = new Set(state.evidence.map((row) => row.evidenceId));
  if (evidenceIds.every((evidenceId) => known.has(evidenceId))) return null;
  return reject(
    'not-found',
    'The hypothesis points to evidence that is not on record here. Attach the evidence first.',
  );
}

/**
 * Possible at any step. Only a person's proposal ends step 2: whoever writes down a cause has
 * narrowed it down far enough. The bot's suggestions move nothing, and neither does a hunch in
 * step 1, where the problem itself is still to be stated.
 */
export const proposeHypothesis: Handler<'propose-hypothesis'> = (command, context) => {
  const { state, actor, nowMs } = context;
  const earlier = state.hypotheses.find(
    (row) =>
      row.hypothesisId === command.hypothesisId ||
      comparable(row.statement) === comparable(command.statement),
  );
  const movesOn = state.step === 'isolate' && actor.kind === 'person';
  return (
    rejectSameProposal(earlier, nowMs) ??
    rejectUnknownEvidence(state, command.evidenceIds) ??
    tooMany(state.hypotheses.length, LIMITS.hypothesesMax, 'hypotheses') ??
    accept(
      {
        ...command,
        type: 'hypothesis-proposed',
        evidenceIds: [...new Set(command.evidenceIds)],
      },
      ...(movesOn ? enterStep(state, 'hypothesize', null) : []),
    )
  );
};

export const rateHypothesis: Handler<'rate-hypothesis'> = (command, { state }) => {
  const hypothesis = findHypothesis(state, command.hypothesisId);
  if (hypothesis === null) return unknownHypothesis();
  if (hypothesis.likelihood === command.likelihood && hypothesis.impact === command.impact) {
    return reject('already-done', `Hypothesis ${hypothesis.number} is already rated like this.`);
  }
  return accept({ ...command, type: 'hypothesis-rated' });
};

/** Where a revived hypothesis leaves the method standing on nothing, it goes back to step 3. */
function leavesNothingToStandOn(state: IncidentState, hypothesis: Hypothesis): boolean {
  const allWereEliminated =
    state.step === 'isolate' && state.hypotheses.every((row) => row.status === 'eliminated');
  const causeIsGone =
    stepNumber(state.step) > stepNumber('test') &&
    hypothesis.status === 'confirmed' &&
    state.hypotheses.filter((row) => row.status === 'confirmed').length === 1;
  return allWereEliminated || causeIsGone;
}

export const reviveHypothesis: Handler<'revive-hypothesis'> = (command, { state }) => {
  const hypothesis = findHypothesis(state, command.hypothesisId);
  if (hypothesis === null) return unknownHypothesis();
  const name = `Hypothesis ${hypothesis.number}`;
  if (hypothesis.status === 'testing') {
    return reject('not-now', `${name} is being tested. Record the verdict of that test first.`);
  }
  if (hypothesis.status === 'proposed') {
    return reject('already-done', `${name} is already open and can be tested.`);
  }
  const reason = cutText(`${name} was revived: ${command.reason}`, LIMITS.textCharactersMax);
  return accept(
    { ...command, type: 'hypothesis-revived' },
    ...(leavesNothingToStandOn(state, hypothesis) ? enterStep(state, 'hypothesize', reason) : []),
  );
};
