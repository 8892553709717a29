import type { RichTextSection } from '@slack/types';
import type { RankedOnset, Ranking } from '../../domain/incident/ranking.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import type { Untrusted } from '../../domain/untrusted.ts';
import { bold, date, line, type Part, show, time, typed } from './text.ts';
import { countOf } from './words.ts';

const ALARMS_NAMED_MAX = 1;
const LEFT_ASIDE_NAMED_MAX = 2;
const GAPS_NAMED_MAX = 3;
const GAP_CHARACTERS_MAX = 120;
/** Later than this the day is said again. */
const SAME_DAY_MS = 12 * 3_600_000;

/** When it began, what was left aside, and whether more is still being read. */
export function rankingLines(state: IncidentState): RichTextSection[] {
  const { ranking } = state;
  if (ranking === null) return [];
  return [
    ...(ranking.onset === null ? [unknownOnset(state)] : onsetLines(ranking.onset)),
    ...(ranking.isPartial ? [line('⏳ ', progressWords(ranking), '. This may still change.')] : []),
  ];
}

/** "still reading: 212 records so far". */
export function progressWords({ basis }: Ranking): string {
  return `Still reading: ${countOf(basis.recordCount, 'record')} so far`;
}

function unknownOnset({ startedAtMs }: IncidentState): RichTextSection {
  return startedAtMs === null
    ? line(bold('Began:'), ' not known, no alarm tells it')
    : line(bold('Began:'), ' ', date(startedAtMs), ', as people say; no alarm tells it');
}

function onsetLines(onset: RankedOnset): RichTextSection[] {
  const { earliestMs, latestMs, spreadToMs, ...names } = onset;
  const { alarms, flapping, stale } = names;
  const told = alarms.map(({ name }) => name);
  const aside = [
    asidePart(flapping, 'going on and off'),
    asidePart(stale, 'in alarm since long before'),
  ].filter((part) => part !== null);
  return [
    line(
      bold('Began:'),
      ' ',
      spanParts(earliestMs, latestMs),
      told.length === 0
        ? ', as people say; no alarm tells it'
        : [', told by ', ...nameParts(told, ALARMS_NAMED_MAX)],
      spreadToMs !== null && spreadToMs > latestMs
        ? ['; it spread until ', time(spreadToMs)]
        : null,
    ),
    ...(aside.length === 0
      ? []
      : [line('Left aside: ', ...aside.map((part, index) => [index === 0 ? null : '; ', part]))]),
  ];
}

/** Within one period of a metric: to the second, the day once. */
export function spanParts(fromMs: number, toMs: number): Part {
  if (toMs <= fromMs) return date(fromMs, 'second');
  const isSameDay = toMs - fromMs < SAME_DAY_MS;
  return [date(fromMs, 'second'), '–', isSameDay ? time(toMs) : date(toMs, 'second')];
}

function asidePart(names: readonly Untrusted[], why: string): Part {
  return names.length === 0 ? null : [...nameParts(names, LEFT_ASIDE_NAMED_MAX), `, ${why}`];
}

function nameParts(names: readonly Untrusted[], shownMax: number): Part[] {
  const hidden = names.length - shownMax;
  return [
    ...names.slice(0, shownMax).map((name, index): Part => [index === 0 ? null : ', ', show(name)]),
    hidden > 0 ? ` (+${hidden} more)` : null,
  ];
}

/** "212 records and 3 alarms, 09:00 to 12:00": what hypothesis 0 and all the others rest on. */
export function basisParts({ basis }: Ranking): Part {
  return [
    `${countOf(basis.recordCount, 'record')} and ${countOf(basis.alarmCount, 'alarm')}, `,
    date(basis.fromMs),
    ' to ',
    date(basis.toMs),
  ];
}

/** Without what stands in brackets, and only the first; null when there are none. */
export function gapParts({ basis }: Ranking): Part {
  const { gaps } = basis;
  if (gaps.length === 0) return null;
  const shown = gaps
    .slice(0, GAPS_NAMED_MAX)
    .map((gap): Part => typed(withoutEnd(gap), GAP_CHARACTERS_MAX));
  const hidden = gaps.length - shown.length;
  return [
    'Not visible: ',
    ...shown.map((part, index): Part => [index === 0 ? null : '; ', part]),
    hidden > 0 ? ` and ${hidden} more` : null,
  ];
}

/** Some gaps are sentences; in a list they end as the others do. */
function withoutEnd(gap: string): string {
  return gap.replaceAll(/ \([^()]*\)/g, '').replace(/\.$/, '');
}
