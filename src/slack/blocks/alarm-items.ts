import type { Alarm, AlarmStateValue, AlarmTransition } from '../../domain/alarm/alarm.ts';
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
  return list(shown.map((alarm) => alarmItem(alarm, transitions, consoleUrl)));
}

function alarmItem(
  alarm: Alarm,
  transitions: readonly AlarmTransition[],
  consoleUrl: string | null,
): Part {
  const url = alarmLink(consoleUrl, alarm);
  return [
    `${STATE_MARKS[alarm.state]} `,
    show(alarm.name),
    ' ',
    bold(STATE_WORDS[alarm.state]),
    ...(alarm.transitionedAtMs === null ? [] : [' since ', date(alarm.transitionedAtMs)]),
    ...onset(alarm, transitions),
    ...metric(alarm),
    ` · ${alarm.region}`,
    url === null ? null : [' · ', link(url, 'open')],
  ];
}

function onset(alarm: Alarm, transitions: readonly AlarmTransition[]): Part[] {
  const latest = transitions
    .filter((row) => row.alarmName === alarm.name && row.region === alarm.region)
    .filter((row) => row.to === 'ALARM' && row.evaluatedFromMs !== null)
    .toSorted((a, b) => b.atMs - a.atMs)[0];
  const fromMs = latest?.evaluatedFromMs ?? null;
  return fromMs === null ? [] : [', first bad datapoint from ', date(fromMs)];
}

function metric(alarm: Alarm): Part[] {
  if (alarm.metric === null) return alarm.kind === 'composite' ? [' · composite alarm'] : [];
  const limit =
    alarm.threshold === null ? null : ` ${comparisonSign(alarm.comparison)} ${alarm.threshold}`;
  const dimensions = alarm.dimensions
    .slice(0, DIMENSIONS_SHOWN_MAX)
    .map((dimension): Part => [' ', typed(dimension.name, 60), ' ', show(dimension.value)]);
  return [' · ', typed(`${alarm.namespace ?? ''} ${alarm.metric}`, 150), limit, ...dimensions];
}

/** Longer names first: `GreaterThanOrEqualToThreshold` also begins with `GreaterThan`. */
const COMPARISON_SIGNS = [
  ['GreaterThanOrEqualTo', '≥'],
  ['GreaterThan', '>'],
  ['LessThanOrEqualTo', '≤'],
  ['LessThan', '<'],
] as const;

function comparisonSign(comparison: string | null): string {
  return COMPARISON_SIGNS.find(([name]) => comparison?.startsWith(name))?.[1] ?? 'against';
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
