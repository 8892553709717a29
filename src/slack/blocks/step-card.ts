import type { RichTextList, RichTextQuote, RichTextSection } from '@slack/types';
import { type CheckTick, standingTicks } from '../../domain/incident/check-ticks.ts';
import { DRAFTED_WORDS, tellProblem } from '../../domain/incident/drafted-lines.ts';
import { isUntested } from '../../domain/incident/hypotheses.ts';
import type { Hypothesis, IncidentState, StepVisit } from '../../domain/incident/state.ts';
import type { StepId } from '../../domain/incident/steps.ts';
import type { Playbook } from '../../domain/playbook/playbook.ts';
import { askRows } from './ask-rows.ts';
import { actions, linkButton } from './buttons.ts';
import { checkRows, tickLines } from './check-rows.ts';
import { documentButtons, editLines } from './document-lines.ts';
import { draftLines, stateDraftedButton } from './draft-lines.ts';
import { fact, optionalFact, SHORT_CHARACTERS_MAX, signature } from './fact-lines.ts';
import { stepButtons } from './incident-buttons.ts';
import { slackLink } from './links.ts';
import type { MessageContent } from './message.ts';
import { playbookLines, playbookMenu } from './playbook-lines.ts';
import { actor, bold, date, italic, line, list, type Part, richText, typed } from './text.ts';
import { watchLines } from './watch-lines.ts';
import { countOf, HYPOTHESIS_WORDS, notification, planWords, stepRow, stepTitle } from './words.ts';

type Element = RichTextSection | RichTextList | RichTextQuote;

const ITEMS_MAX = 10;

/** One visit to one step: its question while people work on it, what came of it afterwards. */
export function renderStep(
  state: IncidentState,
  visit: StepVisit,
  playbooks: readonly Playbook[],
): MessageContent {
  const isCurrent = visit.leftAtMs === null && state.status === 'open';
  const recorded = RECORDED[visit.step](state, visit);
  const document =
    visit.step === 'document' ? slackLink(state.publication?.permalink ?? null) : null;
  return {
    text: notification(state, stepTitle(visit.step)),
    blocks: [
      richText(
        line(isCurrent ? null : mark(visit), bold(stepTitle(visit.step))),
        ...(isCurrent ? question(visit.step) : []),
        ...(recorded.length === 0 ? [nothingRecorded(isCurrent)] : recorded),
        ...(isCurrent ? playbookLines(state, visit.step, playbooks) : [ending(state, visit)]),
      ),
      ...(isCurrent && visit.step === 'isolate' ? askRows(state, playbooks) : []),
      ...(isCurrent && visit.step === 'verify' ? checkRows(state, playbooks) : []),
      ...actions(
        ...(isCurrent ? [stateDraftedButton(state), ...stepButtons(state)] : []),
        linkButton(document, 'Read the document'),
      ),
      ...(visit.step === 'document' && visit.leftAtMs === null ? documentButtons(state) : []),
      ...(isCurrent ? playbookMenu(state, playbooks) : []),
    ].filter((block) => block !== null),
  };
}

const mark = (visit: StepVisit): Part => (visit.leftAtMs === null ? null : '☑️ ');

function question(step: StepId): Element[] {
  const { question: asked, doneWhen } = stepRow(step);
  return [line(italic(asked)), line('Done when: ', doneWhen, '.')];
}

function nothingRecorded(isCurrent: boolean): RichTextSection {
  return line(isCurrent ? 'Nothing recorded yet.' : 'Nothing was recorded in this step.');
}

function ending(state: IncidentState, visit: StepVisit): RichTextSection {
  if (visit.leftAtMs !== null) return line('Left ', date(visit.leftAtMs), '.');
  return line(
    'The incident was closed here',
    state.closure === null ? null : [' ', date(state.closure.atMs)],
    '.',
  );
}

type Recorded = (state: IncidentState, visit: StepVisit) => readonly Element[];

const RECORDED = {
  identify: problemLines,
  isolate: isolationLines,
  hypothesize: hypothesisLines,
  test: testLines,
  solve: planLines,
  verify: (state, visit) => [
    ...watchLines(state, visit),
    ...tickLines(ticksOf(state, visit)),
    ...verificationLines(state, visit),
  ],
  document: (state, visit) => [
    ...findingLines(state, visit),
    ...(visit.leftAtMs === null ? editLines(state) : []),
  ],
} as const satisfies Record<StepId, Recorded>;

function problemLines(state: IncidentState, visit: StepVisit): readonly Element[] {
  const problem = state.problem === null ? null : tellProblem(state.problem);
  const subject = [...state.alarmNames, ...state.resources]
    .filter((name) => name.trim() !== '')
    .slice(0, ITEMS_MAX);
  return [
    ...(subject.length === 0 ? [] : [fact('About', subject.join(', '))]),
    ...(problem === null || !belongsTo(state, visit, problem.atMs)
      ? []
      : [
          fact('Symptoms', problem.symptoms),
          ...optionalFact('Affected', problem.affected),
          ...(state.startedAtMs === null
            ? []
            : [line(bold('Since:'), ' ', date(state.startedAtMs))]),
          ...optionalFact('Changed recently', problem.recentChanges),
          signature(problem, problem.drafted.length === 0 ? null : ` (${DRAFTED_WORDS})`),
        ]),
    ...(visit.leftAtMs === null ? draftLines(state) : []),
    ...gatheringLines(state, visit),
    ...proposalLine(state, visit),
  ];
}

function isolationLines(state: IncidentState, visit: StepVisit): readonly Element[] {
  const { isolation } = state;
  const stated =
    isolation === null || !belongsTo(state, visit, isolation.atMs)
      ? []
      : [
          fact('In question', isolation.component),
          ...optionalFact('Because', isolation.finding),
          signature(isolation),
        ];
  return [...stated, ...gatheringLines(state, visit), ...proposalLine(state, visit)];
}

function gatheringLines(state: IncidentState, visit: StepVisit): readonly Element[] {
  const summaries = state.gatherings
    .filter((gathering) => during(visit, gathering.requestedAtMs) && gathering.summary !== null)
    .slice(-3);
  return summaries.map((gathering) => fact('From AWS', gathering.summary ?? ''));
}

/** The bot proposes as soon as it has evidence, often before anybody has come to this step. */
function hypothesisLines(state: IncidentState, visit: StepVisit): readonly Element[] {
  const isFirst = state.visits.find(({ step }) => step === visit.step) === visit;
  const proposed = state.hypotheses.filter(
    (row) =>
      during(visit, row.proposedAtMs) ||
      (isFirst && row.by.kind === 'bot' && row.proposedAtMs < visit.enteredAtMs),
  );
  return [
    ...gatheringLines(state, visit),
    ...proposedBy('From the evidence, by Redthread', proposed, 'bot'),
    ...proposedBy('By people', proposed, 'person'),
  ];
}

function proposedBy(
  heading: string,
  proposed: readonly Hypothesis[],
  kind: Hypothesis['by']['kind'],
): readonly Element[] {
  const rows = proposed.filter(({ by }) => by.kind === kind);
  if (rows.length === 0) return [];
  return [
    line(bold(`${heading}:`)),
    ...listOf(
      rows.map((row) => [
        `Hypothesis ${row.number}: `,
        typed(row.statement, SHORT_CHARACTERS_MAX),
        ` (${ratingWords(row)})`,
      ]),
    ),
  ];
}

/** In words: the percentages move, and the board has them. */
function ratingWords({ assessment, isRatedByPerson, likelihood, impact }: Hypothesis): string {
  if (assessment !== null && !isRatedByPerson) return assessment.likelihood;
  return `${likelihood} likelihood, ${impact} impact`;
}

/** What the bot made of the evidence while people were at this step. */
function proposalLine(state: IncidentState, visit: StepVisit): readonly Element[] {
  const count = state.hypotheses.filter(
    ({ by, proposedAtMs }) => by.kind === 'bot' && during(visit, proposedAtMs),
  ).length;
  if (count === 0) return [];
  return [
    line(bold('Proposed from it:'), ` ${countOf(count, 'hypothesis', 'hypotheses')}, on the board`),
  ];
}

function testLines(state: IncidentState, visit: StepVisit): readonly Element[] {
  const items = state.hypotheses.flatMap((row) =>
    row.tests
      .filter((test) => during(visit, test.concludedAtMs ?? test.startedAtMs))
      .map((test): Part => {
        const { mark: icon, word } = HYPOTHESIS_WORDS[test.verdict ?? 'testing'];
        const finding =
          test.finding === null ? null : [': ', typed(test.finding, SHORT_CHARACTERS_MAX)];
        const how = test.verdict !== null && isUntested(test) ? ' without a test' : '';
        return [`${icon} Hypothesis ${row.number} ${word}${how}`, finding];
      }),
  );
  return listOf(items);
}

function planLines(state: IncidentState, visit: StepVisit): readonly Element[] {
  const plans = state.plans.filter((plan) => during(visit, plan.plannedAtMs));
  return listOf(
    plans.map((plan) => {
      const { mark: icon, word } = planWords(plan);
      return [`${icon} `, typed(plan.solution, SHORT_CHARACTERS_MAX), ` (${word})`];
    }),
  );
}

/** While people check: what still counts. Afterwards: what was checked in this visit. */
function ticksOf(state: IncidentState, visit: StepVisit): readonly CheckTick[] {
  return visit.leftAtMs === null
    ? standingTicks(state)
    : state.checks.filter(({ atMs }) => during(visit, atMs));
}

function verificationLines(state: IncidentState, visit: StepVisit): readonly Element[] {
  const verifications = state.verifications.filter((row) => during(visit, row.atMs));
  return listOf(
    verifications.map((row) => [
      row.verified ? '✅ Fixed: ' : '❌ Not fixed: ',
      typed(row.finding, SHORT_CHARACTERS_MAX),
      ' (',
      actor(row.by),
      ')',
    ]),
  );
}

function findingLines(state: IncidentState, visit: StepVisit): readonly Element[] {
  const { findings } = state;
  if (findings === null || !belongsTo(state, visit, findings.atMs)) return [];
  return [
    fact('Root cause', findings.rootCause),
    ...optionalFact('Lessons', findings.lessons),
    ...(findings.preventiveMeasures.length === 0
      ? []
      : [line(bold('So that it does not happen again:'))]),
    ...listOf(
      findings.preventiveMeasures.map((measure) => [
        typed(measure.text, SHORT_CHARACTERS_MAX),
        measure.ownerId === null
          ? ' (nobody yet)'
          : [' (', actor({ kind: 'person', userId: measure.ownerId }), ')'],
      ]),
    ),
    signature(findings),
  ];
}

function listOf(items: readonly Part[]): readonly Element[] {
  if (items.length === 0) return [];
  const more = items.length - ITEMS_MAX;
  return [list(items.slice(-ITEMS_MAX)), ...(more > 0 ? [line(`and ${more} earlier ones`)] : [])];
}

function during(visit: StepVisit, atMs: number): boolean {
  return atMs >= visit.enteredAtMs && (visit.leftAtMs === null || atMs <= visit.leftAtMs);
}

/** What is kept once only belongs to the latest visit, or to the one during which it was written. */
function belongsTo(state: IncidentState, visit: StepVisit, atMs: number): boolean {
  const latest = state.visits.findLast((row) => row.step === visit.step);
  return visit.enteredAtMs === latest?.enteredAtMs || during(visit, atMs);
}
