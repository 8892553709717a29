import type { AlarmRule } from './alarm-rules.ts';
import { ALARM_RULES } from './alarm-rules.ts';
import type { AlarmState } from './evaluate-alarms.ts';
import { evaluateAlarm } from './evaluate-alarms.ts';
import type { createSeries, Series } from './metric-series.ts';
import { ACCOUNT, HOME } from './recorder.ts';
import { clockYesterday, STORY_START_MS } from './story-time.ts';

const DAY_MS = 86_400_000;
const TOPIC = `arn:aws:sns:${HOME}:${ACCOUNT}:on-call`;
const COMPOSITE_NAME = 'storefront-degraded';

interface HistoryItem {
  readonly AlarmName: string;
  readonly AlarmType: 'MetricAlarm';
  readonly Timestamp: string;
  readonly HistoryItemType: string;
  readonly HistorySummary: string;
  readonly HistoryData: string;
}

/** alarms.json and history.json, both worked out from the same metrics, so they cannot disagree. */
export function createAlarmFiles(series: ReturnType<typeof createSeries>): {
  readonly alarms: object;
  readonly history: object;
} {
  const evaluated = ALARM_RULES.map((rule) => {
    const watched = series[rule.series];
    return { rule, watched, states: evaluateAlarm(rule, watched) };
  });
  const items = evaluated.flatMap(({ rule, states }) => transitions(rule, states));
  const history = [...items, configurationUpdate()];
  return {
    alarms: {
      MetricAlarms: evaluated
        .map(({ rule, watched, states }) => metricAlarm(rule, watched, states))
        .sort((a, b) => (a.AlarmName < b.AlarmName ? -1 : 1)),
      CompositeAlarms: [compositeAlarm()],
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
    AlarmActions: [TOPIC],
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
    TreatMissingData: 'notBreaching',
    StateTransitionedTimestamp: stamp(changedMs),
  };
}

function compositeAlarm(): object {
  return {
    AlarmName: COMPOSITE_NAME,
    AlarmArn: `arn:aws:cloudwatch:${HOME}:${ACCOUNT}:alarm:${COMPOSITE_NAME}`,
    AlarmDescription: 'The storefront fails while search is busy.',
    AlarmConfigurationUpdatedTimestamp: stamp(STORY_START_MS - 61 * DAY_MS),
    AlarmRule: 'ALARM("storefront-5xx") AND ALARM("search-cpu-high")',
    ActionsEnabled: true,
    OKActions: [],
    AlarmActions: [TOPIC],
    InsufficientDataActions: [],
    StateValue: 'OK',
    StateReason: `arn:aws:cloudwatch:${HOME}:${ACCOUNT}:alarm:${COMPOSITE_NAME} was created and its alarm rule evaluates to OK`,
    StateReasonData: '{"triggeringAlarms":[]}',
    StateUpdatedTimestamp: stamp(STORY_START_MS - 61 * DAY_MS),
    StateTransitionedTimestamp: stamp(STORY_START_MS - 61 * DAY_MS),
  };
}

function transitions(rule: AlarmRule, states: readonly AlarmState[]): readonly HistoryItem[] {
  return states.slice(1).flatMap((state, index) => {
    const before = states[index];
    const update = item(rule.name, state.atMs, 'StateUpdate', {
      summary: `Alarm updated from ${before?.value} to ${state.value}`,
      data: { version: '1.0', oldState: stateData(before), newState: stateData(state) },
    });
    if (state.value === 'OK') return [update];
    const action = item(rule.name, state.atMs + 40, 'Action', {
      summary: `Successfully executed action ${TOPIC}`,
      data: {
        actionState: 'Succeeded',
        stateUpdateTimestamp: state.atMs,
        notificationResource: TOPIC,
      },
    });
    return [update, action];
  });
}

function configurationUpdate(): HistoryItem {
  return item('checkout-5xx', clockYesterday('13:06:18'), 'ConfigurationUpdate', {
    summary: 'Alarm "checkout-5xx" updated',
    data: {
      version: '1.0',
      type: 'Update',
      updatedAlarm: { threshold: 10, evaluationPeriods: 3, period: 60 },
    },
  });
}

function item(
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
function stamp(timeMs: number): string {
  return new Date(timeMs).toISOString().replace('Z', '000+00:00');
}
