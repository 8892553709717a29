import type { KnownBlock, RichTextElement, RichTextList, RichTextSection } from '@slack/types';
import {
  type ClassFigures,
  compare,
  FIGURE_IDS,
  type FigureId,
  type IncidentFigures,
  PERIOD_DAYS,
  TREND_INCIDENTS_MIN,
} from '../../domain/figures/incident-figures.ts';
import { trendGraph, type Week } from '../../domain/figures/weeks.ts';
import { durationWords } from '../../domain/text/time-words.ts';
import { HOME_ACTIONS } from '../ids.ts';
import { actions, homeButton } from './buttons.ts';
import { bold, line, list, type Part, richText, typed } from './text.ts';
import { countOf } from './words.ts';

const TOO_FEW = 'too few for a trend';
const BEFORE = `the ${PERIOD_DAYS} days before`;
const CLASS_CHARACTERS_MAX = 100;
const BARS = [...'▁▂▃▄▅▆▇█'];
const NO_BAR = '·';

/** What each figure tells, and from when on it is measured. */
const FIGURE_WORDS = {
  acknowledge: 'From the opening to an owner',
  isolate: 'From the start to a named component',
  mitigate: 'From the start to the fix',
  resolve: 'From the start to the verified fix',
} as const satisfies Record<FigureId, string>;

/** The same on one line a kind, for a phone. */
const SHORT_WORDS = {
  acknowledge: 'owner',
  isolate: 'component',
  mitigate: 'fix',
  resolve: 'verified',
} as const satisfies Record<FigureId, string>;

/** How it went in the last 30 days and the 30 before, and over twelve weeks. */
export function figureBlocks(figures: IncidentFigures, weeks: readonly Week[]): KnownBlock[] {
  const { recent, classes, classesLeftOut, causes, causesLeftOut } = figures;
  return [
    richText(
      line(countWords(figures)),
      ...(recent.count === 0 ? [] : [list(FIGURE_IDS.map((id) => figureItem(figures, id)))]),
      ...classLines('By playbook', 'No playbook', classes, classesLeftOut),
      ...classLines('By confirmed cause', 'No recorded change', causes, causesLeftOut),
      weekLine(weeks),
      resolveLine(weeks),
    ),
    ...(trendGraph(weeks) === null
      ? []
      : actions(homeButton(HOME_ACTIONS.trend, 'Send me the trend as a picture', ''))),
  ];
}

function countWords({ recent, before }: IncidentFigures): string {
  if (recent.count + before.count === 0) return `No incident in ${2 * PERIOD_DAYS} days.`;
  const both = `${countOf(recent.count, 'incident')}, ${before.count} in ${BEFORE}`;
  const isFew = Math.min(recent.count, before.count) < TREND_INCIDENTS_MIN;
  return isFew ? `${both}: ${TOO_FEW}.` : `${both}.`;
}

function figureItem({ recent, before }: IncidentFigures, id: FigureId): Part {
  const { ms, count } = recent.medians[id];
  if (ms === null) return `${FIGURE_WORDS[id]}: no incident has come so far.`;
  const figure: Part = [`${FIGURE_WORDS[id]}: `, bold(durationWords(ms))];
  return [figure, ` (median of ${count}${comparedWords(recent.medians[id], before.medians[id])})`];
}

function comparedWords(...[recent, before]: Parameters<typeof compare>): string {
  const compared = compare(recent, before);
  switch (compared.kind) {
    case 'too-few':
      return `, ${TOO_FEW}`;
    case 'same':
      return ', as before';
    case 'shorter':
    case 'longer':
      return `, ${durationWords(compared.byMs)} ${compared.kind} than before`;
  }
}

function classLines(
  heading: string,
  unknown: string,
  classes: readonly ClassFigures[],
  leftOut: number,
): (RichTextSection | RichTextList)[] {
  const isTelling = classes.some(({ className }) => className !== null);
  if (!isTelling) return [];
  const more = leftOut === 0 ? [] : [`and ${countOf(leftOut, 'more kind')}`];
  const how = ', medians and of how many';
  return [
    line(bold(heading), how),
    list([...classes.map((row) => classItem(row, unknown)), ...more]),
  ];
}

function classItem({ className, count, medians }: ClassFigures, unknown: string): Part {
  const name = className === null ? unknown : typed(className, CLASS_CHARACTERS_MAX);
  const figures = FIGURE_IDS.flatMap((id) => {
    const { ms, count: reached } = medians[id];
    return ms === null ? [] : [` · ${SHORT_WORDS[id]} ${durationWords(ms)} (${reached})`];
  });
  return [name, `: ${countOf(count, 'incident')}${figures.join('')}`];
}

/** One bar a week: a picture of how many, that needs no file. */
function weekLine(weeks: readonly Week[]): RichTextSection {
  const counts = weeks.map(({ count }) => count);
  const most = Math.max(0, ...counts);
  return line(
    `Incidents a week, ${weeks.length} weeks until now: `,
    barsOf(counts, most),
    ` (at most ${most})`,
  );
}

/** The trend itself in the same bars; a week in which nothing was resolved has none. */
function resolveLine(weeks: readonly Week[]): RichTextSection | null {
  const times = weeks.map(({ resolveMs }) => resolveMs ?? 0);
  const longest = Math.max(0, ...times);
  if (longest === 0) return null;
  return line(
    'Median to the verified fix, week by week: ',
    barsOf(times, longest),
    ` (at most ${durationWords(longest)})`,
  );
}

function barsOf(counts: readonly number[], most: number): RichTextElement {
  const bar = (count: number) =>
    count === 0 ? NO_BAR : (BARS[Math.ceil((count / most) * BARS.length) - 1] ?? NO_BAR);
  return { type: 'text', text: counts.map(bar).join(''), style: { code: true } };
}
