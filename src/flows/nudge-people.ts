import { type NudgeSettings, nextNudge } from '../domain/incident/nudging.ts';
import type { IncidentState } from '../domain/incident/state.ts';
import type { FlowDependencies, People } from '../ports.ts';
import { actOnIncident } from './act-on-incident.ts';
import { askerOf } from './gathering.ts';
import type { WorkOutcome } from './run-work.ts';

/** Where nobody reacts to a reminder, the thread is looked at less often. */
const WAITING_FACTOR = 6;

export interface NudgeDependencies extends FlowDependencies {
  readonly people: People;
  readonly nudges: NudgeSettings;
  /** How late may be noticed that an incident became urgent, or lost its owner. */
  readonly nudgeEveryMs: number;
  /** When a person last wrote in the thread, later than `sinceMs`; null: nobody did, or it cannot be known. */
  talkedSince(state: IncidentState, sinceMs: number): Promise<number | null>;
}

/**
 * Reminds people once when nobody does anything, and looks again as long as the incident is open.
 * What they say in the thread counts as well as what they put on the record.
 */
export async function nudgePeople(
  deps: NudgeDependencies,
  incidentId: string,
): Promise<WorkOutcome> {
  const state = await deps.store.readState(incidentId);
  if (state === null || state.status !== 'open' || state.nudging.isStopped) return { kind: 'done' };
  const nowMs = deps.clock.nowMs();
  const timeZone = await timeZoneOf(deps, state);
  const { activeAtMs, sentAtMs } = state.nudging;
  const known = nextNudge(state, { nowMs, timeZone, talkedAtMs: null }, deps.nudges);
  const isWaiting = known === null && sentAtMs !== null;
  if (!isWaiting && (known === null || known.atMs > nowMs)) return later(deps, known?.atMs ?? null);
  const talkedAtMs = await deps.talkedSince(state, Math.max(activeAtMs, sentAtMs ?? 0));
  const next = nextNudge(state, { nowMs, timeZone, talkedAtMs }, deps.nudges);
  if (next === null) {
    return { kind: 'later', delayMs: deps.nudgeEveryMs * WAITING_FACTOR };
  }
  if (next.atMs > nowMs) return later(deps, next.atMs);
  await actOnIncident(deps, {
    incidentId,
    command: { type: 'send-nudge', why: next.why, talkedAtMs },
    actor: { kind: 'bot' },
    dedupeId: `nudge:${incidentId}:${state.version}:${talkedAtMs ?? 0}`,
  });
  return later(deps, null);
}

async function timeZoneOf({ people }: NudgeDependencies, state: IncidentState): Promise<string> {
  const userId = askerOf(state);
  return userId === null ? 'UTC' : (await people.describe(userId)).timeZone;
}

function later({ clock, nudgeEveryMs }: NudgeDependencies, atMs: number | null): WorkOutcome {
  const waitMs = atMs === null ? nudgeEveryMs : Math.max(0, atMs - clock.nowMs());
  return { kind: 'later', delayMs: Math.min(waitMs, nudgeEveryMs) };
}
