import type { ContextBlock, RichTextSection } from '@slack/types';
import {
  type AccountReports,
  accountWords,
  byAccount,
  describeAccounts,
  describePlaces,
  FAILURE_WORDS,
} from '../../domain/account-coverage.ts';
import { type Coverage, isAnswered, type TargetReport } from '../../domain/coverage.ts';
import { cleanUntrusted } from './characters.ts';
import { escapeMrkdwn } from './conservative.ts';
import { bold, dateMarkup, line, typed } from './text.ts';
import { countOf } from './words.ts';

const SOURCE_WORDS = {
  'event-history': 'CloudTrail event history',
  'logs-insights': 'CloudTrail in CloudWatch Logs',
  lake: 'CloudTrail Lake',
  cloudwatch: 'CloudWatch',
  files: 'exported CloudTrail files',
} as const satisfies Record<Coverage['source'], string>;

const FAILURES_SHOWN_MAX = 5;
const REGIONS_SHOWN_MAX = 8;
const GAPS_SHOWN_MAX = 3;
/** Escaped it may be five times as long, and three of them fit into one block. */
const FOREIGN_CHARACTERS_MAX = 300;
/** Alone in its block. */
const ACCOUNTS_CHARACTERS_MAX = 400;

/** What could not be checked, by name: without it "nothing found" would be a lie. */
export function failureLines(coverage: Coverage): RichTextSection[] {
  const failures = byAccount(coverage.targets).flatMap(failuresOf);
  const shown = failures.slice(0, FAILURES_SHOWN_MAX);
  const hidden = failures.slice(FAILURES_SHOWN_MAX);
  return [
    ...shown.map(({ account, targets }) => failureLine(account, targets)),
    ...(hidden.length > 0
      ? [
          line(
            `⚠️ and ${countOf(hidden.flatMap(({ targets }) => targets).length, 'place')} more could not be checked`,
          ),
        ]
      : []),
  ];
}

interface Failure {
  readonly account: AccountReports;
  /** Of one account, with one outcome. */
  readonly targets: readonly TargetReport[];
}

function failuresOf(account: AccountReports): readonly Failure[] {
  const failed = account.targets.filter((target) => !isAnswered(target));
  const byOutcome = [...Map.groupBy(failed, ({ outcome }) => outcome).values()];
  return byOutcome.map((targets) => ({ account, targets }));
}

function failureLine(account: AccountReports, targets: readonly TargetReport[]): RichTextSection {
  const [first] = targets;
  if (first === undefined) return line();
  const regions = targets.slice(0, REGIONS_SHOWN_MAX).map(({ region }) => region);
  const more = targets.length - regions.length;
  const where = `${regions.join(', ')}${more > 0 ? ` and ${more} more Regions` : ''}`;
  const whose = account.accountId === null ? '' : ` in ${accountWords(account)}`;
  return line(
    '⚠️ ',
    bold('Not checked:'),
    ' ',
    typed(`${where}${whose}`, FOREIGN_CHARACTERS_MAX),
    `, ${FAILURE_WORDS[first.outcome]}`,
    first.explanation === null ? null : ['. ', typed(first.explanation, FOREIGN_CHARACTERS_MAX)],
  );
}

/** "Nothing found" is a result only where somebody answered. */
export function nothingLine(coverage: Coverage, things: string): RichTextSection {
  const answered = coverage.targets.filter(isAnswered).length;
  if (answered === 0)
    return line('Nothing could be checked, so this says nothing about ', things, '.');
  const isWhole = answered === coverage.targets.length;
  return line(
    `No ${things} found`,
    isWhole ? ' in what is named below.' : ' where it could be checked.',
  );
}

/** What an answer rests on, in at most four lines of small print; the document has all of it. */
export function coverageBlocks(coverage: Coverage): ContextBlock[] {
  const after = coverage.mayStillArriveAfterMs;
  const accounts = describeAccounts(coverage.targets);
  return [
    smallPrint(
      foreign(SOURCE_WORDS[coverage.source] + (coverage.query === '' ? '' : `: ${coverage.query}`)),
      `${dateMarkup(coverage.fromMs)} to ${dateMarkup(coverage.toMs)}`,
      foreign(describePlaces(coverage.targets) || 'nowhere'),
      countWords(coverage),
    ),
    ...(accounts === null ? [] : [smallPrint(foreign(accounts, ACCOUNTS_CHARACTERS_MAX))]),
    ...(after === null ? [] : [smallPrint(`Events after ${dateMarkup(after)} may still arrive`)]),
    ...(coverage.gaps.length === 0 ? [] : [smallPrint(foreign(gapWords(coverage.gaps)))]),
  ];
}

/** One line. `verbatim`: Slack makes no links or mentions of what looks like one. */
function smallPrint(...markups: readonly string[]): ContextBlock {
  const text = markups.join(' · ');
  return { type: 'context', elements: [{ type: 'mrkdwn', text, verbatim: true }] };
}

/** Text that is not ours, as markup in which nothing is interpreted but marks around words. */
function foreign(text: string, charactersMax = FOREIGN_CHARACTERS_MAX): string {
  return escapeMrkdwn(cleanUntrusted(text, charactersMax));
}

/** Without what stands in brackets: the document has the whole sentences. */
function gapWords(gaps: readonly string[]): string {
  const short = gaps.slice(0, GAPS_SHOWN_MAX).map((gap) => gap.replaceAll(/ \([^()]*\)/g, ''));
  const hidden = gaps.length - short.length;
  return `Not visible here: ${short.join('; ')}${hidden > 0 ? ` and ${hidden} more` : ''}`;
}

function countWords(coverage: Coverage): string {
  // A place that did not answer is named as not checked: nothing of it was cut short.
  const isTruncated = coverage.targets.some(
    (target) => target.truncated && (target.count > 0 || isAnswered(target)),
  );
  return [
    countOf(coverage.recordCount, 'record'),
    ...(isTruncated ? ['cut short: there are more'] : []),
    ...(coverage.skippedCount > 0 ? [`${coverage.skippedCount} unreadable left out`] : []),
  ].join(', ');
}
