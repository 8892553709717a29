import type { Alarm } from '../alarm/alarm.ts';
import type { Coverage, TargetOutcome, TargetReport } from '../coverage.ts';
import { listWords } from '../text/list-words.ts';
import { markdownLink } from '../text/markdown-text.ts';
import { utcWords } from '../text/time-words.ts';
import { normaliseEventName } from '../trail/event-name.ts';
import type { TrailRecord } from '../trail/record.ts';
import { sortChanges } from '../trail/telling-changes.ts';
import type { DocumentEvidence, IncidentDocument } from './document.ts';
import type { Evidence } from './evidence.ts';
import { type MarkdownVoice, notRecorded } from './markdown-voice.ts';

/** The JSON has them all; the Markdown is for reading. */
const ROWS_SHOWN_MAX = 10;

const SOURCE_WORDS = {
  'event-history': 'CloudTrail Event history',
  cloudwatch: 'CloudWatch alarms',
  files: 'exported CloudTrail files',
} as const satisfies Record<Coverage['source'], string>;

const OUTCOME_WORDS = {
  found: 'found',
  nothing: 'nothing found',
  denied: 'not seen: access denied',
  throttled: 'not seen: AWS asked to slow down',
  'timed-out': 'not seen: timed out',
  disabled: 'not seen: switched off',
  failed: 'not seen: failed',
} as const satisfies Record<TargetOutcome, string>;

function targetRow(target: TargetReport, voice: MarkdownVoice): string {
  const account = target.accountId === null ? '' : `account ${voice.inline(target.accountId)}, `;
  const count = target.outcome === 'found' ? ` ${target.count}` : '';
  const cut = target.truncated ? ', cut short at a limit' : '';
  const why = target.explanation === null ? '' : ` (${voice.inline(target.explanation)})`;
  return `  - ${account}${voice.inline(target.region)}: ${OUTCOME_WORDS[target.outcome]}${count}${cut}${why}`;
}

function coverageRows(coverage: Coverage, voice: MarkdownVoice): string {
  const { skippedCount, mayStillArriveAfterMs: mayArriveMs, gaps } = coverage;
  return [
    `- Asked: ${SOURCE_WORDS[coverage.source]}, ${voice.inline(coverage.query)}`,
    `- Time covered: ${utcWords(coverage.fromMs)} to ${utcWords(coverage.toMs)}`,
    `- Records: ${coverage.recordCount}${skippedCount === 0 ? '' : `; ${skippedCount} more could not be read and were left out`}`,
    '- Where:',
    ...coverage.targets.map((target) => targetRow(target, voice)),
    ...(coverage.targets.length === 0 ? ['  - nowhere: no account or Region was asked'] : []),
    ...(mayArriveMs === null
      ? []
      : [`- Not delivered yet, perhaps: events after ${utcWords(mayArriveMs)}`]),
    ...gaps.map((gap) => `- Cannot be seen here: ${voice.inline(gap)}`),
  ].join('\n');
}

function alarmRow(alarm: Alarm, voice: MarkdownVoice): string {
  const since = alarm.transitionedAtMs === null ? '' : ` since ${utcWords(alarm.transitionedAtMs)}`;
  return `- ${voice.inline(alarm.name)} (${voice.inline(alarm.region)}): ${alarm.state}${since}`;
}

function recordRow(row: TrailRecord, voice: MarkdownVoice): string {
  const names = row.resources.map((resource) => voice.inline(resource.name));
  const on = names.length === 0 ? '' : ` on ${listWords(names.slice(0, 5))}`;
  const error = row.errorCode === null ? '' : `, refused with ${voice.inline(row.errorCode)}`;
  const details = row.details.map((detail) => `${detail.label} ${detail.value}`).join('; ');
  const more = details === '' ? '' : `; ${voice.inline(details, 200)}`;
  return `- ${utcWords(row.atMs)}: ${voice.inline(normaliseEventName(row.eventName))} by ${voice.inline(row.principal.label)} (${row.principal.kind}, ${row.principal.confidence} confidence)${on}${error}${more}`;
}

function shownRows<T>(
  items: readonly T[],
  write: (item: T, voice: MarkdownVoice) => string,
  voice: MarkdownVoice,
): readonly string[] {
  if (items.length === 0) return [];
  const left = items.length - ROWS_SHOWN_MAX;
  const rows = items.slice(0, ROWS_SHOWN_MAX).map((item) => write(item, voice));
  const more = left > 0 ? [`- … and ${left} more in the JSON`] : [];
  return ['What was seen:', [...rows, ...more].join('\n')];
}

/** What AWS did by itself, and routine, is counted; all of it is in the JSON. */
function changeRows(records: readonly TrailRecord[], voice: MarkdownVoice): readonly string[] {
  const { telling, byServiceCount, routineCount } = sortChanges(records);
  if (telling.length === 0) return shownRows(records, recordRow, voice);
  const folded = [
    ...(byServiceCount > 0 ? [`${byServiceCount} by AWS itself`] : []),
    ...(routineCount > 0 ? [`${routineCount} routine`] : []),
  ];
  return [
    ...shownRows(telling, recordRow, voice),
    ...(folded.length === 0 ? [] : [`Not listed: ${listWords(folded)}.`]),
  ];
}

function contentBlocks(evidence: Evidence, voice: MarkdownVoice): readonly string[] {
  switch (evidence.kind) {
    case 'alarms':
      return shownRows(evidence.alarms, alarmRow, voice);
    case 'changes':
      return changeRows(evidence.records, voice);
    case 'lookup':
      return [
        `Question: ${voice.inline(evidence.question)}`,
        ...shownRows(evidence.records, recordRow, voice),
      ];
  }
}

const KIND_WORDS = {
  alarms: 'alarms',
  changes: 'changes',
  lookup: 'a question about activity',
} as const satisfies Record<Evidence['kind'], string>;

function evidenceBlocks(
  { number, link, evidence }: DocumentEvidence,
  voice: MarkdownVoice,
): readonly string[] {
  return [
    `### Evidence ${number}: ${KIND_WORDS[evidence.kind]}`,
    ...(link === null ? [] : [markdownLink('Card in the thread', link)]),
    coverageRows(evidence.coverage, voice),
    ...contentBlocks(evidence, voice),
  ];
}

/** What was looked at and what could not be seen, so that "nothing found" is read for what it is. */
export function evidenceSection(
  document: IncidentDocument,
  voice: MarkdownVoice,
): readonly string[] {
  const unfinished = document.gatherings.filter((row) => row.finishedAtMs === null);
  return [
    '## Evidence and what it covers',
    ...(document.evidence.length === 0 ? [notRecorded('no evidence was attached.')] : []),
    ...document.evidence.flatMap((row) => evidenceBlocks(row, voice)),
    ...unfinished.map((row) =>
      notRecorded(
        `the gathering of evidence asked for ${utcWords(row.requestedAtMs)} has not finished.`,
      ),
    ),
  ];
}
