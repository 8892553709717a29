import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Clock, Store } from '../ports.ts';
import type { Health } from './health.ts';
import type { Metrics } from './metrics.ts';

const INCIDENTS_MAX = 1_000;
/** Listing many open incidents is work: it is not done for every look. */
const INCIDENTS_FRESH_MS = 15_000;

export interface GaugeParts {
  readonly metrics: Metrics;
  readonly store: Pick<Store, 'workCounts' | 'listIncidents'>;
  readonly health: Pick<Health, 'check'>;
  readonly clock: Clock;
  /** Null: there are none in HTTP mode. */
  readonly socketCount: () => number | null;
  readonly version: string;
}

/** What is looked up when somebody asks for the metrics; what cannot be is left out. */
export function createGaugeSampler(parts: GaugeParts): {
  sample(): Promise<void>;
  stop(): void;
} {
  const { metrics, health, version } = parts;
  const loopDelay = monitorEventLoopDelay({ resolution: 20 });
  loopDelay.enable();
  metrics.set('redthread_build_info', { version, node: process.versions.node }, 1);
  metrics.set('process_start_time_seconds', {}, (Date.now() - process.uptime() * 1_000) / 1_000);
  const countOpen = createOpenCounter(parts);
  const sample = async (): Promise<void> => {
    const { user, system } = process.cpuUsage();
    metrics.setTotal('process_cpu_seconds_total', {}, (user + system) / 1_000_000);
    metrics.set('process_resident_memory_bytes', {}, process.memoryUsage.rss());
    metrics.set('nodejs_eventloop_lag_p99_seconds', {}, loopDelay.percentile(99) / 1e9);
    loopDelay.reset();
    const sockets = parts.socketCount();
    if (sockets !== null) metrics.set('redthread_slack_sockets', {}, sockets);
    const state = await health.check();
    metrics.set('redthread_ready', {}, Number(state.ready));
    metrics.set('redthread_store_up', {}, Number(state.store));
    await Promise.all([sampleWork(parts), countOpen()]);
  };
  return { sample, stop: () => loopDelay.disable() };
}

async function sampleWork({ metrics, store, clock }: GaugeParts): Promise<void> {
  try {
    const { pending, dead, nextDueAtMs } = await store.workCounts();
    const lagMs = nextDueAtMs === null ? 0 : Math.max(0, clock.nowMs() - nextDueAtMs);
    metrics.set('redthread_work_pending', {}, pending);
    metrics.set('redthread_work_dead', {}, dead);
    metrics.set('redthread_work_lag_seconds', {}, lagMs / 1_000);
  } catch {
    metrics.forget('redthread_work_pending');
    metrics.forget('redthread_work_dead');
    metrics.forget('redthread_work_lag_seconds');
  }
}

function createOpenCounter({ metrics, store }: GaugeParts): () => Promise<void> {
  let askedAtMs = Number.NEGATIVE_INFINITY;
  return async () => {
    if (performance.now() - askedAtMs < INCIDENTS_FRESH_MS) return;
    try {
      const open = await store.listIncidents({ status: 'open', limit: INCIDENTS_MAX });
      metrics.set('redthread_incidents_open', {}, open.length);
      askedAtMs = performance.now();
    } catch {
      metrics.forget('redthread_incidents_open');
    }
  };
}
