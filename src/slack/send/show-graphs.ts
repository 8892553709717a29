import { createHash } from 'node:crypto';
import type { Alarm } from '../../domain/alarm/alarm.ts';
import { alarmKey } from '../../domain/alarm/alarm-change.ts';
import { rootHere } from '../../domain/incident/places.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { actOnIncident } from '../../flows/act-on-incident.ts';
import { type DrawDependencies, type Drawing, drawAlarm } from '../../flows/draw-alarm.ts';
import type { WorkOutcome } from '../../flows/run-work.ts';
import type { PostedMessage } from '../../ports.ts';
import type { SlackContext } from '../context.ts';
import { uploadGraph } from './upload-graph.ts';
import type { UploadPlace } from './upload-once.ts';

/** The card is on its way. If it waits for the bot to be invited, the graphs are left out. */
const NOT_YET_POSTED_DELAY_MS = 1_000;
const NOT_YET_POSTED_MAX_MS = 10_000;

export interface GraphDependencies extends SlackContext, DrawDependencies {
  readonly unknownOutcomeWaitMs?: number | undefined;
}

export interface GraphToShow {
  /** Each slot is shown once in an incident. */
  readonly slot: string;
  readonly drawing: Drawing;
}

export interface GraphsToShow {
  readonly state: IncidentState;
  /** What was shown in the incident so far. */
  readonly messages: readonly PostedMessage[];
  readonly graphs: readonly GraphToShow[];
  /** Since when they are wanted. */
  readonly wantedAtMs: number;
  /** Of the line that says which are missing and why. */
  readonly noteId: string;
}

/** Shows graphs in the thread of their incident; for those there are none of, one line says why. */
export async function showGraphs(
  deps: GraphDependencies,
  wanted: GraphsToShow,
  signal: AbortSignal,
): Promise<WorkOutcome> {
  const { state, messages, graphs } = wanted;
  const root = rootHere(messages, state);
  if (root?.threadTs == null) return withoutThread(deps, wanted);
  const { channelId, threadTs } = root;
  const place = { incidentId: state.incidentId, channelId, threadTs };
  const gaps: string[] = [];
  for (const graph of graphs) {
    const posted = messages.find(({ slot }) => slot === graph.slot);
    if (posted !== undefined && posted.ts !== null) continue;
    const outcome = await showGraph(deps, { state, place, posted }, graph, signal);
    if (outcome.kind === 'gap') gaps.push(outcome.sentence);
    else if (outcome.kind !== 'done') return outcome;
  }
  if (gaps.length > 0) await tellGaps(deps, wanted, gaps, graphs.length);
  deps.token.accepted();
  return { kind: 'done' };
}

/** The same for the same alarm, whose name may hold anything. */
export function alarmSlot(prefix: string, alarm: Alarm): string {
  return `${prefix}${createHash('sha256').update(alarmKey(alarm)).digest('hex').slice(0, 12)}`;
}

async function withoutThread(deps: GraphDependencies, wanted: GraphsToShow): Promise<WorkOutcome> {
  const waitedMs = deps.clock.nowMs() - wanted.wantedAtMs;
  if (waitedMs < NOT_YET_POSTED_MAX_MS) return { kind: 'later', delayMs: NOT_YET_POSTED_DELAY_MS };
  await tellGaps(deps, wanted, ['There was no thread yet to show them in.'], 0);
  return { kind: 'done' };
}

type Shown = WorkOutcome | { readonly kind: 'gap'; readonly sentence: string };

async function showGraph(
  deps: GraphDependencies,
  {
    state,
    place,
    posted,
  }: {
    readonly state: IncidentState;
    readonly place: UploadPlace;
    readonly posted: PostedMessage | undefined;
  },
  { slot, drawing }: GraphToShow,
  signal: AbortSignal,
): Promise<Shown> {
  return uploadGraph(deps, place, {
    slot,
    alarmName: drawing.alarm.name,
    posted,
    draw: () => drawAlarm(deps, state, drawing, signal),
  });
}

/** One line, whatever the number of reasons. */
async function tellGaps(
  deps: GraphDependencies,
  { state, noteId }: GraphsToShow,
  gaps: readonly string[],
  wanted: number,
): Promise<void> {
  const whole = wanted === 1 ? 'No graph.' : 'No graphs.';
  const some = `No graph of ${gaps.length} of the ${wanted} alarms.`;
  const [reason = ''] = gaps;
  const others = new Set(gaps).size > 1 ? ' The others have other reasons.' : '';
  const text = `${gaps.length >= wanted ? whole : some} ${reason}${others}`;
  await actOnIncident(deps, {
    incidentId: state.incidentId,
    command: { type: 'add-note', noteId, text },
    actor: { kind: 'bot' },
    dedupeId: noteId,
  });
}
