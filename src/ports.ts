/** What the flows need from outside. The adapters are in `slack/`, `aws/` and `store/`. */

import type { Alarm, AlarmTransition } from './domain/alarm/alarm.ts';
import type { TargetOutcome } from './domain/coverage.ts';
import type { RecordedEvent, Severity } from './domain/incident/events.ts';
import type { IncidentState } from './domain/incident/state.ts';
import type { StepId } from './domain/incident/steps.ts';
import type { TrailRecord } from './domain/trail/record.ts';

export interface Clock {
  /** Milliseconds since 1970. */
  nowMs(): number;
}

export interface Ids {
  /** An id nobody else has, safe in keys, file names and Slack ids: letters, digits, `-`. */
  next(prefix: string): string;
  /**
   * A short id that people can say aloud: `RT-7K3F9`. The same seed and salt give the same id, so
   * that an opening delivered twice opens one incident; the next salt is tried when it is taken.
   */
  incidentId(seed: string, salt: number): string;
}

export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  /** `error` is logged by name, code, message and stack, after secrets were taken out. */
  error(message: string, error: unknown, fields?: LogFields): void;
  child(fields: LogFields): Logger;
}

// ---- work -------------------------------------------------------------------------------------

/** Something that must happen later or elsewhere. Ids only: the worker reads the newest state. */
export type Work =
  | {
      /** Make Slack show the newest state of the incident. */
      readonly kind: 'render';
      readonly incidentId: string;
      /** Slack response_url of the person who opened it, to tell them when nothing can be posted. */
      readonly replyUrl: string | null;
    }
  | { readonly kind: 'gather'; readonly incidentId: string; readonly gatheringId: string }
  | { readonly kind: 'publish'; readonly incidentId: string }
  | {
      readonly kind: 'answer-trail';
      readonly question: string;
      /** Share and Attach ask again by event id: a button carries ids, never findings. */
      readonly deliver: 'to-asker' | 'to-channel' | 'as-evidence';
      readonly userId: string;
      readonly channelId: string;
      /** Where to answer when there is no replyUrl; null: in the channel. */
      readonly threadTs: string | null;
      readonly replyUrl: string | null;
      /** The incident whose thread it was asked in. */
      readonly incidentId: string | null;
      readonly askedAtMs: number;
    };

export type WorkKind = Work['kind'];

export interface ScheduledWork {
  /**
   * Key of the item: scheduling the same id again replaces the payload and moves `dueAtMs` to the
   * earlier of the two; while a worker holds it, the item runs once more after that.
   */
  readonly workId: string;
  readonly dueAtMs: number;
  readonly work: Work;
}

export interface ClaimedWork {
  readonly workId: string;
  readonly work: Work;
  /** Fencing token: counts claims. `complete`, `release` and `fail` are refused once somebody claimed after us. */
  readonly attempt: number;
  /** Counts schedulings: an item scheduled again while held is not removed by `complete`. */
  readonly generation: number;
  /** Failures so far; claims that ended in a crash do not count. */
  readonly failureCount: number;
}

export interface DeadWork {
  readonly workId: string;
  readonly work: Work;
  readonly reason: string;
  readonly diedAtMs: number;
}

// ---- store ------------------------------------------------------------------------------------

export interface AppendRequest {
  readonly incidentId: string;
  /** Version the decision was made on; 0 for an incident that must not exist yet. */
  readonly expectedVersion: number;
  /** The same input from Slack always has the same id, however often it is delivered or retried. */
  readonly dedupeId: string;
  /** Versions expectedVersion + 1, + 2, …; at least one. */
  readonly events: readonly RecordedEvent[];
  /** The state after the last of `events`. */
  readonly state: IncidentState;
  readonly work: readonly ScheduledWork[];
}

export type AppendOutcome =
  | { readonly kind: 'appended'; readonly version: number }
  /** This dedupeId was appended before (within 25 h); `version` is the incident's after that append. */
  | { readonly kind: 'duplicate'; readonly version: number }
  /** Somebody else was first; `version` is the current one (0: no such incident). Nothing was written. */
  | { readonly kind: 'conflict'; readonly version: number };

export interface IncidentSummary {
  readonly incidentId: string;
  readonly channelId: string;
  readonly status: 'open' | 'closed';
  readonly title: string;
  readonly severity: Severity;
  readonly ownerId: string | null;
  readonly step: StepId;
  readonly openedAtMs: number;
  readonly lastActivityAtMs: number;
}

/** A Slack message that shows a part of an incident. One per (incident, slot). */
export interface PostedMessage {
  readonly incidentId: string;
  /** What it shows: `root`, `step-3`, `evidence-…`. */
  readonly slot: string;
  readonly channelId: string;
  /**
   * Null from just before the first post until its outcome is known: after a crash or a lost
   * answer the sender looks in Slack for it before it posts again.
   */
  readonly ts: string | null;
  /** The thread it is in (for a root that starts its own thread, its own `ts`); null as long as that is not known. */
  readonly threadTs: string | null;
  /** When it was last sent. */
  readonly sentAtMs: number;
  /** Of the content last sent: the same digest is not sent again. */
  readonly digest: string;
}

export interface StoredDocument {
  readonly incidentId: string;
  readonly ofVersion: number;
  readonly markdown: string;
  readonly json: string;
  readonly savedAtMs: number;
}

export interface AuditEntry {
  readonly atMs: number;
  readonly userId: string;
  readonly channelId: string;
  readonly action: 'trail-lookup' | 'gathering' | 'refusal';
  /** What was asked, never what was found. */
  readonly question: string;
  readonly recordCount: number;
  readonly outcome: string;
}

/**
 * Every method rejects with `AppError('store-unavailable')` when the store cannot be reached in
 * time. For a write that means *outcome unknown*: try again with the same ids, never with new ones.
 */
export interface Store {
  /** Events, snapshot, indexes, dedupe id and work items: all of it or nothing. */
  append(request: AppendRequest): Promise<AppendOutcome>;
  /** The snapshot; null when there is no such incident. */
  readState(incidentId: string): Promise<IncidentState | null>;
  /** The whole log, oldest first; empty when there is no such incident. */
  readEvents(incidentId: string): Promise<readonly RecordedEvent[]>;
  /** Most recently active first. */
  listIncidents(filter: {
    readonly channelId?: string;
    readonly status?: 'open' | 'closed';
    readonly limit: number;
  }): Promise<readonly IncidentSummary[]>;

  /** Schedules without an append; false when the dedupeId was seen before (nothing is changed then). Atomic. */
  schedule(work: readonly ScheduledWork[], dedupeId: string | null): Promise<boolean>;
  /** Takes up to `limit` due items, earliest first, and hides them from others for `leaseMs`. Atomic. */
  claimWork(options: {
    readonly leaseMs: number;
    readonly limit: number;
  }): Promise<readonly ClaimedWork[]>;
  /** Prolongs the lease; false when somebody else claimed it meanwhile. */
  renewWork(work: ClaimedWork, leaseMs: number): Promise<boolean>;
  /** Removes the item (or makes it due at once when it was scheduled again); false when our claim no longer stands. */
  completeWork(work: ClaimedWork): Promise<boolean>;
  /** Gives the item back, due in `delayMs`, without counting a failure (waiting for a rate limit). */
  releaseWork(work: ClaimedWork, delayMs: number): Promise<boolean>;
  /** Counts a failure; after `failuresMax` the item moves to the dead letters. */
  failWork(
    work: ClaimedWork,
    failure: { readonly reason: string; readonly delayMs: number; readonly failuresMax: number },
  ): Promise<'retry' | 'dead' | 'stale'>;
  listDeadWork(limit: number): Promise<readonly DeadWork[]>;
  /** How many items are waiting or held, and when the next is due (null: none). For health and tests. */
  workCounts(): Promise<{
    readonly pending: number;
    readonly dead: number;
    readonly nextDueAtMs: number | null;
  }>;

  /** Inserts or replaces by (incidentId, slot); when `threadTs` is set, indexes (channelId, threadTs) → incident. */
  saveMessage(message: PostedMessage): Promise<void>;
  readMessages(incidentId: string): Promise<readonly PostedMessage[]>;
  /** The incident whose thread this is: the newest one when a thread has had several; null when none. */
  findIncidentByThread(channelId: string, threadTs: string): Promise<string | null>;

  saveDocument(document: StoredDocument): Promise<void>;
  readDocument(incidentId: string): Promise<StoredDocument | null>;

  /**
   * Reserves the next call to a rate-limited API and says how long to wait before making it
   * (0: now). Calls under one key are spaced `spacingMs` apart over all processes.
   */
  reserveCall(key: string, spacingMs: number): Promise<number>;
  /** After a throttle: nobody gets a slot under this key for `pauseMs`. */
  holdCalls(key: string, pauseMs: number): Promise<void>;

  recordAudit(entry: AuditEntry): Promise<void>;
  /** Newest first. */
  readAudit(limit: number): Promise<readonly AuditEntry[]>;

  /** Cheap round trip for health checks. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

// ---- AWS --------------------------------------------------------------------------------------

/** One account and Region to ask. `accountId` is null for "the account of the bot's own credentials". */
export interface AwsTarget {
  readonly accountId: string | null;
  readonly region: string;
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
  /** Both inclusive and frozen for all pages. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly attribute: ActivityAttribute | null;
  /** Reading stops after this many records (`truncated` is then true). */
  readonly recordsMax: number;
}

export interface ActivityPage {
  /** Newest first within the page and from page to page. */
  readonly records: readonly TrailRecord[];
  readonly skippedCount: number;
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
    request: { readonly target: AwsTarget; readonly names: readonly string[] | null },
    signal: AbortSignal,
  ): Promise<AlarmReading<Alarm>>;
  readTransitions(
    request: { readonly target: AwsTarget; readonly fromMs: number; readonly toMs: number },
    signal: AbortSignal,
  ): Promise<AlarmReading<AlarmTransition>>;
}

// ---- people -----------------------------------------------------------------------------------

export interface Person {
  readonly userId: string;
  readonly name: string;
  /** IANA name; `UTC` when unknown. */
  readonly timeZone: string;
}

export interface People {
  /** Never throws: a person who cannot be looked up is described by the id alone. */
  describe(userId: string): Promise<Person>;
}

// ---- what every flow gets ---------------------------------------------------------------------

export interface FlowDependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
  /** A hint that work was just scheduled; losing it costs one polling interval. */
  readonly wakeWorkers: () => void;
}
