import { hasVisibleText } from '../text/cut-text.ts';
import { markdownLink } from '../text/markdown-text.ts';
import { durationWords, utcWords } from '../text/time-words.ts';
import type { IncidentDocument } from './document.ts';
import { wordsIn } from './document-edits.ts';
import { DRAFTED_WORDS, markDrafted, tellProblem } from './drafted-lines.ts';
import type { DurationId } from './durations.ts';
import { type MarkdownVoice, notRecorded } from './markdown-voice.ts';
import { standingVerification } from './standing-verification.ts';

const SUMMARY_CHARACTERS_MAX = 300;

function listOf(items: readonly string[], voice: MarkdownVoice): string {
  return items.map((item) => voice.inline(item)).join(', ');
}

function statusWords(document: IncidentDocument, voice: MarkdownVoice): string {
  const { closure } = document;
  return closure === null
    ? `open, as of ${utcWords(document.asOfMs)}`
    : `closed ${voice.when(closure.atMs, closure.by)}`;
}

function factRows(document: IncidentDocument, voice: MarkdownVoice): readonly string[] {
  const { startedAtMs, ownerId, alarmNames, resources, regions } = document;
  const links = [
    ...(document.threadLink === null ? [] : [markdownLink('thread', document.threadLink)]),
    ...(document.sourceLink === null
      ? []
      : [markdownLink('message it was opened from', document.sourceLink)]),
  ];
  return [
    `- **Status:** ${statusWords(document, voice)}`,
    `- **Severity:** ${document.severity.toUpperCase()}`,
    `- **Problem began:** ${startedAtMs === null ? 'not recorded' : utcWords(startedAtMs)}`,
    `- **Opened:** ${voice.when(document.openedAtMs, document.openedBy)}`,
    `- **Owner:** ${ownerId === null ? 'nobody' : voice.person(ownerId)}`,
    ...(alarmNames.length === 0 ? [] : [`- **Alarms:** ${listOf(alarmNames, voice)}`]),
    ...(resources.length === 0 ? [] : [`- **Resources:** ${listOf(resources, voice)}`]),
    ...(regions.length === 0 ? [] : [`- **Regions:** ${listOf(regions, voice)}`]),
    ...(links.length === 0 ? [] : [`- **Links:** ${links.join(', ')}`]),
  ];
}

export function headSection(document: IncidentDocument, voice: MarkdownVoice): readonly string[] {
  return [
    `# ${document.isDrill ? 'DRILL ' : ''}${voice.inline(document.incidentId)}: ${voice.inline(document.title)}`,
    ...(document.isDrill
      ? ['**A drill: practice, not a real incident. It counts in no figure.**']
      : []),
    factRows(document, voice).join('\n'),
  ];
}

function solutionInShort(document: IncidentDocument, voice: MarkdownVoice): string | null {
  const standing = document.plans.filter((row) => row.status === 'implemented');
  if (standing.length === 0) return null;
  return standing
    .map(({ number, solution }) => {
      const name = standing.length === 1 ? '' : `Plan ${number}: `;
      return `${name}${voice.inline(solution, SUMMARY_CHARACTERS_MAX)}`;
    })
    .join(' ');
}

function outcomeInShort(document: IncidentDocument, voice: MarkdownVoice): string | null {
  const last = document.verifications.at(-1);
  if (last === undefined) return null;
  const said = `${voice.when(last.atMs, last.by)}: ${voice.inline(last.finding, SUMMARY_CHARACTERS_MAX)}`;
  if (!last.verified) return `not solved, said ${said}`;
  if (standingVerification(document) !== null) return `verified ${said}`;
  const isReopened = document.reopenings.some(({ atMs }) => atMs > last.atMs);
  const since = isReopened ? 'the incident was reopened' : 'a solution went in or was rolled back';
  return `not verified any more: ${since} after it was verified ${said}`;
}

/** Four lines for somebody who reads nothing else. */
export function summarySection(
  document: IncidentDocument,
  voice: MarkdownVoice,
): readonly string[] {
  const short = (text: string): string | null =>
    hasVisibleText(text) ? voice.inline(text, SUMMARY_CHARACTERS_MAX) : null;
  const rows: readonly (readonly [string, string | null])[] = [
    ['Problem', short(wordsIn(document, 'problem'))],
    ['Root cause', short(wordsIn(document, 'root-cause'))],
    ['Solution', solutionInShort(document, voice)],
    ['Outcome', outcomeInShort(document, voice)],
  ];
  return [
    '## In short',
    rows.map(([name, text]) => `- **${name}:** ${text ?? 'not recorded'}`).join('\n'),
  ];
}

export function problemSection(
  document: IncidentDocument,
  voice: MarkdownVoice,
): readonly string[] {
  if (document.problem === null) {
    return ['## Problem', notRecorded('the problem was never stated.')];
  }
  const problem = tellProblem(document.problem);
  const drafted = problem.drafted.length === 0 ? '' : ` (${DRAFTED_WORDS})`;
  return [
    '## Problem',
    voice.quote(problem.symptoms, 'the symptoms.'),
    `Stated ${voice.when(problem.atMs, problem.by)}${drafted}.`,
    '**What changed recently**',
    voice.quote(problem.recentChanges, 'nobody said whether anything had changed recently.'),
  ];
}

function affectedWords({ problem }: IncidentDocument): string {
  return problem === null ? '' : markDrafted(problem.affected, problem);
}

export function impactSection(document: IncidentDocument, voice: MarkdownVoice): readonly string[] {
  const msUntil = (id: DurationId) => document.durations.find((row) => row.id === id)?.ms ?? null;
  const mitigate = msUntil('mitigate');
  const resolve = msUntil('resolve');
  const lasted =
    resolve === null
      ? notRecorded('how long it lasted, because the start or a lasting verification is missing.')
      : `From the start of the problem it took ${mitigate === null ? '' : `${durationWords(mitigate)} until the solution was in, and `}${durationWords(resolve)} until that was verified.`;
  return ['## Impact', voice.quote(affectedWords(document), 'who or what was affected.'), lasted];
}

export function componentSection(
  document: IncidentDocument,
  voice: MarkdownVoice,
): readonly string[] {
  const { isolation } = document;
  if (isolation === null) {
    return ['## Component in question', notRecorded('no component or resource was named.')];
  }
  return [
    '## Component in question',
    `**${voice.inline(isolation.component)}**, named ${voice.when(isolation.atMs, isolation.by)}.`,
    voice.quote(isolation.finding, 'how it was narrowed down.'),
  ];
}
