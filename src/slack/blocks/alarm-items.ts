import type { Alarm, AlarmStateValue, AlarmTransition } from '../../domain/alarm/alarm.ts';
import { mainRegion } from '../../domain/main-region.ts';
import { alarmLink } from './links.ts';
import { bold, date, link, list, type Part, show, typed } from './text.ts';

export const ALARMS_SHOWN_MAX = 10;
export const TRANSITIONS_SHOWN_MAX = 6;
const DIMENSIONS_SHOWN_MAX = 3;

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

/** What is in alarm, since when, and when the first bad datapoint began. */
export function alarmList(
  alarms: readonly Alarm[],
  transitions: readonly AlarmTransition[],
  consoleUrl: string | null,
) {
  const shown = alarms.slice(0, ALARMS_SHOWN_MAX);
  const main = mainRegion(alarms);
  return list(
    shown.map((alarm) => [
      ...stateParts(alarm, transitions),
      alarm.region === main ? null : ` · ${alarm.region}`,
      consoleLink(alarm, consoleUrl),
      ...metricParts(alarm),
    ]),
  );
}

function consoleLink(alarm: Alarm, consoleUrl: string | null): Part {
  const url = alarmLink(consoleUrl, alarm);
  return url === null ? null : [' · ', link(url, 'open')];
}

function stateParts(alarm: Alarm, transitions: readonly AlarmTransition[]): Part[] {
  return [
    `${STATE_MARKS[alarm.state]} `,
    show(alarm.name),
    ' ',
    bold(STATE_WORDS[alarm.state]),
    alarm.transitionedAtMs === null ? null : [' since ', date(alarm.transitionedAtMs)],
    ...onset(alarm, transitions),
  ];
}

function onset(alarm: Alarm, transitions: readonly AlarmTransition[]): Part[] {
  const latest = transitions
    .filter((row) => row.alarmName === alarm.name && row.region === alarm.region)
    .filter((row) => row.to === 'ALARM' && row.evaluatedFromMs !== null)
    .toSorted((a, b) => b.atMs - a.atMs)[0];
  const fromMs = latest?.evaluatedFromMs ?? null;
  return fromMs === null ? [] : [', first bad datapoint ', date(fromMs)];
}

/** On a line of its own: what is measured against which limit, and of what. */
function metricParts(alarm: Alarm): Part[] {
  if (alarm.metric === null) return alarm.kind === 'composite' ? [' · composite alarm'] : [];
  return [
    '\n',
    typed(metricName(alarm.namespace, alarm.metric), 150),
    alarm.threshold === null ? null : ` ${comparisonWords(alarm.comparison)} ${alarm.threshold}`,
    ...alarm.dimensions
      .slice(0, DIMENSIONS_SHOWN_MAX)
      .map((dimension): Part => [' · ', typed(dimension.name, 60), ' ', show(dimension.value)]),
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
