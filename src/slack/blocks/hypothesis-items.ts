import type { RichTextList, RichTextSection } from '@slack/types';
import { isUntested } from '../../domain/incident/hypotheses.ts';
import type { Hypothesis, HypothesisTest, IncidentState } from '../../domain/incident/state.ts';
import { standingPart } from './likelihood-part.ts';
import { actor, bolded, date, line, list, type Part, typed } from './text.ts';
import { countOf, HYPOTHESIS_WORDS } from './words.ts';

const LINE_CHARACTERS_MAX = 160;

/** The newest tests of a hypothesis, each with what came out of it. */
export function testItems(
  tests: readonly HypothesisTest[],
  limits: { readonly shownMax: number; readonly charactersMax: number },
): (RichTextSection | RichTextList)[] {
  const shown = tests.slice(-limits.shownMax);
  const hidden = tests.length - shown.length;
  return [
    ...(shown.length === 0
      ? []
      : [list(shown.map((test) => testItem(test, limits.charactersMax)))]),
    ...(hidden === 0 ? [] : [line(`and ${countOf(hidden, 'earlier test')}`)]),
  ];
}

function testItem(test: HypothesisTest, charactersMax: number): Part {
  const what = isUntested(test) ? 'Judged without a test' : typed(test.test, charactersMax);
  if (test.verdict === null || test.concludedAtMs === null) {
    return [what, ' (running since ', date(test.startedAtMs), ', ', actor(test.by), ')'];
  }
  const { mark, word } = HYPOTHESIS_WORDS[test.verdict];
  const who: Part = [' (', actor(test.concludedBy), ', ', date(test.concludedAtMs), ')'];
  return [what, ` → ${mark} ${word}: `, typed(test.finding ?? '', charactersMax), who];
}

/** One line: where it stands and what it says; of what is ruled out, why. */
export function hypothesisItem(state: IncidentState, row: Hypothesis): Part {
  const { status, number, tests } = row;
  const finding = status === 'eliminated' ? (tests.at(-1)?.finding ?? null) : null;
  return [
    `${HYPOTHESIS_WORDS[status].mark} ${number}. `,
    bolded(standingPart(state, row), ':'),
    ' ',
    typed(row.statement, LINE_CHARACTERS_MAX),
    finding === null ? null : [' → ', typed(finding, LINE_CHARACTERS_MAX)],
  ];
}
