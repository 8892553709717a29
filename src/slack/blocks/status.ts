import type { RichTextList, RichTextSection } from '@slack/types';
import { missingForClose } from '../../domain/incident/close-gate.ts';
import { rankHypotheses } from '../../domain/incident/hypotheses.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { listWords } from '../../domain/text/list-words.ts';
import { agoWords } from '../../domain/text/time-words.ts';
import { actions } from './buttons.ts';
import { fitMessage } from './fit-message.ts';
import { hypothesisItem } from './hypothesis-items.ts';
import { allButtons } from './incident-buttons.ts';
import type { MessageContent } from './message.ts';
import { leadingLine, ownerLine, stepLines, titleLine } from './overview.ts';
import { bold, date, line, list, type Part, richText, typed } from './text.ts';
import { countOf, PLAN_WORDS } from './words.ts';

const HYPOTHESES_SHOWN_MAX = 5;
const SHORT_CHARACTERS_MAX = 200;
const BUTTONS_MAX = 4;

/** For one person who comes in late: what it is, where it stands, what was found, what is missing. */
export function renderStatus(state: IncidentState, nowMs: number): MessageContent {
  return fitMessage({
    text: `${state.incidentId}: where it stands`,
    blocks: [
      richText(
        titleLine(state),
        ownerLine(state.ownerId),
        started(state),
        ...stepLines(state),
        leadingLine(state),
        problem(state),
        ...hypotheses(state),
        ...plan(state),
        ...missing(state),
        line(`Last activity ${agoWords(state.lastActivityAtMs, nowMs)}.`),
      ),
      ...actions(...allButtons(state).slice(0, BUTTONS_MAX)),
    ],
  });
}

function started(state: IncidentState): RichTextSection {
  const since: Part = state.startedAtMs === null ? 'not known yet' : date(state.startedAtMs);
  return line(bold('Started:'), ' ', since, ' · opened ', date(state.openedAtMs));
}

function problem(state: IncidentState): RichTextSection | null {
  if (state.problem === null) return null;
  return line(bold('Problem:'), ' ', typed(state.problem.symptoms, SHORT_CHARACTERS_MAX));
}

function hypotheses(state: IncidentState): (RichTextSection | RichTextList)[] {
  const ranked = rankHypotheses(state.hypotheses);
  if (ranked.length === 0) return [];
  const items = ranked.slice(0, HYPOTHESES_SHOWN_MAX).map((row) => hypothesisItem(state, row));
  return [line(bold(countOf(ranked.length, 'hypothesis', 'hypotheses'))), list(items)];
}

function plan(state: IncidentState): RichTextSection[] {
  const current = state.plans.at(-1);
  if (current === undefined) return [];
  const { mark, word } = PLAN_WORDS[current.status];
  return [
    line(bold('Plan:'), ` ${mark} `, typed(current.solution, SHORT_CHARACTERS_MAX), ` (${word})`),
  ];
}

function missing(state: IncidentState): RichTextSection[] {
  const parts = state.status === 'closed' ? [] : missingForClose(state);
  if (parts.length === 0) return [];
  return [line(bold('Before it can be closed:'), ' ', listWords(parts.map((part) => part.name)))];
}
