import { randomUUID } from 'node:crypto';
import type { ReplayStore } from './kept-records.ts';

export type RunState = 'waiting' | 'running' | 'complete' | 'failed' | 'timeout' | 'cancelled';

/** A query and its result, which is made when it is started and told when it is done. */
export interface QueryRun<Row> {
  readonly queryId: string;
  readonly account: string;
  readonly region: string;
  readonly rows: readonly Row[];
  state: RunState;
}

export interface QueryRuns<Row> {
  /** Null: as many as the account may run at once are running. */
  start(
    owner: Pick<QueryRun<Row>, 'account' | 'region'>,
    rows: readonly Row[],
    ends: ReplayStore['queriesEnd'],
  ): QueryRun<Row> | null;
  /** Asking moves it on: waiting, running, done. */
  ask(owner: Pick<QueryRun<Row>, 'account' | 'region'>, queryId: string): QueryRun<Row> | null;
  find(owner: Pick<QueryRun<Row>, 'account' | 'region'>, queryId: string): QueryRun<Row> | null;
}

const RUNS_KEPT_MAX = 1_000;

export const isActive = ({ state }: { readonly state: RunState }): boolean =>
  state === 'waiting' || state === 'running';

export function createQueryRuns<Row>(concurrentMax: number): QueryRuns<Row> {
  const runs = new Map<string, QueryRun<Row>>();
  const endings = new Map<string, RunState | null>();
  const find: QueryRuns<Row>['find'] = (owner, queryId) => {
    const run = runs.get(queryId);
    return run?.account === owner.account && run.region === owner.region ? run : null;
  };
  return {
    find,
    start({ account, region }, rows, ends = 'complete') {
      const active = [...runs.values()].filter(
        (run) => run.account === account && run.region === region && isActive(run),
      );
      if (active.length >= concurrentMax) return null;
      const run = { queryId: randomUUID(), account, region, rows, state: 'waiting' as const };
      runs.set(run.queryId, run);
      endings.set(run.queryId, ends === 'never' ? null : ends);
      for (const oldest of runs.keys()) {
        if (runs.size <= RUNS_KEPT_MAX) break;
        runs.delete(oldest);
        endings.delete(oldest);
      }
      return run;
    },
    ask(owner, queryId) {
      const run = find(owner, queryId);
      if (run === null) return null;
      const asked = { ...run };
      if (run.state === 'running') run.state = endings.get(queryId) ?? 'running';
      if (run.state === 'waiting') run.state = 'running';
      return asked;
    },
  };
}
