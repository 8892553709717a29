import { byAccount, describeAccounts } from '../account-coverage.ts';
import type { Alarm } from '../alarm/alarm.ts';
import type { Coverage, TargetOutcome, TargetReport } from '../coverage.ts';
import { thresholdOf } from '../graph/breach.ts';
import { listWords } from '../text/list-words.ts';
import { markdownLink } from '../text/markdown-text.ts';
import { utcClock, utcWords } from '../text/time-words.ts';
import { type Burst, foldBursts } from '../trail/bursts.ts';
import { describeBurst } from '../trail/describe-burst.ts';
import type { TrailRecord } from '../trail/record.ts';
import { sortChanges } from '../trail/telling-changes.ts';
import type { DocumentEvidence, IncidentDocument } from './document.ts';
import type { Evidence, Statement } from './evidence.ts';
import { type FixWrites, splitFixWrites } from './fix-writes.ts';
import { type MarkdownVoice, notRecorded } from './markdown-voice.ts';
import { isSecuritySign, NO_PROOF, SECURITY_SIGN, saidWords } from './statement.ts';

/** The JSON has them all; the Markdown is for reading. */
const ROWS_SHOWN_MAX = 10;

const SOURCE_WORDS = {
  'event-history': 'CloudTrail Event history',
  'logs-insights': 'CloudTrail records in CloudWatch Logs',
  lake: 'CloudTrail Lake',
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
  const name = target.accountName === undefined ? '' : ` (${voice.inline(target.accountName)})`;
  const account =
    target.accountId === null ? '' : `account ${voice.inline(target.accountId)}${name}, `;
  const count = target.outcome === 'found' ? ` ${target.count}` : '';
  const cut = target.truncated ? ', cut short at a limit' : '';
  const why = target.explanation === null ? '' : ` (${voice.inline(target.explanation)})`;
  return `  - ${account}${voice.inline(target.region)}: ${OUTCOME_WORDS[target.outcome]}${count}${cut}${why}`;
}

function coverageRows(evidence: Evidence, voice: MarkdownVoice): string {
  const { coverage } = evidence;
  const { skippedCount, mayStillArriveAfterMs: mayArriveMs, lookedAgainAtMs, gaps } = coverage;
  const accounts = describeAccounts(coverage.targets);
  return [
    `- Asked: ${SOURCE_WORDS[coverage.source]}, ${voice.inline(coverage.query)}`,
    `- Time covered: ${utcWords(coverage.fromMs)} to ${utcWords(coverage.toMs)}`,
    `- Records: ${coverage.recordCount}${earlierWords(evidence)}${skippedCount === 0 ? '' : `; ${skippedCount} more could not be read and were left out`}`,
    '- Where:',
    ...(accounts === null ? [] : [`  - ${voice.inline(accounts)}`]),
    ...withOwnAccount(coverage.targets).map((target) => targetRow(target, voice)),
    ...(coverage.targets.length === 0 ? ['  - nowhere: no account or Region was asked'] : []),
    ...(lookedAgainAtMs === undefined
      ? []
      : [
          `- Looked at again: ${utcWords(lookedAgainAtMs)}; nothing more had arrived, covered until ${utcWords(mayArriveMs ?? coverage.toMs)}`,
        ]),
    ...(mayArriveMs === null
      ? []
      : [`- Not delivered yet, perhaps: events after ${utcWords(mayArriveMs)}`]),
    ...(gaps.length === 0
      ? []
      : [`- Cannot be seen here: ${gaps.map((gap) => voice.inline(gap)).join('; ')}`]),
  ].join('\n');
}

/** The Regions count what was asked for alone. */
function earlierWords(evidence: Evidence): string {
  if (evidence.kind !== 'changes') return '';
  const { fromMs } = evidence.coverage;
  const count = evidence.records.filter(({ atMs }) => atMs < fromMs).length;
  return count === 0 ? '' : `, ${count} of them from before this time: they may be the cause`;
}

/** A Region where nothing was found may not have told whose it is. */
function withOwnAccount(targets: readonly TargetReport[]): readonly TargetReport[] {
  return byAccount(targets).flatMap(({ accountId, targets: rows }) =>
    rows.map((row) => ({ ...row, accountId })),
  );
}

function alarmRow(alarm: Alarm, voice: MarkdownVoice): string {
  const since = alarm.transitionedAtMs === null ? '' : ` since ${utcWords(alarm.transitionedAtMs)}`;
  const limit = limitWords(alarm, voice);
  return `- ${voice.inline(alarm.name)} (${voice.inline(alarm.region)}): ${alarm.state}${since}${limit}`;
}

/** Empty where there is no single metric and number, as for composite alarms. */
function limitWords({ metric, comparison, threshold }: Alarm, voice: MarkdownVoice): string {
  const limit = thresholdOf(comparison, threshold);
  if (metric === null || limit === null) return '';
  return `; it goes off when ${voice.inline(metric)} is ${limit.words} ${limit.value}`;
}

function burstRow(burst: Burst, voice: MarkdownVoice): string {
  const { newest, fromMs, toMs, count } = burst;
  const until = toMs === fromMs ? '' : ` to ${utcClock(toMs)}`;
  const { kind, confidence } = newest.principal;
  const error = newest.errorCode ?? newest.errorMessage;
  const refused = error === null ? '' : `, ended with ${voice.inline(error, 200)}`;
  const details = newest.details.map((detail) => `${detail.label} ${detail.value}`).join('; ');
  const more = count > 1 || details === '' ? '' : `; ${voice.inline(details, 200)}`;
  return `- ${utcWords(fromMs)}${until}: ${voice.inline(describeBurst(burst))}${refused}${more}. Who: ${kind}, ${confidence} confidence`;
}

/** What one session did in quick succession is one row. */
function burstRows(records: readonly TrailRecord[], voice: MarkdownVoice): readonly string[] {
  const bursts = foldBursts(records);
  if (bursts.length === 0) return [];
  const shown = bursts.slice(0, ROWS_SHOWN_MAX);
  const left = records.length - shown.reduce((sum, { count }) => sum + count, 0);
  const rows = shown.map((burst) => burstRow(burst, voice));
  return ['What was seen:', [...rows, ...leftRows(left)].join('\n')];
}

function leftRows(left: number): readonly string[] {
  return left > 0 ? [`- … and ${left} more in the JSON`] : [];
}

function shownRows<T>(
  items: readonly T[],
  write: (item: T, voice: MarkdownVoice) => string,
  voice: MarkdownVoice,
): readonly string[] {
  if (items.length === 0) return [];
  const left = items.length - ROWS_SHOWN_MAX;
  const rows = items.slice(0, ROWS_SHOWN_MAX).map((item) => write(item, voice));
  return ['What was seen:', [...rows, ...leftRows(left)].join('\n')];
}

/** What AWS did by itself, and routine, is counted; all of it is in the JSON. */
function changeRows(records: readonly TrailRecord[], voice: MarkdownVoice): readonly string[] {
  const { telling, byServiceCount, routineCount } = sortChanges(records);
  if (telling.length === 0) return burstRows(records, voice);
  const folded = [
    ...(byServiceCount > 0 ? [`${byServiceCount} by AWS itself`] : []),
    ...(routineCount > 0 ? [`${routineCount} routine`] : []),
  ];
  return [
    ...burstRows(telling, voice),
    ...(folded.length === 0 ? [] : [`Not listed: ${listWords(folded)}.`]),
  ];
}

/** What the plan accounts for, and what else was seen then. */
function fixRows(
  { records, coverage }: Extract<Evidence, { kind: 'changes' }>,
  fix: FixWrites,
  voice: MarkdownVoice,
): readonly string[] {
  const isLate = coverage.mayStillArriveAfterMs !== null;
  const { inside, outside } = splitFixWrites(records, fix);
  const byPerson = fix.inside.filter(({ because }) => because === 'person').length;
  const bySame = fix.samePerson?.length ?? 0;
  return [
    ...(isLate && records.length === 0
      ? ['CloudTrail had not delivered everything from that time when this was read.']
      : []),
    `**In the plan** (${fix.inside.length}${byPerson === 0 ? '' : `, ${byPerson} of them only by the e-mail address of whoever reported it`})`,
    ...(inside.length === 0
      ? [isLate ? 'None was seen yet.' : 'None was seen.']
      : changeRows(inside, voice)),
    `**Also seen then**${bySame === 0 ? '' : ` (${bySame} of them by whoever reported it, matched by the e-mail address)`}`,
    ...(outside.length === 0 ? [isLate ? 'Nothing yet.' : 'Nothing.'] : changeRows(outside, voice)),
  ];
}

function statementBlocks(statement: Statement, voice: MarkdownVoice): readonly string[] {
  const { answer, askedBy, askedAtMs, personId } = statement;
  const person = voice.person(personId);
  const asked = `${person} was asked by ${voice.person(askedBy)} at ${utcWords(askedAtMs)}, taken for ${voice.inline(statement.recordedAs)}:`;
  if (answer === null) {
    return [asked, voice.quote(statement.question, ''), notRecorded(`${person} has not answered.`)];
  }
  return [
    asked,
    voice.quote(statement.question, ''),
    `At ${utcWords(answer.atMs)} ${person} ${saidWords(statement)}${answer.comment === null ? '.' : ':'}`,
    ...(answer.comment === null ? [] : [voice.quote(answer.comment, '')]),
    isSecuritySign(statement) ? `${NO_PROOF} ${SECURITY_SIGN}` : NO_PROOF,
  ];
}

function contentBlocks(evidence: Evidence, voice: MarkdownVoice): readonly string[] {
  switch (evidence.kind) {
    case 'alarms':
      return shownRows(evidence.alarms, alarmRow, voice);
    case 'changes':
      return evidence.fix === undefined
        ? changeRows(evidence.records, voice)
        : fixRows(evidence, evidence.fix, voice);
    case 'lookup':
      return [
        `Question: ${voice.inline(evidence.question)}`,
        ...burstRows(evidence.records, voice),
      ];
    case 'statement':
      return [...burstRows(evidence.records, voice), ...statementBlocks(evidence, voice)];
  }
}

const KIND_WORDS = {
  alarms: 'alarms',
  changes: 'changes',
  lookup: 'a question about activity',
  statement: 'what the person behind a call says',
} as const satisfies Record<Evidence['kind'], string>;

function kindWords(evidence: Evidence): string {
  const isFix = evidence.kind === 'changes' && evidence.fix !== undefined;
  return isFix ? evidence.coverage.query : KIND_WORDS[evidence.kind];
}

function evidenceBlocks(
  { number, link, evidence }: DocumentEvidence,
  voice: MarkdownVoice,
): readonly string[] {
  return [
    `### Evidence ${number}: ${voice.inline(kindWords(evidence))}`,
    ...(link === null ? [] : [markdownLink('Card in the thread', link)]),
    coverageRows(evidence, voice),
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
