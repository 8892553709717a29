import { createHash } from 'node:crypto';
import type { Alarm } from '../../domain/alarm/alarm.ts';
import { type AlarmToDraw, chooseAlarms } from '../../domain/graph/choose-alarms.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { actOnIncident } from '../../flows/act-on-incident.ts';
import { type DrawDependencies, drawAlarm } from '../../flows/draw-alarm.ts';
import type { WorkOutcome } from '../../flows/run-work.ts';
import type { PostedMessage, Work } from '../../ports.ts';
import type { SlackContext } from '../context.ts';
import { type UploadPlace, uploadGraph } from './upload-graph.ts';

/** More pictures than this bury what people say. */
const GRAPHS_MAX = 3;
/** The card is on its way. If it waits for the bot to be invited, the graphs are left out. */
const NOT_YET_POSTED_DELAY_MS = 1_000;
const NOT_YET_POSTED_MAX_MS = 10_000;
const SLOT = 'graph-';

export interface GraphDependencies extends SlackContext, DrawDependencies {
  readonly unknownOutcomeWaitMs?: number | undefined;
}

type GraphWork = Extract<Work, { kind: 'graph' }>;

/** Shows the metrics of the alarms of a gathering as pictures in the thread, each once. */
export async function graphWork(
  deps: GraphDependencies,
  work: GraphWork,
  signal: AbortSignal,
): Promise<WorkOutcome> {
  const state = await deps.store.readState(work.incidentId);
  const chosen = state === null ? [] : chosenAlarms(deps, state, work);
  if (state === null || state.status !== 'open' || chosen.length === 0) return { kind: 'done' };
  const messages = await deps.store.readMessages(work.incidentId);
  const root = messages.find(({ slot }) => slot === 'root');
  if (root?.threadTs == null) return withoutThread(deps, state, work);
  const place = {
    incidentId: state.incidentId,
    channelId: root.channelId,
    threadTs: root.threadTs,
  };
  const gaps: string[] = [];
  const shown = new Map(messages.map((message) => [message.slot, message]));
  const toDraw = withinLimit(chosen, shown);
  for (const one of toDraw) {
    const posted = shown.get(slotOf(one.alarm));
    if (posted !== undefined && posted.ts !== null) continue;
    const outcome = await showAlarm(deps, { state, place, posted }, one, signal);
    if (outcome.kind === 'gap') gaps.push(outcome.sentence);
    else if (outcome.kind !== 'done') return outcome;
  }
  if (gaps.length > 0) await tellGaps(deps, work, gaps, toDraw.length);
  deps.token.accepted();
  return { kind: 'done' };
}

async function withoutThread(
  deps: GraphDependencies,
  { gatherings }: IncidentState,
  work: GraphWork,
): Promise<WorkOutcome> {
  const gathering = gatherings.find(({ gatheringId }) => gatheringId === work.gatheringId);
  const waitedMs = deps.clock.nowMs() - (gathering?.finishedAtMs ?? 0);
  if (waitedMs < NOT_YET_POSTED_MAX_MS) return { kind: 'later', delayMs: NOT_YET_POSTED_DELAY_MS };
  await tellGaps(deps, work, ['There was no thread yet to show them in.'], 0);
  return { kind: 'done' };
}

function chosenAlarms(
  deps: GraphDependencies,
  { evidence }: IncidentState,
  { gatheringId }: GraphWork,
): readonly AlarmToDraw[] {
  return evidence
    .filter((row) => row.kind === 'alarms' && row.gatheringId === gatheringId)
    .flatMap((row) =>
      row.kind === 'alarms' ? chooseAlarms(row.alarms, row.transitions, deps.clock.nowMs()) : [],
    )
    .slice(0, GRAPHS_MAX);
}

/** An alarm's picture is shown once in an incident, and those of earlier gatherings count. */
function withinLimit(
  chosen: readonly AlarmToDraw[],
  shown: ReadonlyMap<string, PostedMessage>,
): readonly AlarmToDraw[] {
  const slots = new Set(chosen.map(({ alarm }) => slotOf(alarm)));
  const others = [...shown.keys()].filter((slot) => slot.startsWith(SLOT) && !slots.has(slot));
  return chosen.slice(0, Math.max(0, GRAPHS_MAX - others.length));
}

/** Always the same for the same alarm; its name may hold anything. */
function slotOf({ accountId, region, name }: Alarm): string {
  const identity = JSON.stringify([accountId, region, name]);
  return `${SLOT}${createHash('sha256').update(identity).digest('hex').slice(0, 12)}`;
}

type Shown = WorkOutcome | { readonly kind: 'gap'; readonly sentence: string };

async function showAlarm(
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
  one: AlarmToDraw,
  signal: AbortSignal,
): Promise<Shown> {
  return uploadGraph(deps, place, {
    slot: slotOf(one.alarm),
    alarmName: one.alarm.name,
    posted,
    draw: () => drawAlarm(deps, state, one, signal),
  });
}

/** One line, whatever the number of reasons; asking again for evidence tries again. */
async function tellGaps(
  deps: GraphDependencies,
  { incidentId, gatheringId }: GraphWork,
  gaps: readonly string[],
  wanted: number,
): Promise<void> {
  const noteId = `no-graph-${gatheringId}`;
  const whole = wanted === 1 ? 'No graph.' : 'No graphs.';
  const some = `No graph of ${gaps.length} of the ${wanted} alarms.`;
  const [reason = ''] = gaps;
  const others = new Set(gaps).size > 1 ? ' The others have other reasons.' : '';
  const text = `${gaps.length >= wanted ? whole : some} ${reason}${others}`;
  await actOnIncident(deps, {
    incidentId,
    command: { type: 'add-note', noteId, text },
    actor: { kind: 'bot' },
    dedupeId: noteId,
  });
}
