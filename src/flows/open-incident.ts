import { decide } from '../domain/incident/decide.ts';
import type { Actor, Severity } from '../domain/incident/events.ts';
import { foldEvents, record } from '../domain/incident/record.ts';
import type { IncidentState } from '../domain/incident/state.ts';
import { AppError } from '../errors.ts';
import type { FlowDependencies } from '../ports.ts';
import { workAfter } from './work-after.ts';

/** Ids are short, so one may be taken; eight in a row are not. */
const SALTS_MAX = 8;

export interface OpenInput {
  readonly title: string;
  readonly teamId: string;
  readonly channelId: string;
  readonly threadTs: string | null;
  readonly sourcePermalink: string | null;
  readonly startedAtMs: number | null;
  readonly severity: Severity;
  readonly alarmNames: readonly string[];
  readonly resources: readonly string[];
  readonly regions: readonly string[];
  readonly actor: Actor;
  readonly dedupeId: string;
  /** Where to tell the person when nothing can be posted in the channel. */
  readonly replyUrl: string | null;
}

export type OpenOutcome =
  | { readonly kind: 'opened'; readonly state: IncidentState }
  | { readonly kind: 'rejected'; readonly sentence: string };

/** Opens exactly one incident for one input, however often Slack delivers it. */
export async function openIncident(deps: FlowDependencies, input: OpenInput): Promise<OpenOutcome> {
  for (let salt = 0; salt < SALTS_MAX; salt += 1) {
    const incidentId = deps.ids.incidentId(input.dedupeId, salt);
    const outcome = await openAs(deps, input, incidentId);
    if (outcome !== 'taken') return outcome;
  }
  throw new AppError('internal', 'No free incident id was found. Try again.');
}

async function openAs(
  deps: FlowDependencies,
  input: OpenInput,
  incidentId: string,
): Promise<OpenOutcome | 'taken'> {
  const nowMs = deps.clock.nowMs();
  const { actor, dedupeId, replyUrl, ...facts } = input;
  const command = {
    ...facts,
    type: 'open-incident' as const,
    incidentId,
    gatheringId: `${incidentId.toLowerCase()}-g1`,
  };
  const decision = decide(null, command, actor, nowMs);
  if (decision.kind === 'rejected') return { kind: 'rejected', sentence: decision.sentence };
  const events = record(decision.events, { fromVersion: 0, atMs: nowMs, actor });
  const state = foldEvents(events, null);
  if (state === null) throw new AppError('internal', 'Opening left no incident.');
  const appended = await deps.store.append({
    incidentId,
    expectedVersion: 0,
    dedupeId,
    events,
    state,
    work: workAfter(decision.events, { incidentId, nowMs, by: 'person', replyUrl }),
  });
  switch (appended.kind) {
    case 'appended':
      deps.wakeWorkers();
      return { kind: 'opened', state };
    case 'duplicate':
      return openedBefore(deps, input, incidentId);
    case 'conflict':
      return 'taken';
  }
}

/** The same input was recorded before; with a salted id when this one belongs to somebody else. */
async function openedBefore(
  deps: FlowDependencies,
  input: OpenInput,
  incidentId: string,
): Promise<OpenOutcome | 'taken'> {
  const state = await deps.store.readState(incidentId);
  if (state === null || state.channelId !== input.channelId) return 'taken';
  return { kind: 'opened', state };
}
