import type { KnownBlock, ModalView, RichTextList, RichTextSection } from '@slack/types';
import { recordsBehind } from '../../domain/incident/evidence.ts';
import { findHypothesis } from '../../domain/incident/hypotheses.ts';
import { likelihoodNow } from '../../domain/incident/likelihood-now.ts';
import type { Assessment, Cause, Ranking, Suggestion } from '../../domain/incident/ranking.ts';
import type { Hypothesis, IncidentState } from '../../domain/incident/state.ts';
import { mainRegion } from '../../domain/main-region.ts';
import type { TrailRecord } from '../../domain/trail/record.ts';
import { evidenceNotice } from './evidence-card.ts';
import { fitMessage } from './fit-message.ts';
import { whyButtons } from './hypothesis-buttons.ts';
import { testItems } from './hypothesis-items.ts';
import { nothingLikelihood, standingPart } from './likelihood-part.ts';
import { BLOCK_LIMITS } from './limits.ts';
import { recordLink } from './links.ts';
import { basisParts, progressWords } from './ranking-lines.ts';
import {
  actor,
  bold,
  bolded,
  date,
  line,
  link,
  list,
  type Part,
  plain,
  richText,
  typed,
} from './text.ts';
import { recordItems } from './trail-items.ts';
import { countOf, HYPOTHESIS_WORDS } from './words.ts';

type Element = RichTextSection | RichTextList;

const STATEMENT_CHARACTERS_MAX = 1_000;
const TESTS = { shownMax: 5, charactersMax: 400 } as const;

const HOW_IT_IS_WEIGHED =
  'How this is weighed: each point shifts the odds by a fixed weight, set from what usually holds for systems on AWS, and all explanations together share 100 %. So this says which is likelier on what was read, never that one is true.';

/** All reasons for one hypothesis, on a screen of its own. `hypothesisId` null: hypothesis 0. */
export function buildWhy(
  state: IncidentState,
  hypothesisId: string | null,
  consoleUrl: string | null,
): ModalView {
  const row = hypothesisId === null ? null : findHypothesis(state, hypothesisId);
  const blocks =
    row === null ? otherBlocks(state, hypothesisId) : hypothesisBlocks(state, row, consoleUrl);
  return {
    type: 'modal',
    title: plain(`Why hypothesis ${row?.number ?? 0}?`, BLOCK_LIMITS.viewTitleCharactersMax),
    close: plain('Back', BLOCK_LIMITS.viewTitleCharactersMax),
    blocks: [...fitMessage({ text: '', blocks }).blocks],
  };
}

function hypothesisBlocks(
  state: IncidentState,
  row: Hypothesis,
  consoleUrl: string | null,
): KnownBlock[] {
  const { mark } = HYPOTHESIS_WORDS[row.status];
  const { assessment, cause, suggestion, tests } = row;
  return [
    richText(
      line(`${mark} `, bolded(`${row.number}. `, standingPart(state, row)), originPart(row)),
      line(typed(row.statement, STATEMENT_CHARACTERS_MAX)),
      ...(assessment === null ? ownGrounds(state, row) : pointLines(assessment)),
      ...(cause === null ? [] : causeLines(state, cause, consoleUrl)),
      ...(tests.length === 0 ? [] : [line(bold('Tests')), ...testItems(tests, TESTS)]),
    ),
    ...whyButtons(state, row),
    ...(suggestion === null ? [] : [richText(...suggestionLines(suggestion))]),
    ...basisBlocks(state, likelihoodNow(state, row) !== null),
  ];
}

/** What a person proposed is weighed by people: the bot shows what they rest it on. */
function ownGrounds({ evidence }: IncidentState, { evidenceIds }: Hypothesis): Element[] {
  const grounds = evidence.filter(({ evidenceId }) => evidenceIds.includes(evidenceId));
  return [
    line(bold('What speaks for it')),
    grounds.length === 0
      ? line('No evidence was attached to it, and Redthread did not weigh it.')
      : list(
          grounds.map((row): Part => [evidenceNotice(row), ', until ', date(row.coverage.toMs)]),
        ),
  ];
}

function originPart({ by, cause, impact }: Hypothesis): Part {
  return cause === null ? [`, ${impact} impact, proposed by `, actor(by)] : null;
}

function otherBlocks(state: IncidentState, hypothesisId: string | null): KnownBlock[] {
  const { ranking } = state;
  if (hypothesisId !== null || ranking === null) {
    return [richText(line('This hypothesis is not in the record any more.'))];
  }
  return [
    richText(
      line(bold(`0. ${nothingLikelihood(state)}`)),
      line(
        'No AWS change in coverage explains this. It may be a cause that CloudTrail does not see, such as load, a dependency, or a change inside an application.',
      ),
      ...pointLines(ranking.nothing),
    ),
    ...basisBlocks(state, true),
  ];
}

function pointLines(assessment: Assessment): Element[] {
  return [
    ...pointList('What speaks for it', assessment.for),
    ...pointList('What speaks against it', assessment.against),
  ];
}

function pointList(heading: string, points: readonly string[]): Element[] {
  const told = points.map((words) => typed(words)).filter((words) => words !== null);
  return [line(bold(heading)), told.length === 0 ? line('Nothing on record.') : list(told)];
}

/** Who did what, when, where; what the cards do not hold is counted, with a link to the first. */
function causeLines(state: IncidentState, cause: Cause, consoleUrl: string | null): Element[] {
  const records = callsOf(state, cause);
  const hidden = cause.eventCount - records.length;
  const region = mainRegion(records);
  return [
    line(bold('What was seen'), region === null ? null : ` · ${region}`),
    ...(records.length === 0
      ? []
      : [recordItems(records, { consoleUrl, mainRegion: region }).list]),
    ...(hidden > 0 ? [hiddenLine(cause, hidden, consoleUrl)] : []),
  ];
}

function hiddenLine(cause: Cause, hidden: number, consoleUrl: string | null): Element {
  const [eventId = ''] = cause.eventIds;
  const url = cause.kind === 'change' ? recordLink(consoleUrl, { ...cause, eventId }) : null;
  return line(
    `${countOf(hidden, 'call')} not kept on the cards, from `,
    date(cause.atMs, 'second'),
    url === null ? null : [' · ', link(url, 'open')],
  );
}

/** Each call once, newest first, as the cards have them. */
function callsOf({ evidence }: IncidentState, { eventIds }: Cause): readonly TrailRecord[] {
  return recordsBehind(evidence, eventIds).toSorted((a, b) => b.atMs - a.atMs);
}

function suggestionLines({ test, solution, risk, rollback }: Suggestion): Element[] {
  const items: readonly (readonly [label: string, words: string])[] = [
    ['To find out: ', test],
    ['If it is so: ', solution],
    ['Risk: ', risk],
    ['Way back: ', rollback],
  ];
  return [
    line(bold('Suggested'), ' (Redthread itself changes nothing)'),
    list(
      items.flatMap(([label, words]): Part[] => {
        const told = typed(words);
        return told === null ? [] : [[bold(label.trim()), ' ', told]];
      }),
    ),
  ];
}

/** What all of it rests on, and how far it may be trusted. */
function basisBlocks({ ranking }: IncidentState, isWeighed: boolean): KnownBlock[] {
  if (ranking === null) return [];
  return [
    richText(
      line(bold('What it rests on')),
      list([basisParts(ranking), ...gapItems(ranking), ...progressItems(ranking)]),
      ...(isWeighed ? [line(HOW_IT_IS_WEIGHED)] : []),
    ),
  ];
}

function gapItems({ basis }: Ranking): Part[] {
  return basis.gaps.flatMap((gap) => {
    const words = typed(gap);
    return words === null ? [] : [['Not visible: ', words]];
  });
}

function progressItems(ranking: Ranking): Part[] {
  return ranking.isPartial ? [progressWords(ranking)] : [];
}
