import { listWords } from '../text/list-words.ts';
import { utcWords } from '../text/time-words.ts';
import type { IncidentDocument } from './document.ts';
import { isUntested } from './hypotheses.ts';
import { headedText, type MarkdownVoice, notRecorded } from './markdown-voice.ts';
import type { Assessment, Cause, RankedOnset, Ranking } from './ranking.ts';
import type { Hypothesis, HypothesisTest } from './state.ts';
import { percentWords } from './tell-moves.ts';

const EVENT_IDS_SHOWN_MAX = 5;

export function hypothesesSection(
  document: IncidentDocument,
  voice: MarkdownVoice,
): readonly string[] {
  const { hypotheses, ranking } = document;
  return [
    '## Hypotheses',
    ...(hypotheses.length === 0 ? [notRecorded('nobody proposed a hypothesis.')] : []),
    ...hypotheses.flatMap((row) => hypothesisBlocks(row, document, voice)),
    ...(ranking === null ? [] : nothingBlocks(ranking, voice)),
  ];
}

function hypothesisBlocks(
  hypothesis: Hypothesis,
  document: IncidentDocument,
  voice: MarkdownVoice,
): readonly string[] {
  const { number, status, statement, assessment, cause, tests } = hypothesis;
  return [
    ...headedText(`Hypothesis ${number} (${status})`, statement, voice),
    proposalLine(hypothesis, document, voice),
    ...(assessment === null ? [] : assessmentBlocks(assessment, voice)),
    ...(cause === null ? [] : [causeLine(cause, voice)]),
    ...(tests.length === 0 ? [notRecorded('it was not tested.')] : []),
    ...tests.flatMap((test, index) => testBlocks(test, index + 1, voice)),
  ];
}

function proposalLine(
  { by, proposedAtMs, likelihood, impact, evidenceIds, isRatedByPerson, cause }: Hypothesis,
  { evidence }: IncidentDocument,
  voice: MarkdownVoice,
): string {
  const proposed = `Proposed ${voice.when(proposedAtMs, by)}`;
  // What the bot proposes has no rating of its own: its assessment follows.
  if (cause !== null && !isRatedByPerson) return `${proposed}, from what AWS recorded.`;
  const numbers = evidence
    .filter((row) => evidenceIds.includes(row.evidence.evidenceId))
    .map((row) => String(row.number));
  const attached = numbers.length === 0 ? 'none attached' : numbers.join(', ');
  return `${proposed}. Likelihood ${likelihood}, impact ${impact}. Evidence: ${attached}.`;
}

function assessmentBlocks(assessment: Assessment, voice: MarkdownVoice): readonly string[] {
  const { probability, likelihood } = assessment;
  return [
    `Redthread last ranked it as **${likelihood}** (${percentWords(probability)} among all explanations that it considered).`,
    pointList('For it', assessment.for, voice),
    pointList('Against it', assessment.against, voice),
  ];
}

function pointList(heading: string, points: readonly string[], voice: MarkdownVoice): string {
  if (points.length === 0) return `**${heading}:** nothing on record.`;
  return [`**${heading}:**`, '', ...points.map((words) => `- ${voice.inline(words)}`)].join('\n');
}

function causeLine({ eventIds, eventCount, atMs }: Cause, voice: MarkdownVoice): string {
  const shown = eventIds.slice(0, EVENT_IDS_SHOWN_MAX).map((eventId) => voice.inline(eventId));
  const hidden = eventCount - shown.length;
  const ids = listWords([...shown, ...(hidden > 0 ? [`${hidden} more`] : [])]);
  return `Recorded by AWS ${utcWords(atMs)}; events: ${ids}.`;
}

function testBlocks(test: HypothesisTest, number: number, voice: MarkdownVoice): readonly string[] {
  const { startedAtMs, verdict, concludedBy, concludedAtMs } = test;
  const start = isUntested(test)
    ? ['**Judged without a test**, on what was on record.']
    : [
        `**Test ${number}**, started ${voice.when(startedAtMs, test.by)}:`,
        voice.quote(test.test, 'the test.'),
      ];
  if (verdict === null || concludedBy === null || concludedAtMs === null) {
    return [...start, notRecorded('the result of this test.')];
  }
  return [
    ...start,
    `Verdict **${verdict}**, recorded ${voice.when(concludedAtMs, concludedBy)}:`,
    voice.quote(test.finding ?? '', 'the finding.'),
  ];
}

/** Hypothesis 0 is never tested; what it rests on says how far "nothing" reaches. */
function nothingBlocks(
  { nothing, basis, onset }: Ranking,
  voice: MarkdownVoice,
): readonly string[] {
  const { recordCount, alarmCount, fromMs, toMs, gaps } = basis;
  return [
    '### Hypothesis 0: no AWS change in coverage explains this',
    ...assessmentBlocks(nothing, voice),
    `All likelihoods rest on ${recordCount} records and ${alarmCount} alarms, ${utcWords(fromMs)} to ${utcWords(toMs)}.`,
    pointList('Not covered', gaps, voice),
    onset === null ? notRecorded('no alarm tells when it began.') : onsetLine(onset, voice),
  ];
}

function onsetLine(
  { earliestMs, latestMs, alarms, flapping, stale }: RankedOnset,
  voice: MarkdownVoice,
): string {
  const span = latestMs > earliestMs ? ` to ${utcWords(latestMs)}` : '';
  const named = (names: readonly string[]) => listWords(names.map((name) => voice.inline(name)));
  const aside = [
    ...(flapping.length > 0 ? [`${named(flapping)} (going on and off)`] : []),
    ...(stale.length > 0 ? [`${named(stale)} (in alarm since long before)`] : []),
  ];
  return [
    `It began ${utcWords(earliestMs)}${span}, as told by ${named(alarms.map(({ name }) => name))}.`,
    ...(aside.length === 0 ? [] : [`Left aside: ${aside.join('; ')}.`]),
  ].join(' ');
}

export function rootCauseSection(
  { findings, hypotheses }: IncidentDocument,
  voice: MarkdownVoice,
): readonly string[] {
  const confirmed = hypotheses.filter(({ status }) => status === 'confirmed');
  const isJudged = ({ tests }: Hypothesis) => tests.slice(-1).some(isUntested);
  const tested = confirmed.filter((row) => !isJudged(row));
  const judged = confirmed.filter(isJudged);
  return [
    '## Root cause',
    voice.quote(findings?.rootCause ?? '', 'the root cause was not written down.'),
    ...(findings === null ? [] : [`Recorded ${voice.when(findings.atMs, findings.by)}.`]),
    ...(tested.length === 0 ? [] : [`Confirmed by test: ${namesOf(tested)}.`]),
    ...(judged.length === 0
      ? []
      : [`Confirmed on what was on record, without a test: ${namesOf(judged)}.`]),
    ...(confirmed.length === 0 ? [notRecorded('no hypothesis was confirmed by a test.')] : []),
  ];
}

function namesOf(hypotheses: readonly Hypothesis[]): string {
  return listWords(hypotheses.map(({ number }) => `hypothesis ${number}`));
}
