import type { KnownBlock, RichTextList, RichTextSection, StaticSelect } from '@slack/types';
import type { IncidentState } from '../../domain/incident/state.ts';
import type { StepId } from '../../domain/incident/steps.ts';
import { type CheckStatus, checkResults } from '../../domain/playbook/check-results.ts';
import { fittingLinks } from '../../domain/playbook/fitting-links.ts';
import { hintedCauses, hintedFirst } from '../../domain/playbook/hinted-causes.ts';
import type { Playbook, SolutionTemplate } from '../../domain/playbook/playbook.ts';
import { encodeChoice, MENU_ACTION } from '../ids.ts';
import { BLOCK_LIMITS } from './limits.ts';
import { runbookLink } from './links.ts';
import { actor, bold, line, link, list, type Part, plain, typed } from './text.ts';

type Element = RichTextSection | RichTextList;

/** More than these in full are not read on a phone; the others are named. */
const HYPOTHESES_SHOWN_MAX = 4;
const SOLUTIONS_SHOWN_MAX = 5;
const TESTS_SHOWN_MAX = 6;
const RESULT_CHARACTERS_MAX = 300;

/** What the playbook of the incident says about the step that people are in. */
export function playbookLines(
  state: IncidentState,
  step: StepId,
  playbooks: readonly Playbook[],
): readonly Element[] {
  const chosen = state.playbook;
  if (chosen === null) return [];
  const playbook = playbooks.find(({ id }) => id === chosen.playbookId);
  if (playbook === undefined) {
    const gone = ' (it is not among the playbooks any more: choose another one)';
    return [line('📖 Playbook: ', bold(chosen.title), gone)];
  }
  return [heading(state, step), ...STEP_LINES[step](state, playbook)];
}

/** One tap to another playbook; none where there is nothing to choose from. */
export function playbookMenu(
  state: IncidentState,
  playbooks: readonly Playbook[],
): readonly KnownBlock[] {
  const others = playbooks.filter(({ id }) => id !== state.playbook?.playbookId);
  if (others.length === 0) return [];
  const options = others
    .toSorted((a, b) => (a.title < b.title ? -1 : 1))
    .slice(0, BLOCK_LIMITS.optionsMax)
    .map(({ id, title }) => ({
      text: plain(title, BLOCK_LIMITS.optionCharactersMax),
      value: encodeChoice('choose-playbook', { incidentId: state.incidentId, itemId: id }),
    }));
  const select: StaticSelect = {
    type: 'static_select',
    action_id: MENU_ACTION,
    placeholder: plain('Change the playbook', BLOCK_LIMITS.placeholderCharactersMax),
    options,
  };
  return [{ type: 'actions', elements: [select] }];
}

/** Why it was chosen is of interest at first; later its name is enough. */
function heading({ playbook }: IncidentState, step: StepId): RichTextSection {
  if (playbook === null) return line('📖 No playbook');
  const name: Part = ['📖 Playbook: ', bold(playbook.title)];
  if (playbook.isByHand) return line(name, ', chosen by ', actor(playbook.by));
  return step === 'identify' || step === 'isolate'
    ? line(name, '. ', typed(playbook.reason, RESULT_CHARACTERS_MAX))
    : line(name);
}

type StepLines = (state: IncidentState, playbook: Playbook) => readonly Element[];

const STEP_LINES = {
  identify: (state, playbook) => [list(playbook.questions), ...linkLines(state, playbook)],
  isolate: (state, playbook) => [checkLines(state, playbook), ...linkLines(state, playbook)],
  hypothesize: hypothesisLines,
  test: (state, playbook) => {
    const tests = hintedFirst(playbook.tests, hintedCauses(state, playbook));
    return [list(tests.slice(0, TESTS_SHOWN_MAX).map(({ text }) => text))];
  },
  solve: solutionLines,
  verify: (_, playbook) => [list(playbook.verification)],
  document: (_, playbook) => [line('What may prevent the next one:'), list(playbook.prevention)],
} as const satisfies Record<StepId, StepLines>;

const CHECK_MARKS = {
  found: '🔶',
  'for-people': '👤',
  'not-yet': '⏳',
  nothing: '☑️',
} as const satisfies Record<CheckStatus, string>;

/** What was found first, then what people do: on a phone the end of a card is read last. */
function checkLines(state: IncidentState, playbook: Playbook): RichTextList {
  const order = Object.keys(CHECK_MARKS);
  const results = checkResults(state, playbook).toSorted(
    (a, b) => order.indexOf(a.status) - order.indexOf(b.status),
  );
  return list(
    results.map(({ check, status, sentence }) => [
      `${CHECK_MARKS[status]} ${check.text}`,
      sentence === null ? null : [' → ', typed(sentence, RESULT_CHARACTERS_MAX)],
    ]),
  );
}

function hypothesisLines(state: IncidentState, playbook: Playbook): readonly Element[] {
  const hinted = hintedCauses(state, playbook);
  const sorted = hintedFirst(
    playbook.hypotheses.map((template) => ({ ...template, causes: [template.id] })),
    hinted,
  );
  const shown = sorted.slice(0, HYPOTHESES_SHOWN_MAX);
  const items = shown.map(
    ({ id, cause, speaksFor, speaksAgainst }): Part => [
      hinted.has(id) ? '🔶 ' : null,
      bold(cause),
      ` For: ${speaksFor} Against: ${speaksAgainst}`,
    ],
  );
  return [list(items), ...alsoLine(sorted.slice(shown.length).map(({ cause }) => cause))];
}

function solutionLines(state: IncidentState, playbook: Playbook): readonly Element[] {
  const sorted = hintedFirst(playbook.solutions, hintedCauses(state, playbook));
  const shown = sorted.slice(0, SOLUTIONS_SHOWN_MAX);
  return [
    list(shown.map(solutionParts)),
    ...alsoLine(sorted.slice(shown.length).map(({ text }) => text)),
  ];
}

function solutionParts({ text, risk, mitigation, rollback }: SolutionTemplate): Part {
  return [bold(text), ' Risk: ', risk, ' Mitigation: ', mitigation, ' Way back: ', rollback];
}

function alsoLine(texts: readonly string[]): readonly Element[] {
  return texts.length === 0 ? [] : [line('Think also of:'), list(texts)];
}

function linkLines(state: IncidentState, playbook: Playbook): readonly Element[] {
  const links = fittingLinks(state, playbook);
  if (links.length === 0) return [];
  return [
    line('Runbooks and dashboards:'),
    list(links.map(({ url, title }) => link(runbookLink(url), title))),
  ];
}
