import type { ContextBlock, RichTextSection } from '@slack/types';
import type { Coverage, TargetOutcome, TargetReport } from '../../domain/coverage.ts';
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

/** Null for the two outcomes that are answers. */
const FAILURE_WORDS = {
  found: null,
  nothing: null,
  denied: 'access denied',
  throttled: 'AWS asked us to slow down',
  'timed-out': 'no answer in time',
  disabled: 'not switched on',
  failed: 'failed',
} as const satisfies Record<TargetOutcome, string | null>;

const FAILURES_SHOWN_MAX = 5;
const REGIONS_SHOWN_MAX = 8;
const PLACES_SHOWN_MAX = 5;
const GAPS_SHOWN_MAX = 3;
/** Escaped it may be five times as long, and three of them fit into one block. */
const FOREIGN_CHARACTERS_MAX = 300;

const isAnswered = (target: TargetReport): boolean => FAILURE_WORDS[target.outcome] === null;

/** What could not be checked, by name: without it "nothing found" would be a lie. */
export function failureLines(coverage: Coverage): RichTextSection[] {
  const failures = coverage.targets.filter((target) => !isAnswered(target));
  const shown = failures.slice(0, FAILURES_SHOWN_MAX);
  const hidden = failures.length - shown.length;
  return [
    ...shown.map((target) =>
      line(
        '⚠️ ',
        bold('Not checked:'),
        ` ${target.region}${target.accountId === null ? '' : ` in ${target.accountId}`}, ${FAILURE_WORDS[target.outcome]}`,
        target.explanation === null ? null : ['. ', typed(target.explanation, 300)],
      ),
    ),
    ...(hidden > 0 ? [line(`⚠️ and ${hidden} more could not be checked`)] : []),
  ];
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

/** What an answer rests on, in at most three lines of small print; the document has all of it. */
export function coverageBlocks(coverage: Coverage): ContextBlock[] {
  const after = coverage.mayStillArriveAfterMs;
  return [
    smallPrint(
      foreign(SOURCE_WORDS[coverage.source] + (coverage.query === '' ? '' : `: ${coverage.query}`)),
      `${dateMarkup(coverage.fromMs)} to ${dateMarkup(coverage.toMs)}`,
      foreign(`${placeWords(coverage.targets)} · ${countWords(coverage)}`),
    ),
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
function foreign(text: string): string {
  return escapeMrkdwn(cleanUntrusted(text, FOREIGN_CHARACTERS_MAX));
}

/** Without what stands in brackets: the document has the whole sentences. */
function gapWords(gaps: readonly string[]): string {
  const short = gaps.slice(0, GAPS_SHOWN_MAX).map((gap) => gap.replaceAll(/ \([^()]*\)/g, ''));
  const hidden = gaps.length - short.length;
  return `Not visible here: ${short.join('; ')}${hidden > 0 ? ` and ${hidden} more` : ''}`;
}

function placeWords(targets: readonly TargetReport[]): string {
  const byAccount = Map.groupBy(targets.filter(isAnswered), (target) => target.accountId);
  const places = [...byAccount].slice(0, PLACES_SHOWN_MAX).map(([accountId, rows]) => {
    const regions = rows.slice(0, REGIONS_SHOWN_MAX).map((row) => row.region);
    const more = rows.length - regions.length;
    const account = accountId === null ? 'own account' : `account ${accountId}`;
    return `${account}: ${regions.join(', ')}${more > 0 ? ` and ${more} more Regions` : ''}`;
  });
  const hidden = byAccount.size - places.length;
  if (hidden > 0) places.push(`${hidden} more accounts`);
  return places.length === 0 ? 'nowhere' : places.join('; ');
}

function countWords(coverage: Coverage): string {
  const isTruncated = coverage.targets.some((target) => target.truncated);
  return [
    countOf(coverage.recordCount, 'record'),
    ...(isTruncated ? ['cut short: there are more'] : []),
    ...(coverage.skippedCount > 0 ? [`${coverage.skippedCount} unreadable left out`] : []),
  ].join(', ');
}
