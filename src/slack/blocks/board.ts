import type { KnownBlock, PlainTextOption, RichTextSection, StaticSelect } from '@slack/types';
import { rankHypotheses } from '../../domain/incident/hypotheses.ts';
import { leadingExplanation } from '../../domain/incident/leading-explanation.ts';
import { likelihoodNow } from '../../domain/incident/likelihood-now.ts';
import type { Ranking } from '../../domain/incident/ranking.ts';
import type { Hypothesis, IncidentState } from '../../domain/incident/state.ts';
import { encodeChoice, encodeTarget, MENU_ACTION, openFormAction } from '../ids.ts';
import { actions, aimAt, formButton, isAimable, tapButton } from './buttons.ts';
import { countCharacters } from './fit-text.ts';
import { hypothesisButtons } from './hypothesis-buttons.ts';
import { hypothesisItem, testItems } from './hypothesis-items.ts';
import { nothingLikelihood, standingPart } from './likelihood-part.ts';
import { BLOCK_LIMITS } from './limits.ts';
import type { MessageContent } from './message.ts';
import { basisParts, gapParts, rankingLines } from './ranking-lines.ts';
import { actor, bold, bolded, line, list, type Part, plain, richText, typed } from './text.ts';
import { countOf, HYPOTHESIS_WORDS, notification } from './words.ts';

/** Two blocks each; the others stay on the board as one line. */
const DETAILED_MAX = 6;
/** So that there is always room for hypothesis 0 below them. */
const DETAILED_CHARACTERS_MAX = 4_500;
const BRIEF_MAX = 8;
const OPTIONS_MANY = 15;
const OPTION_CHARACTERS_MANY_MAX = 40;
const STATEMENT_CHARACTERS_MAX = 350;
const POINT_CHARACTERS_MAX = 140;
const POINTS_FOR_MAX = 2;
const NOTHING_LEADS = '⚠️ Nothing on record explains it well so far: see 0 below.';
const TESTS = { shownMax: 2, charactersMax: 150 } as const;

/** Every hypothesis, likeliest first; the eliminated ones stay, because they were worth knowing. */
export function renderBoard(state: IncidentState): MessageContent {
  const ranked = rankHypotheses(state.hypotheses);
  const open = ranked.filter(({ status }) => status !== 'eliminated');
  const eliminated = ranked.filter(({ status }) => status === 'eliminated');
  const detailed = detailedRows(state, open);
  const others = open.filter((row) => !detailed.includes(row));
  return {
    text: notification(state, countOf(state.hypotheses.length, 'hypothesis', 'hypotheses')),
    blocks: [
      richText(
        line(bold('Hypotheses'), ', likeliest first, then by impact'),
        ...rankingLines(state),
        leadingExplanation(state)?.kind === 'nothing' ? line(NOTHING_LEADS) : null,
      ),
      ...detailed.flatMap((row) => detail(state, row)),
      ...briefly(state, others),
      ...actions(lookMenu(state, others)),
      ...(state.ranking === null ? [] : [nothing(state, state.ranking)]),
      ...lastButtons(state),
      ...briefly(state, eliminated),
      ...actions(reviveMenu(state, eliminated)),
    ],
  };
}

/** The first always, the next ones as long as there is room. */
function detailedRows(state: IncidentState, open: readonly Hypothesis[]): readonly Hypothesis[] {
  const wanted = open.filter((row) => isDetailed(state, row)).slice(0, DETAILED_MAX);
  let left = DETAILED_CHARACTERS_MAX;
  return wanted.filter((row, index) => {
    left -= countCharacters(detail(state, row));
    return index === 0 || left >= 0;
  });
}

/** What the bot holds to be unlikely needs no room, unless a person thinks or does otherwise. */
function isDetailed(state: IncidentState, row: Hypothesis): boolean {
  if (row.status !== 'proposed' || row.isRatedByPerson) return true;
  return likelihoodNow(state, row)?.likelihood !== 'unlikely';
}

function detail(state: IncidentState, row: Hypothesis): KnownBlock[] {
  const leading = leadingExplanation(state);
  const isLeading = leading?.kind === 'hypothesis' && leading.hypothesis === row;
  return [
    richText(
      line(
        `${HYPOTHESIS_WORDS[row.status].mark} `,
        bolded(`${row.number}. `, standingPart(state, row)),
      ),
      line(typed(row.statement, STATEMENT_CHARACTERS_MAX), proposal(row)),
      ...points(row),
      ...testItems(row.tests, TESTS),
    ),
    ...hypothesisButtons(state, row, isLeading),
  ];
}

/** Who says so, where it is not the bot from the evidence. */
function proposal({ by, cause, impact, evidenceIds }: Hypothesis): Part {
  if (cause !== null) return null;
  const count = evidenceIds.length;
  const pieces = count === 0 ? null : `, resting on ${countOf(count, 'piece')} of evidence`;
  return [' (proposed by ', actor(by), `, ${impact} impact`, pieces, ')'];
}

/** The strongest for and against that the sentence above does not say already. */
function points({ assessment, status, statement }: Hypothesis): RichTextSection[] {
  if (assessment === null || status === 'confirmed') return [];
  const isNew = (words: string) => !statement.includes(words);
  return [
    ...assessment.for
      .filter(isNew)
      .slice(0, POINTS_FOR_MAX)
      .map((words) => point('+', words)),
    ...assessment.against.slice(0, 1).map((words) => point('−', words)),
  ];
}

function point(mark: string, words: string): RichTextSection {
  return line(`${mark} `, typed(words, POINT_CHARACTERS_MAX));
}

/** Hypothesis 0 is never proved: it has no verdict, only what it rests on. */
function nothing(state: IncidentState, ranking: Ranking): KnownBlock {
  return richText(
    line(bold(`0. No AWS change in coverage explains this: ${nothingLikelihood(state)}`)),
    line('Rests on ', basisParts(ranking), '. ', gapParts(ranking)),
  );
}

function lastButtons(state: IncidentState): KnownBlock[] {
  return actions(
    state.ranking === null ? null : tapButton('show-why', aimAt(state)),
    state.status === 'closed' ? null : formButton('hypothesis', aimAt(state)),
  );
}

function briefly(state: IncidentState, rows: readonly Hypothesis[]): KnownBlock[] {
  if (rows.length === 0) return [];
  const hidden = rows.length - BRIEF_MAX;
  const more = hidden > 0 ? [line(`and ${hidden} more, in the menu below`)] : [];
  return [
    richText(list(rows.slice(0, BRIEF_MAX).map((row) => hypothesisItem(state, row))), ...more),
  ];
}

/** Those that are one line each: their reasons, and what can be done, open from one menu. */
function lookMenu(state: IncidentState, rows: readonly Hypothesis[]): StaticSelect | null {
  const options = rows
    .filter(({ hypothesisId }) => isAimable(hypothesisId))
    .map((row) => option(row, encodeChoice('show-why', targetOf(state, row)), rows.length));
  return selectMenu(MENU_ACTION, 'Look at another one', options);
}

/** Eliminated ones have no room for a button each: one menu revives any of them. */
function reviveMenu(state: IncidentState, rows: readonly Hypothesis[]): StaticSelect | null {
  if (state.status === 'closed') return null;
  const options = rows
    .filter(({ hypothesisId }) => isAimable(hypothesisId))
    .map((row) => option(row, encodeTarget(targetOf(state, row)), rows.length));
  return selectMenu(openFormAction('revive'), 'Revive an eliminated one', options);
}

function selectMenu(
  actionId: string,
  placeholder: string,
  options: readonly PlainTextOption[],
): StaticSelect | null {
  if (options.length === 0) return null;
  return {
    type: 'static_select',
    action_id: actionId,
    placeholder: plain(placeholder, BLOCK_LIMITS.placeholderCharactersMax),
    options: [...options],
  };
}

function option(
  { number, statement }: Hypothesis,
  value: string,
  optionCount: number,
): PlainTextOption {
  const isMany = optionCount > OPTIONS_MANY;
  const charactersMax = isMany ? OPTION_CHARACTERS_MANY_MAX : BLOCK_LIMITS.optionCharactersMax;
  return { text: plain(`${number}. ${statement.replaceAll(/\s+/g, ' ')}`, charactersMax), value };
}

const targetOf = ({ incidentId }: IncidentState, { hypothesisId }: Hypothesis) => ({
  incidentId,
  itemId: hypothesisId,
});
