import type { AlarmRule } from './alarm-rule.ts';
import type { Series } from './metric-series.ts';
import { STORY_AT_MS } from './story-time.ts';

type State = 'OK' | 'ALARM';

interface Datapoint {
  readonly timeMs: number;
  readonly value: number;
}

/** A state that an alarm took, with the text and data that CloudWatch gives as its reason. */
export interface AlarmState {
  readonly value: State;
  readonly reason: string;
  readonly data: object;
  readonly atMs: number;
}

/** CloudWatch changes a state some seconds after the last datapoint's period has ended. */
const EVALUATION_DELAY_MS = 21_347;
// Before the day that is told, every alarm had been quiet for a month.
const CALM_MS = 30 * 86_400_000;

/** Walks an alarm over its metric: every state it had, oldest first. */
export function evaluateAlarm(
  rule: AlarmRule,
  series: Series,
): readonly [AlarmState, ...AlarmState[]] {
  const periodMs = series.Period * 1_000;
  const fromMs = Date.parse(series.From);
  const startMs = fromMs + rule.periods * periodMs + EVALUATION_DELAY_MS;
  const longAgo = datapoints(rule, series, startMs).map(({ timeMs, value }) => ({
    timeMs: timeMs - CALM_MS,
    value,
  }));
  const first = stateAt(rule, series.Period, longAgo, startMs - CALM_MS, 'OK');
  const states: [AlarmState, ...AlarmState[]] = [first];
  let index = rule.periods;
  for (;;) {
    const atMs = fromMs + (index + 1) * periodMs + EVALUATION_DELAY_MS + ((index * 37) % 11) * 811;
    index += 1;
    if (atMs > STORY_AT_MS || index > series.Values.length) return states;
    const points = datapoints(rule, series, atMs);
    if (points.length === 0 && rule.missing === 'ignore') continue;
    const breaching = points.filter((point) => breaches(rule, point.value));
    const next: State = breaching.length >= rule.breaching ? 'ALARM' : 'OK';
    if (next !== states.at(-1)?.value)
      states.push(stateAt(rule, series.Period, points, atMs, next));
  }
}

function stateAt(
  rule: AlarmRule,
  period: number,
  points: readonly Datapoint[],
  atMs: number,
  value: State,
): AlarmState {
  const first = points.at(0)?.timeMs ?? atMs;
  return {
    value,
    atMs,
    reason: reasonOf(rule, points, value),
    data: {
      version: '1.0',
      queryDate: stamp(atMs),
      startDate: stamp(first),
      statistic: rule.statistic,
      period,
      recentDatapoints: points.map((point) => point.value),
      threshold: rule.threshold,
      evaluatedDatapoints: points
        .toReversed()
        .map(({ timeMs, value: measured }) => ({ timestamp: stamp(timeMs), value: measured })),
    },
  };
}

/** The last periods that had ended, oldest first; what was not reported counts as not breaching. */
function datapoints(rule: AlarmRule, series: Series, atMs: number): readonly Datapoint[] {
  const periodMs = series.Period * 1_000;
  const fromMs = Date.parse(series.From);
  const end = Math.floor((atMs - EVALUATION_DELAY_MS - fromMs) / periodMs);
  return series.Values.slice(Math.max(0, end - rule.periods), end).flatMap((value, index) => {
    const timeMs = fromMs + (Math.max(0, end - rule.periods) + index) * periodMs;
    return value === null ? [] : [{ timeMs, value }];
  });
}

function breaches({ direction, threshold }: AlarmRule, value: number): boolean {
  return direction === 'GreaterThanThreshold' ? value > threshold : value < threshold;
}

function reasonOf(rule: AlarmRule, points: readonly Datapoint[], value: State): string {
  if (points.length === 0) {
    return `Threshold Crossed: no datapoints were received for ${rule.periods} periods and ${rule.periods} missing datapoints were treated as [NonBreaching].`;
  }
  const list = points
    .toReversed()
    .map((point) => `${point.value.toFixed(1)} (${dayFirst(point.timeMs)})`)
    .join(', ');
  const word = rule.direction === 'GreaterThanThreshold' ? 'greater' : 'less';
  const count = `${points.length} out of the last ${rule.periods} datapoints`;
  const verb = points.length === 1 ? 'was' : 'were';
  const not = value === 'OK' ? ' not' : '';
  const [from, least] = value === 'ALARM' ? ['OK', rule.breaching] : ['ALARM', 1];
  return `Threshold Crossed: ${count} [${list}] ${verb}${not} ${word} than the threshold (${rule.threshold.toFixed(1)}) (minimum ${least} datapoint${least === 1 ? '' : 's'} for ${from} -> ${value} transition).`;
}

function stamp(timeMs: number): string {
  return new Date(timeMs).toISOString().replace('Z', '+0000');
}

function dayFirst(timeMs: number): string {
  const iso = new Date(timeMs).toISOString();
  return `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(2, 4)} ${iso.slice(11, 19)}`;
}
