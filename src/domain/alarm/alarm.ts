import type { Untrusted } from '../untrusted.ts';

export type AlarmStateValue = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

export interface AlarmDimension {
  readonly name: string;
  readonly value: Untrusted;
}

/** What an alarm's own evaluation says about when the trouble began. */
export interface AlarmEvaluation {
  /** Start of the period of the first datapoint that breached; null where the record does not say. */
  readonly breachedFromMs: number | null;
  readonly periodSeconds: number | null;
}

/** The one metric that can be read and drawn for an alarm, exactly as CloudWatch knows it. */
export interface AlarmMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: readonly AlarmDimension[];
  /** `Sum`, `p99`, `TM(10%:90%)`. */
  readonly statistic: string;
  readonly periodSeconds: number;
  /** Where the alarm watches another account's metric; null: the alarm's own account. */
  readonly ownerAccountId: string | null;
  /** The alarm compares something computed from it, so its threshold is not this metric's. */
  readonly isPart: boolean;
}

/** A CloudWatch alarm as it stands now. Metric fields are null for composite and metric-math alarms. */
export interface Alarm {
  readonly name: Untrusted;
  readonly kind: 'metric' | 'composite';
  readonly accountId: string | null;
  readonly region: string;
  readonly state: AlarmStateValue;
  readonly stateReason: Untrusted;
  /** Last change of the state value (StateTransitionedTimestamp), not of the reason. */
  readonly transitionedAtMs: number | null;
  /** When its configuration was changed last; not kept in evidence. */
  readonly configuredAtMs?: number | null;
  readonly namespace: string | null;
  readonly metric: string | null;
  readonly dimensions: readonly AlarmDimension[];
  readonly threshold: number | null;
  readonly comparison: string | null;
  readonly periodSeconds: number | null;
  /** Null for composite alarms, and for those that watch a query. */
  readonly drawable: AlarmMetric | null;
  /** Of the evaluation that led to the present state; null where the record does not say. */
  readonly evaluation: AlarmEvaluation | null;
  /** Names of the alarms that a composite one is made of, in its own account and Region. */
  readonly children: readonly Untrusted[];
  /** Of an alarm on a query: what breaches now, also among its dimensions; empty where not read. */
  readonly contributors: readonly AlarmContributor[];
  /** Absent: they were not read. */
  readonly tags?: readonly AlarmTag[] | undefined;
}

export interface AlarmTag {
  readonly key: Untrusted;
  readonly value: Untrusted;
}

/** One of the time series that an alarm on a query watches, in ALARM by itself. */
export interface AlarmContributor {
  /** What tells it from the others: `InstanceId` is `i-0abc`. */
  readonly attributes: readonly AlarmDimension[];
  readonly reason: Untrusted;
  readonly transitionedAtMs: number | null;
}

/** One state change from the alarm's history. */
export interface AlarmTransition {
  readonly alarmName: Untrusted;
  readonly region: string;
  readonly atMs: number;
  readonly from: AlarmStateValue | null;
  readonly to: AlarmStateValue;
  readonly reason: Untrusted;
  /** Start of the first evaluated datapoint: the onset lies before the transition. */
  readonly evaluatedFromMs: number | null;
  readonly evaluation: AlarmEvaluation | null;
}
