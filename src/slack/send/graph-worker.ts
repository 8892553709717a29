import { chooseAlarms } from '../../domain/graph/choose-alarms.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import type { Drawing } from '../../flows/draw-alarm.ts';
import type { WorkOutcome } from '../../flows/run-work.ts';
import type { PostedMessage, Work } from '../../ports.ts';
import { alarmSlot, type GraphDependencies, type GraphToShow, showGraphs } from './show-graphs.ts';

/** More pictures than these bury what people say. */
const LIMITS = { troubleMax: 3, afterEachMax: 2, afterMax: 6 } as const;
const SLOTS = { trouble: 'graph-', after: 'after-' } as const;

type WorkOf<K extends Work['kind']> = Extract<Work, { kind: K }>;

/** Shows the metrics of the alarms of a gathering as pictures in the thread, each once. */
export async function graphWork(
  deps: GraphDependencies,
  { incidentId, gatheringId }: WorkOf<'graph'>,
  signal: AbortSignal,
): Promise<WorkOutcome> {
  const state = await deps.store.readState(incidentId);
  const chosen = state === null ? [] : troubleGraphs(state, gatheringId, deps.clock.nowMs());
  if (state === null || state.status !== 'open' || chosen.length === 0) return { kind: 'done' };
  const messages = await deps.store.readMessages(incidentId);
  const gathering = state.gatherings.find((one) => one.gatheringId === gatheringId);
  return showGraphs(
    deps,
    {
      state,
      messages,
      graphs: withinLimit(chosen, messages),
      wantedAtMs: gathering?.finishedAtMs ?? 0,
      noteId: `no-graph-${gatheringId}`,
    },
    signal,
  );
}

/** Shows, once a solution was verified or found not to work, what became of the alarms shown before. */
export async function graphAfterWork(
  deps: GraphDependencies,
  { incidentId, verifiedAtMs }: WorkOf<'graph-after'>,
  signal: AbortSignal,
): Promise<WorkOutcome> {
  const state = await deps.store.readState(incidentId);
  if (state === null) return { kind: 'done' };
  const messages = await deps.store.readMessages(incidentId);
  const graphs = afterGraphs(state, messages, verifiedAtMs);
  if (graphs.length === 0) return { kind: 'done' };
  const noteId = `no-graph-after-${verifiedAtMs}`;
  return showGraphs(deps, { state, messages, graphs, wantedAtMs: verifiedAtMs, noteId }, signal);
}

function troubleGraphs(
  state: IncidentState,
  gatheringId: string,
  nowMs: number,
): readonly GraphToShow[] {
  return drawingsOf(state, nowMs, gatheringId)
    .map((drawing) => ({ slot: alarmSlot(SLOTS.trouble, drawing.alarm), drawing }))
    .slice(0, LIMITS.troubleMax);
}

function drawingsOf(
  { evidence }: IncidentState,
  nowMs: number,
  gatheringId: string | null,
): readonly Drawing[] {
  return evidence
    .flatMap((row) => (row.kind === 'alarms' ? [row] : []))
    .filter((row) => gatheringId === null || row.gatheringId === gatheringId)
    .flatMap(({ alarms, transitions }) => chooseAlarms(alarms, transitions, nowMs))
    .map((chosen) => ({ ...chosen, moment: 'trouble' }));
}

/** An alarm's picture is shown once in an incident, and those of earlier gatherings count. */
function withinLimit(
  chosen: readonly GraphToShow[],
  messages: readonly PostedMessage[],
): readonly GraphToShow[] {
  const slots = new Set(chosen.map(({ slot }) => slot));
  const others = messages.filter(
    ({ slot }) => slot.startsWith(SLOTS.trouble) && !slots.has(slot),
  ).length;
  return chosen.slice(0, Math.max(0, LIMITS.troubleMax - others));
}

/** Of the alarms whose trouble the thread shows, the first ones; each as it was first found. */
function afterGraphs(
  state: IncidentState,
  messages: readonly PostedMessage[],
  verifiedAtMs: number,
): readonly GraphToShow[] {
  const shown = new Set(messages.filter(({ ts }) => ts !== null).map(({ slot }) => slot));
  const suffix = `-${verifiedAtMs.toString(36)}`;
  const others = messages.filter(
    ({ slot }) => slot.startsWith(SLOTS.after) && !slot.endsWith(suffix),
  ).length;
  const graphs = new Map<string, GraphToShow>();
  for (const drawing of drawingsOf(state, verifiedAtMs, null)) {
    const slot = `${alarmSlot(SLOTS.after, drawing.alarm)}${suffix}`;
    if (!shown.has(alarmSlot(SLOTS.trouble, drawing.alarm)) || graphs.has(slot)) continue;
    graphs.set(slot, { slot, drawing: { ...drawing, moment: 'after' } });
  }
  const room = Math.max(0, LIMITS.afterMax - others);
  return [...graphs.values()].slice(0, Math.min(LIMITS.afterEachMax, room));
}
