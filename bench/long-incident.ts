import { renderIncident } from '../src/slack/blocks/render-incident.ts';
import { stateOf } from '../test/support/incident-builders.ts';
import { aLongLog } from '../test/support/long-incident.ts';
import { type BenchRow, inMs, quantile } from './statistics.ts';

const EVENT_COUNTS = [475, 950, 1_900];
const RUNS = 15;

/** What each tap in an incident costs the worker that shows it: all of its messages, anew. */
export async function longIncident(): Promise<readonly BenchRow[]> {
  const times = EVENT_COUNTS.map((count) => medianMs(count));
  const ratios = times.slice(1).map((ms, index) => (ms / (times[index] ?? ms)).toFixed(1));
  return [
    {
      what: `Rendering an incident of ${EVENT_COUNTS.join(', ')} events`,
      figures: `median ${times.map(inMs).join(', ')} (n ${RUNS} each); twice the events take ${ratios.join(' and ')} times as long`,
    },
  ];
}

function medianMs(count: number): number {
  const events = aLongLog(count);
  const state = stateOf(events);
  const render = () => {
    const fromMs = performance.now();
    renderIncident({ state, events, nowMs: 0 });
    return performance.now() - fromMs;
  };
  return quantile(Array.from({ length: RUNS }, render), 0.5);
}
