import type {
  Alarm,
  AlarmContributor,
  AlarmMetric,
  AlarmTag,
  AlarmTransition,
} from '../domain/alarm/alarm.ts';
import type { TargetOutcome } from '../domain/coverage.ts';
import type { MetricPoint } from '../domain/graph/graph.ts';
import type { TrailRecord } from '../domain/trail/record.ts';

/** For whom AWS is asked. */
export interface Asker {
  /** Slack id; carried into the name of the role session. Null: the bot itself. */
  readonly userId: string | null;
  /** People who wait come before everything that can be looked at later. */
  readonly urgency: 'waiting' | 'background';
}

/** One account and Region to ask. `accountId` is null for "the account of the bot's own credentials". */
export interface AwsTarget {
  readonly accountId: string | null;
  readonly region: string;
}

/** An account that this installation asks. */
export interface AccountSettings {
  readonly accountId: string;
  /** What people call it; unique, in whatever case. */
  readonly name: string;
  /** Whom the bot becomes there; null: its own credentials are this account's. */
  readonly role: { readonly arn: string; readonly externalId: string | null } | null;
  /** The partition's Region for global services is always among them. */
  readonly regions: readonly string[];
}

/** What may be asked about from one channel; from one that is not listed, all accounts. */
export interface ChannelSettings {
  readonly channelId: string;
  readonly accountIds: readonly string[];
}

/** LookupEvents takes at most one of these, matched exactly and case-sensitively. */
export interface ActivityAttribute {
  readonly key:
    | 'AccessKeyId'
    | 'EventId'
    | 'EventName'
    | 'EventSource'
    | 'ReadOnly'
    | 'ResourceName'
    | 'ResourceType'
    | 'Username';
  readonly value: string;
}

export interface ActivityRequest {
  readonly target: AwsTarget;
  readonly asker: Asker;
  /** Both inclusive and frozen for all pages. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly attribute: ActivityAttribute | null;
  /** Absent: management events. Insights are found by event id, name and source only. */
  readonly category?: 'insight';
  /** Reading stops after this many records (`truncated` is then true). */
  readonly recordsMax: number;
}

export interface ActivityPage {
  /** Newest first within the page and from page to page. */
  readonly records: readonly TrailRecord[];
  readonly skippedCount: number;
  /** Nothing follows, and asking for more costs no call; otherwise that is not known yet. */
  readonly isLast?: boolean;
}

export interface ActivityEnd {
  readonly outcome: TargetOutcome;
  readonly accountId: string | null;
  readonly recordCount: number;
  readonly skippedCount: number;
  readonly truncated: boolean;
  /** A clear sentence when the outcome is not `found` or `nothing`. */
  readonly explanation: string | null;
}

/** Who did what: CloudTrail. Never throws for what AWS answers: that is in the end's `outcome`. */
export interface ActivitySource {
  readonly lookbackMaxMs: number;
  /** Events younger than this may not have been delivered yet. */
  readonly deliveryLagMs: number;
  readPages(
    request: ActivityRequest,
    signal: AbortSignal,
  ): AsyncGenerator<ActivityPage, ActivityEnd>;
}

export interface AlarmReading<T> {
  readonly outcome: TargetOutcome;
  readonly accountId: string | null;
  readonly items: readonly T[];
  readonly skippedCount: number;
  readonly truncated: boolean;
  readonly explanation: string | null;
}

/** CloudWatch alarms. Never throws for what AWS answers. */
export interface AlarmSource {
  /** Alarms in ALARM, or those named, metric and composite. */
  readAlarms(
    request: {
      readonly target: AwsTarget;
      readonly asker: Asker;
      readonly names: readonly string[] | null;
    },
    signal: AbortSignal,
  ): Promise<AlarmReading<Alarm>>;
  readTransitions(
    request: {
      readonly target: AwsTarget;
      readonly asker: Asker;
      readonly fromMs: number;
      readonly toMs: number;
    },
    signal: AbortSignal,
  ): Promise<AlarmReading<AlarmTransition>>;
  /** What breaches now of all that an alarm on a query watches. */
  readContributors(
    request: { readonly target: AwsTarget; readonly asker: Asker; readonly alarmName: string },
    signal: AbortSignal,
  ): Promise<AlarmReading<AlarmContributor>>;
  /** None for an alarm whose account is not known. */
  readTags(
    request: {
      readonly target: AwsTarget;
      readonly asker: Asker;
      readonly alarm: Pick<Alarm, 'name' | 'region' | 'accountId'>;
    },
    signal: AbortSignal,
  ): Promise<AlarmReading<AlarmTag>>;
}

export interface MetricRequest {
  readonly target: AwsTarget;
  readonly asker: Asker;
  readonly metric: AlarmMetric;
  /** Widened to whole periods. `toMs` is exclusive. */
  readonly fromMs: number;
  readonly toMs: number;
}

export interface MetricReading {
  readonly outcome: TargetOutcome;
  /** Oldest first, one a period; periods without data are not there. */
  readonly points: readonly MetricPoint[];
  readonly truncated: boolean;
  /** A clear sentence when the outcome is not `found` or `nothing`, or when something is missing. */
  readonly explanation: string | null;
}

/** CloudWatch metrics. Never throws for what AWS answers. */
export interface MetricSource {
  readMetric(request: MetricRequest, signal: AbortSignal): Promise<MetricReading>;
}
