import type { Alarm, AlarmStateValue, AlarmTransition } from '../../domain/alarm/alarm.ts';
import type { RankedOnset } from '../../domain/incident/ranking.ts';
import { mainRegion } from '../../domain/main-region.ts';
import { alarmLink } from './links.ts';
import { bold, date, link, list, type Part, show, typed } from './text.ts';

export const ALARMS_SHOWN_MAX = 10;
export const TRANSITIONS_SHOWN_MAX = 6;
const DIMENSIONS_SHOWN_MAX = 3;
const NAMES_SHOWN_MAX = 3;

const STATE_MARKS = {
  ALARM: '🔔',
  OK: '✅',
  INSUFFICIENT_DATA: '❔',
} as const satisfies Record<AlarmStateValue, string>;

const STATE_WORDS = {
  ALARM: 'in alarm',
  OK: 'OK',
  INSUFFICIENT_DATA: 'not enough data',
} as const satisfies Record<AlarmStateValue, string>;

export interface AlarmContext {
  readonly transitions: readonly AlarmTransition[];
  readonly consoleUrl: string | null;
  /** As the ranking found it; null where nothing is ranked, or no alarm tells it. */
  readonly onset: RankedOnset | null;
}

/** What is in alarm, since when, when the first bad datapoint began, and what it is made of. */
export function alarmList(alarms: readonly Alarm[], context: AlarmContext) {
  const shown = alarms.slice(0, ALARMS_SHOWN_MAX);
  const main = mainRegion(alarms);
  return list(
    shown.map((alarm) => [
      ...stateParts(alarm, context),
      alarm.region === main ? null : ` · ${alarm.region}`,
      consoleLink(alarm, context.consoleUrl),
      ...metricParts(alarm),
      ...breachingParts(alarm),
    ]),
  );
}

function consoleLink(alarm: Alarm, consoleUrl: string | null): Part {
  const url = alarmLink(consoleUrl, alarm);
  return url === null ? null : [' · ', link(url, 'open')];
}

function stateParts(alarm: Alarm, { transitions, onset }: AlarmContext): Part[] {
  const fromMs = breachedFromMs(alarm, transitions, onset);
  return [
    `${STATE_MARKS[alarm.state]} `,
    show(alarm.name),
    ' ',
    bold(STATE_WORDS[alarm.state]),
    alarm.transitionedAtMs === null ? null : [' since ', date(alarm.transitionedAtMs)],
    fromMs === null ? null : [', first bad datapoint ', date(fromMs)],
    asideWords(alarm, onset),
  ];
}

function breachedFromMs(
  { name, region }: Alarm,
  transitions: readonly AlarmTransition[],
  onset: RankedOnset | null,
): number | null {
  const found = onset?.alarms.find((row) => row.name === name);
  if (found !== undefined) return found.breachedFromMs;
  const latest = transitions
    .filter((row) => row.alarmName === name && row.region === region)
    .filter((row) => row.to === 'ALARM' && row.evaluatedFromMs !== null)
    .toSorted((a, b) => b.atMs - a.atMs)[0];
  return latest?.evaluatedFromMs ?? null;
}

/** Why this one does not tell when it began. */
function asideWords({ name }: Alarm, onset: RankedOnset | null): string | null {
  if (onset?.flapping.includes(name)) return ', left aside: it goes on and off';
  return onset?.stale.includes(name) ? ', left aside: in alarm since long before' : null;
}

/** On a line of its own: what is measured against which limit, and of what. */
function metricParts(alarm: Alarm): Part[] {
  if (alarm.metric === null) return alarm.kind === 'composite' ? compositeParts(alarm) : [];
  return [
    '\n',
    typed(metricName(alarm.namespace, alarm.metric), 150),
    alarm.threshold === null ? null : ` ${comparisonWords(alarm.comparison)} ${alarm.threshold}`,
    ...alarm.dimensions
      .slice(0, DIMENSIONS_SHOWN_MAX)
      .map((dimension): Part => [' · ', typed(dimension.name, 60), ' ', show(dimension.value)]),
  ];
}

function compositeParts({ children }: Alarm): Part[] {
  if (children.length === 0) return [' · composite alarm'];
  return ['\nMade of ', ...namedParts(children.map((name): Part => show(name)))];
}

/** Of an alarm on a query: which of its series breach now. */
function breachingParts({ contributors }: Alarm): Part[] {
  if (contributors.length === 0) return [];
  const series = contributors.map(
    ({ attributes }): Part =>
      attributes
        .slice(0, DIMENSIONS_SHOWN_MAX)
        .map(
          ({ name, value }, index): Part => [
            index === 0 ? null : ' ',
            typed(name, 60),
            ' ',
            show(value),
          ],
        ),
  );
  return ['\nBreaching: ', ...namedParts(series)];
}

function namedParts(names: readonly Part[]): Part[] {
  const hidden = names.length - NAMES_SHOWN_MAX;
  return [
    ...names
      .slice(0, NAMES_SHOWN_MAX)
      .map((name, index): Part => [index === 0 ? null : ', ', name]),
    hidden > 0 ? ` and ${hidden} more` : null,
  ];
}

/** AWS's own metrics say what they are; the namespace tells own ones apart. */
function metricName(namespace: string | null, metric: string): string {
  return namespace === null || namespace.startsWith('AWS/') ? metric : `${namespace} ${metric}`;
}

/** Longer names first: `GreaterThanOrEqualToThreshold` also begins with `GreaterThan`. */
const COMPARISON_WORDS = [
  ['GreaterThanOrEqualTo', 'at least'],
  ['GreaterThan', 'more than'],
  ['LessThanOrEqualTo', 'at most'],
  ['LessThan', 'below'],
] as const;

function comparisonWords(comparison: string | null): string {
  return COMPARISON_WORDS.find(([name]) => comparison?.startsWith(name))?.[1] ?? 'against';
}

/** The newest state changes, oldest first, as one reads a story. */
export function transitionList(transitions: readonly AlarmTransition[]) {
  const newest = transitions.toSorted((a, b) => a.atMs - b.atMs).slice(-TRANSITIONS_SHOWN_MAX);
  return list(
    newest.map((row) => [
      date(row.atMs),
      ' ',
      show(row.alarmName),
      row.from === null ? ' became ' : ` went from ${STATE_WORDS[row.from]} to `,
      bold(STATE_WORDS[row.to]),
    ]),
  );
}
