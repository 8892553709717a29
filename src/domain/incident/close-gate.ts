import { hasVisibleText } from '../text/cut-text.ts';
import { fitsNow } from './command-rules.ts';
import type { IncidentCommandType } from './commands.ts';
import { nextToTest, runningTest } from './hypotheses.ts';
import { standingVerification } from './standing-verification.ts';
import type { IncidentState, Plan } from './state.ts';
import type { StepId } from './steps.ts';

export type ClosePart =
  | 'problem'
  | 'scope'
  | 'start-time'
  | 'component'
  | 'verdict'
  | 'plan'
  | 'implementation'
  | 'verification'
  | 'root-cause'
  | 'preventive-measures';

export interface MissingPart {
  readonly part: ClosePart;
  /** A few words for a list: "the start time". */
  readonly name: string;
  readonly sentence: string;
  /** The command that helps now; `move-to-step` where the step does not fit yet. */
  readonly fix: IncidentCommandType;
  /** The hypothesis or plan that `fix` is about, or the step to move to; null: none. */
  readonly itemId: string | null;
}

interface Fix {
  readonly command: IncidentCommandType;
  readonly itemId: string | null;
}

interface Requirement {
  readonly name: string;
  readonly sentence: string;
  readonly isThere: (state: IncidentState) => boolean;
  readonly fix: (state: IncidentState) => Fix;
}

const just = (command: IncidentCommandType) => (): Fix => ({ command, itemId: null });

const isConcluded = (status: string): boolean => status !== 'proposed' && status !== 'testing';

function fixVerdict(state: IncidentState): Fix {
  const running = runningTest(state);
  if (running !== null) return { command: 'conclude-test', itemId: running.hypothesisId };
  const next = nextToTest(state);
  if (next !== null) return { command: 'start-test', itemId: next.hypothesisId };
  return { command: 'propose-hypothesis', itemId: null };
}

const isStanding = (plan: Plan): boolean => plan.status === 'implemented';

const isUsable = (plan: Plan): boolean =>
  plan.status !== 'replaced' && plan.status !== 'rolled-back';

function fixImplementation(state: IncidentState): Fix {
  const plan = state.plans.findLast(isUsable);
  if (plan === undefined) return { command: 'plan-solution', itemId: null };
  return {
    command:
      plan.status === 'planned' && plan.need.rule !== 'none'
        ? 'approve-plan'
        : 'report-implemented',
    itemId: plan.planId,
  };
}

const REQUIREMENTS: Readonly<Record<ClosePart, Requirement>> = {
  problem: {
    name: 'the problem statement',
    sentence: 'The problem has not been stated.',
    isThere: (state) => state.problem !== null,
    fix: just('state-problem'),
  },
  scope: {
    name: 'who was affected',
    sentence: 'Nobody has said who or what was affected.',
    isThere: (state) => state.problem !== null && hasVisibleText(state.problem.affected),
    fix: just('state-problem'),
  },
  'start-time': {
    name: 'the start time',
    sentence: 'Nobody has said when the problem began.',
    isThere: (state) => state.startedAtMs !== null,
    fix: just('state-problem'),
  },
  component: {
    name: 'the component',
    sentence: 'The component or resource in question has not been named.',
    isThere: (state) => state.isolation !== null,
    fix: just('isolate-component'),
  },
  verdict: {
    name: 'a tested hypothesis',
    sentence: 'No hypothesis has been confirmed, eliminated or found inconclusive.',
    isThere: (state) => state.hypotheses.some((row) => isConcluded(row.status)),
    fix: fixVerdict,
  },
  plan: {
    name: 'a plan with its risk and the way back',
    sentence: 'No solution has been planned with its risk and the way back.',
    isThere: (state) =>
      state.plans.some(
        (plan) => isUsable(plan) && hasVisibleText(plan.risk) && hasVisibleText(plan.rollback),
      ),
    fix: just('plan-solution'),
  },
  implementation: {
    name: 'an implemented solution',
    sentence: 'No solution has been reported as implemented and still in place.',
    isThere: (state) => state.plans.some(isStanding),
    fix: fixImplementation,
  },
  verification: {
    name: 'a verified solution',
    sentence: 'Nobody has verified that the problem is gone.',
    isThere: (state) => standingVerification(state) !== null,
    fix: just('verify-solution'),
  },
  'root-cause': {
    name: 'the root cause',
    sentence: 'The root cause has not been written down.',
    isThere: (state) => state.findings !== null && hasVisibleText(state.findings.rootCause),
    fix: just('document-findings'),
  },
  'preventive-measures': {
    name: 'preventive measures',
    sentence: 'No measure has been agreed that keeps this from happening again.',
    isThere: (state) => (state.findings?.preventiveMeasures.length ?? 0) > 0,
    fix: just('document-findings'),
  },
};

const PARTS: readonly ClosePart[] = [
  'problem',
  'scope',
  'start-time',
  'component',
  'verdict',
  'plan',
  'implementation',
  'verification',
  'root-cause',
  'preventive-measures',
];

/** Where what helps can be done, for what cannot be done at every step. */
const STEP_FOR: { readonly [C in IncidentCommandType]?: StepId } = {
  'isolate-component': 'isolate',
  'start-test': 'test',
  'plan-solution': 'solve',
  'verify-solution': 'verify',
  'document-findings': 'document',
};

/**
 * What the record still lacks, in the order of the method; empty when it may be closed without a
 * reason. With a reason ("not an incident") it may be closed at any time.
 */
export function missingForClose(state: IncidentState): readonly MissingPart[] {
  return PARTS.filter((part) => !REQUIREMENTS[part].isThere(state)).map((part) => {
    const { name, sentence, fix } = REQUIREMENTS[part];
    const wanted = fix(state);
    const { command, itemId }: Fix = fitsNow(state, wanted.command)
      ? wanted
      : { command: 'move-to-step', itemId: STEP_FOR[wanted.command] ?? null };
    return { part, name, sentence, fix: command, itemId };
  });
}
