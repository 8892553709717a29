import { decide } from '../domain/incident/decide.ts';
import { firstGatheringWindow } from '../domain/incident/decide-opening.ts';
import { type IncidentAlarm, isCleared } from '../domain/incident/incident-alarms.ts';
import type { IncidentState } from '../domain/incident/state.ts';
import type { FlowDependencies } from '../ports.ts';
import { actOnIncident } from './act-on-incident.ts';

export type MergeOutcome =
  | { readonly kind: 'merged' }
  | { readonly kind: 'rejected'; readonly sentence: string };

interface Merge {
  readonly incidentId: string;
  readonly intoId: string;
  readonly userId: string;
}

/**
 * Makes what an alarm opened part of another open incident. The alarm joins that one first: after
 * a crash in between, merging again finds it there and ends what is left.
 */
export async function mergeIncident(
  deps: FlowDependencies,
  merge: Merge & { readonly dedupeId: string },
): Promise<MergeOutcome> {
  const { incidentId, intoId, userId } = merge;
  const actor = { kind: 'person', userId } as const;
  const command = { type: 'merge-incident', intoId } as const;
  const source = await deps.store.readState(incidentId);
  const target = await deps.store.readState(intoId);
  const decision = decide(source, command, actor, deps.clock.nowMs());
  if (decision.kind === 'rejected') return decision;
  const sentence = source === null ? 'I do not know this incident.' : refusal(source, target);
  if (source === null || target === null || sentence !== null) {
    return { kind: 'rejected', sentence: sentence ?? UNKNOWN_TARGET };
  }
  for (const [index, alarm] of source.alarms.entries()) {
    const outcome = await join(deps, merge, target, alarm, index);
    if (outcome !== null) return outcome;
  }
  const { dedupeId } = merge;
  const outcome = await actOnIncident(deps, { incidentId, command, actor, dedupeId });
  return outcome.kind === 'rejected' ? outcome : { kind: 'merged' };
}

const UNKNOWN_TARGET = 'I do not know the incident to merge into. Choose another one.';

function refusal(source: IncidentState, target: IncidentState | null): string | null {
  if (target === null || target.channelId !== source.channelId) return UNKNOWN_TARGET;
  return target.status === 'open'
    ? null
    : `${target.incidentId} is closed by now. Choose another one, or accept this one.`;
}

/** Null when the alarm is part of the target, with evidence on its way. */
async function join(
  deps: FlowDependencies,
  { incidentId, intoId, userId }: Merge,
  target: IncidentState,
  alarm: IncidentAlarm,
  index: number,
): Promise<MergeOutcome | null> {
  const { firing, clearedAtMs } = alarm;
  const since = Math.min(target.startedAtMs ?? firing.atMs, firing.breachedFromMs ?? firing.atMs);
  const window = firstGatheringWindow(since, deps.clock.nowMs());
  const isOver = isCleared(alarm) && clearedAtMs !== null;
  const changes = [
    firing,
    ...(isOver ? [{ ...firing, to: 'OK' as const, atMs: clearedAtMs }] : []),
  ];
  for (const change of changes) {
    const isFirst = index === 0 && change === firing;
    const outcome = await actOnIncident(deps, {
      incidentId: intoId,
      command: {
        type: 'record-alarm',
        change,
        mergedFrom: change === firing ? incidentId : null,
        gatheringId: isFirst ? `${intoId.toLowerCase()}-with-${incidentId.toLowerCase()}` : null,
        gatherWindow: window,
      },
      actor: { kind: 'person', userId },
      dedupeId: `merge:${incidentId}:${intoId}:${index}:${change.to}:${change.atMs}`,
    });
    if (outcome.kind === 'rejected') return { kind: 'rejected', sentence: outcome.sentence };
  }
  return null;
}
