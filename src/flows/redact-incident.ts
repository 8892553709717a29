import { decide } from '../domain/incident/decide.ts';
import type { Actor, RecordedEvent } from '../domain/incident/events.ts';
import { foldEvents, record } from '../domain/incident/record.ts';
import {
  REDACTION_CHARACTERS_MIN,
  redactRecord,
  redactText,
} from '../domain/incident/redact-record.ts';
import type { IncidentState } from '../domain/incident/state.ts';
import { AppError } from '../errors.ts';
import type { FlowDependencies, RewriteOutcome, ScheduledWork } from '../ports.ts';
import { workAfter } from './work-after.ts';

/** After this many lost races something is wrong with more than timing. */
const CONFLICTS_MAX = 8;

export interface Redaction {
  readonly incidentId: string;
  /** Exactly what has to go. It is written nowhere. */
  readonly text: string;
  readonly reason: string;
  readonly actor: Actor;
  readonly dedupeId: string;
}

export type RedactionOutcome =
  | { readonly kind: 'redacted'; readonly places: number; readonly state: IncidentState }
  | { readonly kind: 'rejected'; readonly sentence: string };

type Attempt = RedactionOutcome | Extract<RewriteOutcome, { kind: 'conflict' | 'duplicate' }>;

/** Takes a text out of all that is kept of an incident, and says on the record that it did. */
export async function redactIncident(
  deps: FlowDependencies,
  redaction: Redaction,
): Promise<RedactionOutcome> {
  if (redaction.text.length < REDACTION_CHARACTERS_MIN) {
    return rejected(`The text must have at least ${REDACTION_CHARACTERS_MIN} characters.`);
  }
  for (let conflicts = 0; conflicts < CONFLICTS_MAX; conflicts += 1) {
    // It is written anew from its events, so they must be whole: what a newer version wrote is refused here.
    await deps.store.readState(redaction.incidentId);
    const events = await deps.store.readEvents(redaction.incidentId);
    const attempt = await rewrite(deps, redaction, events);
    if (attempt.kind === 'duplicate') return repeated(events);
    if (attempt.kind === 'conflict') continue;
    deps.wakeWorkers();
    return attempt;
  }
  throw new AppError(
    'store-unavailable',
    'Too many people acted on this incident at once, and nothing was taken out. Try again.',
  );
}

async function rewrite(
  { store, clock }: FlowDependencies,
  { incidentId, text, actor, dedupeId, ...said }: Redaction,
  events: readonly RecordedEvent[],
): Promise<Attempt> {
  const nowMs = clock.nowMs();
  const before = foldEvents(events);
  const { events: rewritten, places } = redactRecord(events, text);
  const reason = redactText(said.reason, text);
  const command = { type: 'redact-record', reason, places } as const;
  const decision = decide(before, command, actor, nowMs);
  if (decision.kind === 'rejected') {
    const isDone = events.some(({ event }) => event.type === 'record-redacted');
    return rejected(isDone ? `${decision.sentence} ${ALREADY}` : decision.sentence);
  }
  const fromVersion = before?.version ?? 0;
  const userId = actor.kind === 'person' ? actor.userId : null;
  const added = record(decision.events, { fromVersion, atMs: nowMs, actor });
  const state = foldEvents([...rewritten, ...added]);
  if (state === null) throw new AppError('internal', 'A redaction without an incident.');
  const outcome = await store.rewriteIncident({
    incidentId,
    expectedVersion: fromVersion,
    dedupeId,
    events: [...rewritten, ...added],
    state,
    document: null,
    work: [
      ...workOf(decision.events, state, nowMs),
      withdrawWork({ incidentId, redactedVersion: state.version, userId }, nowMs),
    ],
    audit: {
      atMs: nowMs,
      userId: userId ?? 'operator',
      channelId: state.channelId,
      action: 'redaction',
      question: incidentId,
      recordCount: places,
      outcome: 'redacted',
    },
  });
  if (outcome.kind === 'unreadable') return rejected(PART_OF_THE_RECORD);
  return outcome.kind === 'appended' ? { kind: 'redacted', places, state } : outcome;
}

const ALREADY = 'Some text was taken out of it before; perhaps it was this.';
const PART_OF_THE_RECORD =
  'This is also a word that the record itself is made of, such as the name of a state. Nothing was taken out. Give a longer piece of the text.';

/** Slack delivered the same form twice. */
function repeated(events: readonly RecordedEvent[]): RedactionOutcome {
  const told = events.findLast(({ event }) => event.type === 'record-redacted')?.event;
  const state = foldEvents(events);
  if (state === null) return rejected('There is no such incident any more.');
  return { kind: 'redacted', places: told?.type === 'record-redacted' ? told.places : 0, state };
}

function workOf(
  events: Parameters<typeof workAfter>[0],
  { incidentId, status }: IncidentState,
  nowMs: number,
): readonly ScheduledWork[] {
  return workAfter(events, { incidentId, nowMs, by: 'person', status, replyUrl: null });
}

/** Deletes the documents that tell the record as it was before it was redacted. */
export function withdrawWork(
  redaction: {
    readonly incidentId: string;
    readonly redactedVersion: number;
    /** Whom to tell what could not be deleted. */
    readonly userId: string | null;
  },
  nowMs: number,
): ScheduledWork {
  const { incidentId, redactedVersion, userId } = redaction;
  const untilVersion = redactedVersion - 1;
  const work = { kind: 'withdraw-documents', incidentId, untilVersion, userId } as const;
  return { workId: `withdraw-${incidentId}-${untilVersion}`, dueAtMs: nowMs, work };
}

function rejected(sentence: string): Extract<RedactionOutcome, { kind: 'rejected' }> {
  return { kind: 'rejected', sentence };
}
