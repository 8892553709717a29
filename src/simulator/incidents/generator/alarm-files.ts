import type { AlarmRule } from './alarm-rule.ts';
import type { AlarmState } from './evaluate-alarms.ts';
import { evaluateAlarm } from './evaluate-alarms.ts';
import type { Series } from './metric-series.ts';
import { ACCOUNT } from './recorder.ts';
import { STORY_START_MS } from './story-time.ts';

const DAY_MS = 86_400_000;
/** An alarm can only tell a topic of its own Region. */
export const topicIn = (region: string) => `arn:aws:sns:${region}:${ACCOUNT}:on-call`;

export interface HistoryItem {
  readonly AlarmName: string;
  readonly AlarmType: 'MetricAlarm';
  readonly Timestamp: string;
  readonly HistoryItemType: string;
  readonly HistorySummary: string;
  readonly HistoryData: string;
}

/** What a story has beside alarms on its metrics. */
export interface OtherAlarms {
  readonly composites: readonly object[];
  readonly history: readonly HistoryItem[];
}

export interface AlarmFiles {
  readonly alarms: object;
  readonly history: object;
}

/** alarms.json and history.json, both worked out from the same metrics, so they cannot disagree. */
export function createAlarmFiles<Name extends string>(
  rules: readonly AlarmRule<Name>[],
  series: Readonly<Record<Name, Series>>,
  others: OtherAlarms = { composites: [], history: [] },
): AlarmFiles {
  const evaluated = rules.map((rule) => {
    const watched = series[rule.series];
    return { rule, watched, states: evaluateAlarm(rule, watched) };
  });
  const items = evaluated.flatMap(({ rule, watched, states }) =>
    transitions(rule, topicIn(watched.Region), states),
  );
  const history = [...items, ...others.history];
  return {
    alarms: {
      MetricAlarms: evaluated
        .map(({ rule, watched, states }) => metricAlarm(rule, watched, states))
        .sort((a, b) => (a.AlarmName < b.AlarmName ? -1 : 1)),
      CompositeAlarms: others.composites,
    },
    history: {
      AlarmHistoryItems: history.sort((a, b) => (a.Timestamp < b.Timestamp ? 1 : -1)),
    },
  };
}

function metricAlarm(rule: AlarmRule, series: Series, states: readonly AlarmState[]) {
  const state = states.at(-1);
  const changedMs = state?.atMs ?? STORY_START_MS;
  return {
    AlarmName: rule.name,
    AlarmArn: `arn:aws:cloudwatch:${series.Region}:${ACCOUNT}:alarm:${rule.name}`,
    AlarmDescription: rule.description,
    AlarmConfigurationUpdatedTimestamp: stamp(STORY_START_MS - 61 * DAY_MS),
    ActionsEnabled: true,
    OKActions: [],
    AlarmActions: [topicIn(series.Region)],
    InsufficientDataActions: [],
    StateValue: state?.value,
    StateReason: state?.reason,
    StateReasonData: JSON.stringify(state?.data),
    StateUpdatedTimestamp: stamp(changedMs),
    MetricName: series.MetricName,
    Namespace: series.Namespace,
    Statistic: rule.statistic,
    Dimensions: series.Dimensions,
    Period: series.Period,
    EvaluationPeriods: rule.periods,
    DatapointsToAlarm: rule.breaching,
    Threshold: rule.threshold,
    ComparisonOperator: rule.direction,
    TreatMissingData: rule.missing ?? 'notBreaching',
    StateTransitionedTimestamp: stamp(changedMs),
  };
}

function transitions(
  rule: AlarmRule,
  topic: string,
  states: readonly AlarmState[],
): readonly HistoryItem[] {
  return states.slice(1).flatMap((state, index) => {
    const before = states[index];
    const update = historyItem(rule.name, state.atMs, 'StateUpdate', {
      summary: `Alarm updated from ${before?.value} to ${state.value}`,
      data: { version: '1.0', oldState: stateData(before), newState: stateData(state) },
    });
    if (state.value === 'OK') return [update];
    const action = historyItem(rule.name, state.atMs + 40, 'Action', {
      summary: `Successfully executed action ${topic}`,
      data: {
        actionState: 'Succeeded',
        stateUpdateTimestamp: state.atMs,
        notificationResource: topic,
      },
    });
    return [update, action];
  });
}

export function historyItem(
  AlarmName: string,
  timeMs: number,
  HistoryItemType: string,
  content: { readonly summary: string; readonly data: object },
): HistoryItem {
  return {
    AlarmName,
    AlarmType: 'MetricAlarm',
    Timestamp: stamp(timeMs),
    HistoryItemType,
    HistorySummary: content.summary,
    HistoryData: JSON.stringify(content.data),
  };
}

function stateData(state: AlarmState | undefined): object {
  return { stateValue: state?.value, stateReason: state?.reason, stateReasonData: state?.data };
}

/** As the AWS CLI prints times. */
export function stamp(timeMs: number): string {
  return new Date(timeMs).toISOString().replace('Z', '000+00:00');
}
