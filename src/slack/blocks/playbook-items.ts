import type { IncidentState } from '../../domain/incident/state.ts';
import type { StepId } from '../../domain/incident/steps.ts';
import {
  type CheckResult,
  type CheckStatus,
  checkResults,
} from '../../domain/playbook/check-results.ts';
import { hintedCauses, hintedFirst } from '../../domain/playbook/hinted-causes.ts';
import type { Playbook } from '../../domain/playbook/playbook.ts';
import { bold, type Part, typed } from './text.ts';

const RESULT_CHARACTERS_MAX = 300;

/** One thing that a playbook says: in short for a card on a phone, and whole. */
export interface PlaybookItem {
  readonly short: Part;
  readonly whole: Part;
}

/** What the playbook says about a step, the most relevant first. */
export function playbookItems(
  state: IncidentState,
  step: StepId,
  playbook: Playbook,
): readonly PlaybookItem[] {
  return STEP_ITEMS[step](state, playbook);
}

type StepItems = (state: IncidentState, playbook: Playbook) => readonly PlaybookItem[];

const same = (part: Part): PlaybookItem => ({ short: part, whole: part });

const STEP_ITEMS = {
  identify: (_, { questions }) => questions.map(same),
  isolate: (state, playbook) => checkItems(checkResults(state, playbook)),
  hypothesize: hypothesisItems,
  test: (state, playbook) =>
    hintedFirst(playbook.tests, hintedCauses(state, playbook)).map(({ text }) => same(text)),
  solve: solutionItems,
  verify: (_, { verification }) => verification.map(same),
  document: (_, { prevention }) => prevention.map(same),
} as const satisfies Record<StepId, StepItems>;

const CHECK_MARKS = {
  found: '🔶',
  'for-people': '👤',
  'not-yet': '⏳',
  nothing: '☑️',
} as const satisfies Record<CheckStatus, string>;

/** What was found first, then what people do: on a phone the end of a card is read last. */
export function checkItems(results: readonly CheckResult[]): readonly PlaybookItem[] {
  const order = Object.keys(CHECK_MARKS);
  return results
    .toSorted((a, b) => order.indexOf(a.status) - order.indexOf(b.status))
    .map(({ check, status, sentence }) =>
      same([
        `${CHECK_MARKS[status]} ${check.text}`,
        sentence === null ? null : [' → ', typed(sentence, RESULT_CHARACTERS_MAX)],
      ]),
    );
}

function hypothesisItems(state: IncidentState, playbook: Playbook): readonly PlaybookItem[] {
  const hinted = hintedCauses(state, playbook);
  const templates = playbook.hypotheses.map((row) => ({ ...row, causes: [row.id] }));
  return hintedFirst(templates, hinted).map(({ id, cause, speaksFor, speaksAgainst }) => {
    const short = [hinted.has(id) ? '🔶 ' : null, bold(cause)];
    return { short, whole: [short, ` For: ${speaksFor} Against: ${speaksAgainst}`] };
  });
}

/** Nothing is done without its risk and its way back in sight. */
function solutionItems(state: IncidentState, playbook: Playbook): readonly PlaybookItem[] {
  return hintedFirst(playbook.solutions, hintedCauses(state, playbook)).map(
    ({ text, risk, mitigation, rollback }) => ({
      short: [bold(text), ' Risk: ', risk, ' Way back: ', rollback],
      whole: [bold(text), ' Risk: ', risk, ' Mitigation: ', mitigation, ' Way back: ', rollback],
    }),
  );
}
