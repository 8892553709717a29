import { isAnswered } from '../domain/coverage.ts';
import { buildGraph, rangeWords } from '../domain/graph/build-graph.ts';
import type { AlarmToDraw } from '../domain/graph/choose-alarms.ts';
import { graphWindow } from '../domain/graph/graph-window.ts';
import type { IncidentState } from '../domain/incident/state.ts';
import type {
  AwsTarget,
  FlowDependencies,
  GraphPainter,
  MetricReading,
  MetricRequest,
  MetricSource,
  TrailScope,
} from '../ports.ts';
import { askerOf } from './gathering.ts';

/** Nobody looks at a graph that comes later than this. */
const READING_MAX_MS = 30_000;

export interface DrawDependencies extends FlowDependencies {
  readonly metrics: MetricSource;
  readonly painter: GraphPainter;
  scopeOf(channelId: string): TrailScope;
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
  { alarm, onsetMs }: AlarmToDraw,
  signal: AbortSignal,
): Promise<DrawnAlarm> {
  const { drawable: metric } = alarm;
  if (alarm.kind === 'composite') return gap('A composite alarm has no metric of its own.');
  if (metric === null) return gap('The alarm watches a query, not one metric.');
  const target = targetOf(deps.scopeOf(state.channelId), alarm);
  if (target === null) return gap(`This channel does not ask about ${alarm.region} there.`);
  const window = graphWindow(onsetMs, metric.periodSeconds * 1_000, deps.clock.nowMs());
  const asker = { userId: askerOf(state), urgency: 'waiting' } as const;
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(READING_MAX_MS)]);
  const request = { target, asker, metric, ...window };
  const reading = await deps.metrics.readMetric(request, inTime);
  signal.throwIfAborted();
  await audit(deps, state, request, reading);
  if (!isAnswered(reading)) return gap(reading.explanation ?? 'AWS did not answer.');
  if (reading.points.length === 0) {
    return gap(`CloudWatch has no datapoints in ${alarm.region} ${rangeWords(window)}.`);
  }
  const { graph, sentences } = buildGraph({ alarm, metric, onsetMs, window, ...reading });
  try {
    const png = await deps.painter.paint(graph);
    const cut = reading.truncated ? ` ${reading.explanation ?? ''}` : '';
    return { kind: 'drawn', png, metricName: metric.name, sentences: `${sentences}${cut}` };
  } catch (error) {
    deps.log.error('a graph could not be drawn', error, { incidentId: state.incidentId });
    return gap('The bot met an error of its own while drawing; it is in the log.');
  }
}

function gap(sentence: string): DrawnAlarm {
  return { kind: 'gap', sentence };
}

/** Where the alarm was found; the bot's own account has no number in its configuration. */
function targetOf(
  { targets }: TrailScope,
  alarm: { readonly accountId: string | null; readonly region: string },
): AwsTarget | null {
  const inRegion = targets.filter(({ region }) => region === alarm.region);
  return (
    inRegion.find(({ accountId }) => accountId === alarm.accountId) ??
    inRegion.find(({ accountId }) => accountId === null) ??
    null
  );
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
