import type { AnswerTrouble } from './answer-trouble.ts';
import { wait } from './wait.ts';

export interface QueryRows {
  /** What the store holds of each record: its JSON. */
  readonly texts: readonly string[];
  readonly nextToken: string | null;
}

export type QueryReading =
  | { readonly kind: 'running' }
  | { readonly kind: 'rows'; readonly rows: QueryRows }
  | { readonly kind: 'trouble'; readonly trouble: AnswerTrouble };

/** A service where a query is started, asked about until it is done, and read page by page. */
export interface QueryService {
  start(): Promise<string>;
  read(queryId: string, token: string | null, signal: AbortSignal): Promise<QueryReading>;
  /** Nobody waits for the result any more. */
  stop(queryId: string, signal: AbortSignal): Promise<unknown>;
  explain(error: unknown, signal: AbortSignal): AnswerTrouble;
  /** As many queries as the account may run at once are running. */
  isFull(error: unknown): boolean;
}

export interface QueryPatience {
  readonly timeMaxMs: number;
  /** Told each time that it is still running. */
  readonly onWaiting: () => void;
  /** What to say when it took too long. */
  readonly tooLong: string;
}

const PACE = {
  firstPollMs: 300,
  pollGrowth: 1.5,
  pollMaxMs: 4_000,
  startTriesMax: 3,
  fullPauseMs: 2_000,
  stopTimeMaxMs: 2_000,
} as const;

/**
 * The pages of a query's result. Never throws for what the service answers: it ends with the
 * trouble, or null. A query that is left before it was done is stopped, since it costs money.
 */
export async function* runQuery(
  service: QueryService,
  patience: QueryPatience,
  signal: AbortSignal,
): AsyncGenerator<QueryRows, AnswerTrouble | null> {
  const late = AbortSignal.timeout(patience.timeMaxMs);
  const inTime = AbortSignal.any([signal, late]);
  let running: string | null = null;
  try {
    const queryId = await start(service, inTime);
    running = queryId;
    let token: string | null = null;
    for (let pollMs: number = PACE.firstPollMs; ; ) {
      inTime.throwIfAborted();
      const reading = await service.read(queryId, token, inTime);
      if (reading.kind === 'running') {
        patience.onWaiting();
        await wait(pollMs, inTime);
        pollMs = Math.min(pollMs * PACE.pollGrowth, PACE.pollMaxMs);
        continue;
      }
      running = null;
      if (reading.kind === 'trouble') return reading.trouble;
      yield reading.rows;
      token = reading.rows.nextToken;
      if (token === null) return null;
    }
  } catch (error) {
    if (late.aborted && !signal.aborted) {
      return { outcome: 'timed-out', explanation: patience.tooLong };
    }
    return service.explain(error, signal);
  } finally {
    if (running !== null) await stopQuietly(service, running);
  }
}

/** Not broken off by the signal: a query that was started without our knowing could not be stopped. */
async function start(service: QueryService, signal: AbortSignal): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    signal.throwIfAborted();
    try {
      return await service.start();
    } catch (error) {
      if (!service.isFull(error) || tries >= PACE.startTriesMax) throw error;
      await wait(PACE.fullPauseMs, signal);
    }
  }
}

/** It ends by itself, a little later; what is told is why it was left. */
async function stopQuietly(service: QueryService, queryId: string): Promise<void> {
  await service.stop(queryId, AbortSignal.timeout(PACE.stopTimeMaxMs)).catch(() => undefined);
}
