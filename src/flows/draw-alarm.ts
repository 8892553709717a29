import { isAnswered } from '../domain/coverage.ts';
import { buildGraph, type DescribedGraph } from '../domain/graph/build-graph.ts';
import { changeMoments } from '../domain/graph/change-moments.ts';
import type { AlarmToDraw } from '../domain/graph/choose-alarms.ts';
import { rangeWords } from '../domain/graph/graph-times.ts';
import { type GraphWindow, graphWindow, windowAfter } from '../domain/graph/graph-window.ts';
import type { IncidentState } from '../domain/incident/state.ts';
import type {
  FlowDependencies,
  GraphPainter,
  MetricReading,
  MetricRequest,
  MetricSource,
  PictureSource,
  TrailScope,
} from '../ports.ts';
import { askerOf } from './gathering.ts';
import { targetOfPlace } from './scope.ts';

/** Nobody looks at a graph that comes later than this. */
const READING_MAX_MS = 30_000;

export interface DrawDependencies extends FlowDependencies {
  readonly metrics: MetricSource;
  readonly pictures: PictureSource;
  readonly painter: GraphPainter;
  scopeOf(channelId: string): TrailScope;
}

/** `trouble`: how it began. `after`: from shortly before that to now, solution included. */
export interface Drawing extends AlarmToDraw {
  readonly moment: 'trouble' | 'after';
}

export type DrawnAlarm =
  | {
      readonly kind: 'drawn';
      readonly png: Uint8Array;
      /** CloudWatch's name, which is not ours to put into a sentence. */
      readonly metricName: string;
      /** What the picture shows, for who cannot see it. */
      readonly sentences: string;
    }
  /** There is no picture, and a sentence of ours says why. */
  | { readonly kind: 'gap'; readonly sentence: string };

/** Reads the alarm's metric around its onset and draws it. Rejects only when told to stop. */
export async function drawAlarm(
  deps: DrawDependencies,
  state: IncidentState,
  drawing: Drawing,
  signal: AbortSignal,
): Promise<DrawnAlarm> {
  const { alarm, onsetMs } = drawing;
  const { drawable: metric } = alarm;
  if (alarm.kind === 'composite') return gap('A composite alarm has no metric of its own.');
  if (metric === null) return gap('The alarm watches a query, not one metric.');
  const target = targetOfPlace(deps.scopeOf(state.channelId), alarm);
  if (target === null) return gap(`This channel does not ask about ${alarm.region} there.`);
  const window = windowOf(drawing, metric.periodSeconds * 1_000, state, deps.clock.nowMs());
  const asker = { userId: askerOf(state), urgency: 'waiting' } as const;
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(READING_MAX_MS)]);
  const request = { target, asker, metric, ...window };
  const reading = await deps.metrics.readMetric(request, inTime);
  signal.throwIfAborted();
  await audit(deps, state, request, reading);
  if (isAnswered(reading) && reading.points.length === 0) {
    return gap(`CloudWatch has no datapoints in ${alarm.region} ${rangeWords(window)}.`);
  }
  const { points } = reading;
  const changes = changeMoments(state.hypotheses);
  const solutionAtMs = implementedAtMs(state);
  const built = buildGraph({ alarm, metric, onsetMs, window, points, changes, solutionAtMs });
  const png = await paint(deps, request, reading, built, inTime);
  signal.throwIfAborted();
  if (!(png instanceof Uint8Array)) return png;
  const when = drawing.moment === 'after' ? 'as it stands at verification. ' : '';
  const sentences = `${when}${wordsOf(built, reading)}`;
  return { kind: 'drawn', png, metricName: metric.name, sentences };
}

function windowOf(
  { moment, onsetMs }: Drawing,
  periodMs: number,
  { hypotheses }: IncidentState,
  nowMs: number,
): GraphWindow {
  if (moment === 'after') return windowAfter(onsetMs, periodMs, nowMs);
  const changesAtMs = changeMoments(hypotheses).map(({ atMs }) => atMs);
  return graphWindow(onsetMs, periodMs, nowMs, changesAtMs);
}

/** Of the newest solution that is in place. */
function implementedAtMs({ plans }: IncidentState): number | null {
  return plans.findLast(({ status }) => status === 'implemented')?.implementedAtMs ?? null;
}

/**
 * AWS's own picture first: it is what people know from the console, and it is there where the
 * datapoints are not ours to read. Otherwise what was read for the words is drawn here.
 */
async function paint(
  deps: DrawDependencies,
  { target, asker, metric }: MetricRequest,
  reading: MetricReading,
  { graph }: DescribedGraph,
  signal: AbortSignal,
): Promise<Uint8Array | Extract<DrawnAlarm, { kind: 'gap' }>> {
  const theirs = await deps.pictures.drawMetric({ target, asker, metric, graph }, signal);
  if (theirs.kind === 'picture') return theirs.png;
  if (reading.points.length === 0) return gap(reading.explanation ?? 'AWS did not answer.');
  try {
    return await deps.painter.paint(graph);
  } catch (error) {
    deps.log.error('a graph could not be drawn', error, { region: target.region });
    return gap('The bot met an error of its own while drawing; it is in the log.');
  }
}

function wordsOf({ sentences }: DescribedGraph, reading: MetricReading): string {
  const { points, truncated, explanation } = reading;
  if (points.length > 0) return truncated ? `${sentences} ${explanation ?? ''}` : sentences;
  return `${sentences} Its datapoints could not be read to say more: ${explanation ?? 'AWS did not answer.'}`;
}

function gap(sentence: string): Extract<DrawnAlarm, { kind: 'gap' }> {
  return { kind: 'gap', sentence };
}

async function audit(
  deps: DrawDependencies,
  state: IncidentState,
  { asker, target }: MetricRequest,
  reading: MetricReading,
): Promise<void> {
  await deps.store.recordAudit({
    atMs: deps.clock.nowMs(),
    userId: asker.userId ?? 'bot',
    channelId: state.channelId,
    action: 'gathering',
    question: `an alarm's metric for ${state.incidentId} in ${target.region}`,
    recordCount: reading.points.length,
    outcome: isAnswered(reading) ? 'complete' : `incomplete: ${reading.outcome}`,
  });
}
