import type { Durations } from '../domain/incident/durations.ts';
import type { RecordedEvent, Severity } from '../domain/incident/events.ts';
import type { Inquiry } from '../domain/incident/inquiry.ts';
import type { IncidentState } from '../domain/incident/state.ts';
import type { StepId } from '../domain/incident/steps.ts';
import type { ChangeClass } from '../domain/investigation/change-class.ts';
import type { IncidentProfile } from '../domain/knowledge/profile.ts';
import type { ClaimedWork, DeadWork, ScheduledWork } from './work.ts';

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
  /** Those it was moved away from. */
  readonly formerChannelIds: readonly string[];
  readonly status: 'open' | 'closed';
  readonly title: string;
  readonly severity: Severity;
  readonly ownerId: string | null;
  readonly step: StepId;
  readonly openedAtMs: number;
  readonly lastActivityAtMs: number;
  /** Of the alarms that were reported to it. */
  readonly alarmKeys: readonly string[];
  /** What it is recognised by, and what came of it. */
  readonly profile: IncidentProfile;
  /** Null: an alarm opened it. */
  readonly openedById: string | null;
  /** What kind of incident it is, as the playbook's title says it; null without a playbook. */
  readonly playbookTitle: string | null;
  /** Of the recorded change that was confirmed as its cause; null: none was. */
  readonly causeClass: ChangeClass | null;
  readonly durations: Durations;
  /** False: it counts in no figure, because people never took it for an incident, or practised. */
  readonly isCounted: boolean;
  readonly isDrill: boolean;
}

/** A Slack message that shows a part of an incident. One per (incident, slot). */
export interface PostedMessage {
  readonly incidentId: string;
  /** What it shows: `root`, `step-3`, `evidence-…`. */
  readonly slot: string;
  readonly channelId: string;
  /**
   * Of a picture the file's id: Slack shares files into a thread only after it has answered.
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
  readonly action: 'trail-lookup' | 'gathering' | 'refusal' | 'deletion' | 'redaction';
  /** What was asked, never what was found; of a deletion or redaction the incident, never its content. */
  readonly question: string;
  readonly recordCount: number;
  readonly outcome: string;
}

export interface DeletionRequest {
  readonly incidentId: string;
  /** Version that was looked at: whatever has happened since keeps the incident. */
  readonly expectedVersion: number;
  /** Written in the same step. */
  readonly audit: AuditEntry;
}

export type RewriteOutcome =
  | AppendOutcome
  /** What was to be written could not be read again. Nothing was written. */
  | { readonly kind: 'unreadable' };

/** An append after which the log before it reads differently, too. */
export interface RewriteRequest extends AppendRequest {
  /** The whole log with what is appended: versions 1, 2, … up to that of `state`. */
  readonly events: readonly RecordedEvent[];
  /** Replaces the one that is kept; null: that one goes. */
  readonly document: StoredDocument | null;
  /** Written in the same step. */
  readonly audit: AuditEntry;
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
  /** Closed ones in which nothing has happened since before `idleSinceMs`, longest idle first. */
  listIdleIncidents(filter: {
    readonly idleSinceMs: number;
    readonly limit: number;
  }): Promise<readonly IncidentSummary[]>;

  /**
   * Removes all that is kept of an incident: events, snapshot, summary, indexes, messages, threads,
   * document, and work and dead letters that name it. False, and nothing is changed, when the
   * incident has another version or is gone. Atomic.
   */
  deleteIncident(request: DeletionRequest): Promise<boolean>;
  /**
   * Replaces the log, snapshot, summary and document, empties the cache and schedules work: all of
   * it or nothing.
   */
  rewriteIncident(request: RewriteRequest): Promise<RewriteOutcome>;

  /** Schedules without an append; false when the dedupeId was seen before (nothing is changed then). Atomic. */
  schedule(work: readonly ScheduledWork[], dedupeId: string | null): Promise<boolean>;
  /** Takes up to `limit` due items, earliest first and reminders last, and hides them from others for `leaseMs`. Atomic. */
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

  /**
   * Inserts or replaces by (incidentId, slot); when `threadTs` is set, indexes (channelId, threadTs) →
   * incident. Of an incident that was deleted meanwhile nothing is written. Atomic.
   */
  saveMessage(message: PostedMessage): Promise<void>;
  readMessages(incidentId: string): Promise<readonly PostedMessage[]>;
  /** The incident whose thread this is: the newest one when a thread has had several; null when none. */
  findIncidentByThread(channelId: string, threadTs: string): Promise<string | null>;

  /**
   * False, and nothing is written: the incident is gone, or its record was rewritten after the version
   * that this tells. Atomic.
   */
  saveDocument(document: StoredDocument): Promise<boolean>;
  readDocument(incidentId: string): Promise<StoredDocument | null>;

  /**
   * Keeps a question to the person behind a call, if what is kept now has the version before
   * `inquiry.version` (none for 1). False: somebody else was first, and nothing was written.
   * Kept for 100 days after the last change, longer than AWS keeps the call itself.
   */
  saveInquiry(inquiry: Inquiry): Promise<boolean>;
  readInquiry(inquiryId: string): Promise<Inquiry | null>;

  /**
   * Reserves the next call to a rate-limited API and says how long to wait before making it
   * (0: now). Calls under one key are spaced `spacingMs` apart over all processes.
   */
  reserveCall(key: string, spacingMs: number): Promise<number>;
  /**
   * For calls that nobody waits for: reserves a slot only when one is free now (0). Otherwise
   * nothing is reserved, and the result is when to ask again, in milliseconds: whoever waits is
   * never behind background work.
   */
  tryReserveCall(key: string, spacingMs: number): Promise<number>;
  /** After a throttle: nobody gets a slot under this key for `pauseMs`. */
  holdCalls(key: string, pauseMs: number): Promise<void>;

  recordAudit(entry: AuditEntry): Promise<void>;
  /** Newest first. */
  readAudit(limit: number): Promise<readonly AuditEntry[]>;

  /**
   * What can be had again at a cost: null when it was never saved, has expired or was dropped for
   * room. Nothing may depend on finding it.
   */
  readCached(key: string): Promise<string | null>;
  saveCached(key: string, body: string, ttlMs: number): Promise<void>;

  /** Cheap round trip for health checks. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
