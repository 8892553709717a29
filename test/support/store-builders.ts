import {
  EVENT_SCHEMA_VERSION,
  type IncidentEvent,
  type RecordedEvent,
} from '../../src/domain/incident/events.ts';
import type { Inquiry } from '../../src/domain/incident/inquiry.ts';
import { NO_MOMENTS } from '../../src/domain/incident/moments.ts';
import { NO_NUDGING } from '../../src/domain/incident/nudging.ts';
import type { IncidentState } from '../../src/domain/incident/state.ts';
import type {
  AppendRequest,
  AuditEntry,
  ClaimedWork,
  DeletionRequest,
  PostedMessage,
  RewriteRequest,
  ScheduledWork,
  Store,
  StoredDocument,
} from '../../src/ports.ts';

export const OPENED_AT_MS = Date.UTC(2026, 0, 15, 9);

function aNote(noteId: string): IncidentEvent {
  return { type: 'note-added', noteId, text: `note ${noteId}` };
}

export function aRecordedEvent(changes: Partial<RecordedEvent> = {}): RecordedEvent {
  return {
    schemaVersion: EVENT_SCHEMA_VERSION,
    version: 1,
    atMs: OPENED_AT_MS,
    actor: { kind: 'person', userId: 'U1' },
    event: aNote('n1'),
    ...changes,
  };
}

/** Any state will do for the store, which never looks whether the events lead to it. */
export function anIncidentState(changes: Partial<IncidentState> = {}): IncidentState {
  return {
    incidentId: 'RT-1',
    version: 1,
    status: 'open',
    title: 'Checkout is slow',
    isDrill: false,
    teamId: 'T1',
    channelId: 'C1',
    threadTs: null,
    formerPlaces: [],
    sourcePermalink: null,
    severity: 'sev2',
    ownerId: null,
    openedBy: { kind: 'person', userId: 'U1' },
    openedAtMs: OPENED_AT_MS,
    startedAtMs: null,
    lastActivityAtMs: OPENED_AT_MS,
    moments: NO_MOMENTS,
    nudging: NO_NUDGING,
    alarmNames: [],
    alarms: [],
    separated: [],
    proposal: null,
    playbook: null,
    resources: [],
    regions: ['eu-west-1'],
    step: 'identify',
    visits: [{ step: 'identify', enteredAtMs: OPENED_AT_MS, leftAtMs: null, reason: null }],
    problem: null,
    isolation: null,
    notes: [],
    capturedMessages: [],
    gatherings: [],
    evidence: [],
    hypotheses: [],
    ranking: null,
    similar: [],
    plans: [],
    checks: [],
    verifications: [],
    watch: null,
    escalations: [],
    findings: null,
    edits: [],
    evaluation: null,
    closure: null,
    reopenings: [],
    publication: null,
    abandonedWork: [],
    ...changes,
  };
}

interface AppendShape {
  readonly incidentId?: string;
  readonly expectedVersion?: number;
  readonly dedupeId?: string;
  readonly eventCount?: number;
  readonly work?: readonly ScheduledWork[];
  readonly state?: Partial<IncidentState>;
}

/** A consistent append of notes: by default the first of `RT-1`. */
export function anAppend(shape: AppendShape = {}): AppendRequest {
  const { incidentId = 'RT-1', expectedVersion = 0, eventCount = 1 } = shape;
  const dedupeId = shape.dedupeId ?? `${incidentId}-after-${expectedVersion}`;
  const events: readonly RecordedEvent[] = Array.from({ length: eventCount }, (_, index) =>
    aRecordedEvent({
      version: expectedVersion + index + 1,
      event: aNote(`${dedupeId}-${index + 1}`),
    }),
  );
  const version = expectedVersion + eventCount;
  const state = anIncidentState({ incidentId, version, ...shape.state });
  return { incidentId, expectedVersion, dedupeId, events, state, work: shape.work ?? [] };
}

/** The append that opens `RT-1`, with an event that its state can be computed from. */
export function anOpening(): AppendRequest {
  const { incidentId, title, teamId, channelId, threadTs, sourcePermalink } = anIncidentState();
  const event: IncidentEvent = {
    type: 'incident-opened',
    incidentId,
    title,
    teamId,
    channelId,
    threadTs,
    sourcePermalink,
    startedAtMs: null,
    severity: 'sev2',
    alarmNames: [],
    resources: [],
    regions: ['eu-west-1'],
    isDrill: false,
  };
  return { ...anAppend(), events: [aRecordedEvent({ event })] };
}

export function aScheduled(changes: Partial<ScheduledWork> = {}): ScheduledWork {
  return {
    workId: 'render-1',
    dueAtMs: OPENED_AT_MS,
    work: { kind: 'render', incidentId: 'RT-1', replyUrl: null },
    ...changes,
  };
}

export function aMessage(changes: Partial<PostedMessage> = {}): PostedMessage {
  return {
    incidentId: 'RT-1',
    slot: 'root',
    channelId: 'C1',
    ts: '1700000000.000100',
    threadTs: '1700000000.000100',
    sentAtMs: OPENED_AT_MS,
    digest: 'digest-1',
    ...changes,
  };
}

export function aDocument(changes: Partial<StoredDocument> = {}): StoredDocument {
  return {
    incidentId: 'RT-1',
    ofVersion: 3,
    markdown: '# Checkout was slow',
    json: '{"title":"Checkout was slow"}',
    savedAtMs: OPENED_AT_MS,
    ...changes,
  };
}

export function anAuditEntry(changes: Partial<AuditEntry> = {}): AuditEntry {
  return {
    atMs: OPENED_AT_MS,
    userId: 'U1',
    channelId: 'C1',
    action: 'trail-lookup',
    question: 'who stopped i-0abc',
    recordCount: 3,
    outcome: 'found',
    ...changes,
  };
}

export function aDeletion(changes: Partial<DeletionRequest> = {}): DeletionRequest {
  const audit = anAuditEntry({ action: 'deletion', question: 'RT-1' });
  return { incidentId: 'RT-1', expectedVersion: 1, audit, ...changes };
}

/** Of a log of one event, to which it adds one. */
export function aRewrite(changes: Partial<RewriteRequest> = {}): RewriteRequest {
  const told = { type: 'record-redacted', reason: 'a password', places: 1 } as const;
  return {
    ...anAppend({ expectedVersion: 1, dedupeId: 'rewrite' }),
    events: [
      aRecordedEvent({ version: 1, event: aNote('rewritten-1') }),
      aRecordedEvent({ version: 2, event: told }),
    ],
    document: null,
    audit: anAuditEntry({ action: 'redaction', question: 'RT-1' }),
    ...changes,
  };
}

export function anInquiry(changes: Partial<Inquiry> = {}): Inquiry {
  return {
    inquiryId: 'e-1-u2',
    version: 1,
    eventId: 'e-1',
    personId: 'U2',
    question: 'Was this you?',
    askers: [
      {
        userId: 'U1',
        incidentId: 'RT-1',
        channelId: 'C1',
        askedAtMs: OPENED_AT_MS,
        toldAnswerAtMs: null,
      },
    ],
    statement: null,
    posted: null,
    ...changes,
  };
}

/** The one item that is due now. */
export async function claimOne(store: Store, leaseMs = 1_000): Promise<ClaimedWork> {
  const [claim] = await store.claimWork({ leaseMs, limit: 1 });
  if (claim === undefined) throw new Error('Nothing was due although the test expects an item.');
  return claim;
}
