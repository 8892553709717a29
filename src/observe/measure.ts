import { isAppError } from '../errors.ts';
import type {
  AwsCallWatch,
  InteractionReport,
  SlackCallReport,
  Store,
  WorkKind,
} from '../ports.ts';
import type { Metrics } from './metrics.ts';

type Method = (...values: readonly unknown[]) => Promise<unknown>;

/** Does not count: it would count itself. */
const SILENT: ReadonlySet<string> = new Set(['close']);

/** The same store, each request timed. `onNewer`: a request met what only a newer version can read. */
export function measureStore(
  store: Store,
  metrics: Metrics,
  onNewer: () => void = () => undefined,
): Store {
  const measured = Object.entries(store).map(([operation, method]: [string, Method]) => [
    operation,
    SILENT.has(operation) ? method : timed(method, operation, { metrics, onNewer }),
  ]);
  return Object.fromEntries(measured) as Store;
}

function timed(
  method: Method,
  operation: string,
  { metrics, onNewer }: { readonly metrics: Metrics; readonly onNewer: () => void },
): Method {
  return async (...values) => {
    const seconds = stopwatch();
    try {
      return await method(...values);
    } catch (error) {
      const code = isAppError(error) ? error.code : 'internal';
      metrics.count('redthread_store_errors_total', { operation, code });
      if (code === 'store-newer') onNewer();
      throw error;
    } finally {
      metrics.observe('redthread_store_seconds', { operation }, seconds());
    }
  };
}

type Handler = (work: never, signal: AbortSignal) => Promise<{ readonly kind: string }>;

/** The same handlers, each run timed and counted by how it ended. */
export function measureWork<Handlers extends Readonly<Record<WorkKind, Handler>>>(
  handlers: Handlers,
  metrics: Metrics,
): Handlers {
  const measured = Object.entries(handlers).map(([kind, handle]: [string, Handler]) => {
    const run: Handler = async (work, signal) => {
      const seconds = stopwatch();
      let outcome = 'failed';
      try {
        const ended = await handle(work, signal);
        outcome = ended.kind;
        return ended;
      } finally {
        metrics.count('redthread_work_total', { kind, outcome });
        metrics.observe('redthread_work_seconds', { kind }, seconds());
      }
    };
    return [kind, run];
  });
  return Object.fromEntries(measured) as Handlers;
}

export function watchAwsCalls(metrics: Metrics): AwsCallWatch {
  return {
    called: ({ service, operation, outcome, seconds }) => {
      metrics.count('redthread_aws_calls_total', { service, operation, outcome });
      metrics.observe('redthread_aws_call_seconds', { service, operation }, seconds);
    },
    throttled: (at) => metrics.count('redthread_aws_throttles_total', at),
  };
}

export function countSlackCalls(metrics: Metrics): (report: SlackCallReport) => void {
  return ({ method, outcome, seconds }) => {
    metrics.count('redthread_slack_calls_total', { method, outcome });
    metrics.observe('redthread_slack_call_seconds', { method }, seconds);
  };
}

export function countInteractions(metrics: Metrics): (report: InteractionReport) => void {
  return ({ kind, outcome, ackSeconds }) => {
    metrics.count('redthread_interactions_total', { kind, outcome });
    if (ackSeconds !== null) metrics.observe('redthread_ack_seconds', { kind }, ackSeconds);
  };
}

function stopwatch(): () => number {
  const fromMs = performance.now();
  return () => (performance.now() - fromMs) / 1_000;
}
