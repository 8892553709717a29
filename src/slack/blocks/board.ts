import type { KnownBlock, PlainTextOption, RichTextList, RichTextSection } from '@slack/types';
import { hypothesisActions } from '../../domain/incident/available-actions.ts';
import { rankHypotheses } from '../../domain/incident/hypotheses.ts';
import type { Hypothesis, HypothesisTest, IncidentState } from '../../domain/incident/state.ts';
import { encodeTarget, openFormAction } from '../ids.ts';
import { actions, aimAt, formButton } from './buttons.ts';
import { actionButton } from './incident-buttons.ts';
import { BLOCK_LIMITS } from './limits.ts';
import type { MessageContent } from './message.ts';
import { actor, bold, date, line, list, type Part, plain, richText, typed } from './text.ts';
import { countOf, HYPOTHESIS_WORDS, notification } from './words.ts';

/** Two blocks each; the others stay on the board as one line. */
const DETAILED_MAX = 12;
const TESTS_SHOWN_MAX = 3;
const STATEMENT_CHARACTERS_MAX = 400;
const FINDING_CHARACTERS_MAX = 200;
const LINE_CHARACTERS_MAX = 120;

/** Every hypothesis with its tests; the eliminated ones stay, because they were worth knowing. */
export function renderBoard(state: IncidentState): MessageContent {
  const ranked = rankHypotheses(state.hypotheses);
  const open = ranked.filter((row) => row.status !== 'eliminated');
  const detailed = open.slice(0, DETAILED_MAX);
  const brief = [
    ...open.slice(DETAILED_MAX),
    ...ranked.filter((row) => row.status === 'eliminated'),
  ];
  return {
    text: notification(state, countOf(state.hypotheses.length, 'hypothesis', 'hypotheses')),
    blocks: [
      richText(line(bold('Hypotheses'), ' by likelihood and impact')),
      ...detailed.flatMap((row) => detail(state, row)),
      ...(brief.length === 0 ? [] : [richText(list(brief.map(briefly)))]),
      ...boardButtons(state),
    ],
  };
}

function detail(state: IncidentState, row: Hypothesis): KnownBlock[] {
  const { mark, word } = HYPOTHESIS_WORDS[row.status];
  return [
    richText(
      line(`${mark} `, bold(`${row.number}.`), ' ', typed(row.statement, STATEMENT_CHARACTERS_MAX)),
      line(
        `${capital(word)} · ${row.likelihood} likelihood · ${row.impact} impact · by `,
        actor(row.by),
        evidenceCount(row),
      ),
      ...tests(row),
    ),
    ...actions(...hypothesisActions(state, row).map((action) => actionButton(state, action))),
  ];
}

function evidenceCount(row: Hypothesis): Part {
  const count = row.evidenceIds.length;
  return count === 0 ? null : ` · rests on ${countOf(count, 'piece')} of evidence`;
}

function tests(row: Hypothesis): (RichTextSection | RichTextList)[] {
  const shown = row.tests.slice(-TESTS_SHOWN_MAX);
  const hidden = row.tests.length - shown.length;
  return [
    ...(shown.length === 0 ? [] : [list(shown.map(testItem))]),
    ...(hidden === 0 ? [] : [line(`and ${countOf(hidden, 'earlier test')}`)]),
  ];
}

function testItem(test: HypothesisTest): Part {
  const what = typed(test.test, FINDING_CHARACTERS_MAX);
  if (test.verdict === null || test.concludedAtMs === null) {
    return [what, ' (running since ', date(test.startedAtMs), ', ', actor(test.by), ')'];
  }
  const { mark, word } = HYPOTHESIS_WORDS[test.verdict];
  const who: Part = [' (', actor(test.concludedBy), ', ', date(test.concludedAtMs), ')'];
  return [what, ` → ${mark} ${word}: `, typed(test.finding ?? '', FINDING_CHARACTERS_MAX), who];
}

function briefly(row: Hypothesis): Part {
  const { mark, word } = HYPOTHESIS_WORDS[row.status];
  const finding = row.tests.at(-1)?.finding ?? null;
  return [
    `${mark} ${row.number}. `,
    typed(row.statement, LINE_CHARACTERS_MAX),
    ` (${word}`,
    finding === null ? null : [': ', typed(finding, LINE_CHARACTERS_MAX)],
    ')',
  ];
}

/** Eliminated ones have no room for a button each: one menu revives any of them. */
function boardButtons(state: IncidentState): KnownBlock[] {
  if (state.status === 'closed') return [];
  const eliminated = state.hypotheses.filter((row) => row.status === 'eliminated');
  const options = eliminated.map((row) => reviveOption(state, row));
  return actions(
    formButton('hypothesis', aimAt(state)),
    options.length === 0
      ? null
      : {
          type: 'static_select',
          action_id: openFormAction('revive'),
          placeholder: plain('Revive an eliminated one', BLOCK_LIMITS.placeholderCharactersMax),
          options,
        },
  );
}

function reviveOption(state: IncidentState, row: Hypothesis): PlainTextOption {
  const statement = row.statement.replaceAll(/\s+/g, ' ');
  return {
    text: plain(`${row.number}. ${statement}`, BLOCK_LIMITS.optionCharactersMax),
    value: encodeTarget({ incidentId: state.incidentId, itemId: row.hypothesisId }),
  };
}

const capital = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
