import type { AlarmChange } from '../alarm/alarm-change.ts';
import type { Decision } from './commands.ts';
import { accept, type CommandOf, rejectTexts } from './decision.ts';
import type { IncidentEvent } from './events.ts';

const GATHERING_LEAD_MS = 60 * 60_000;

/**
 * The window of the first gathering: an hour before the problem began (what caused it came
 * earlier) up to now. A start that is unknown or still to come counts as now.
 */
export function firstGatheringWindow(
  startedAtMs: number | null,
  nowMs: number,
): { readonly fromMs: number; readonly toMs: number } {
  return { fromMs: Math.min(startedAtMs ?? nowMs, nowMs) - GATHERING_LEAD_MS, toMs: nowMs };
}

function proposedBy(change: AlarmChange): readonly IncidentEvent[] {
  return [{ type: 'incident-proposed' }, { type: 'alarm-changed', change, mergedFrom: null }];
}

export function openIncident(command: CommandOf<'open-incident'>, nowMs: number): Decision {
  const { type: _type, gatheringId, alarm, playbook = null, isDrill = false, ...facts } = command;
  return (
    rejectTexts(command) ??
    accept(
      { type: 'incident-opened', ...facts, isDrill },
      ...(alarm === undefined ? [] : proposedBy(alarm)),
      ...(playbook === null ? [] : [{ type: 'playbook-chosen' as const, ...playbook }]),
      { type: 'step-entered', step: 'identify', reason: null },
      {
        type: 'gathering-requested',
        gatheringId,
        ...firstGatheringWindow(facts.startedAtMs, nowMs),
      },
    )
  );
}
