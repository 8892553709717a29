import { expect, it, onTestFinished } from 'vitest';
import { startWorkers, type WorkHandlers } from '../../src/flows/run-work.ts';
import type { Store } from '../../src/ports.ts';
import { createKeptLog } from '../support/kept-log.ts';
import { until } from '../support/poll.ts';

function loopOver(claimWork: () => Promise<never[]>) {
  const workers = startWorkers({
    store: { claimWork } as unknown as Store,
    log: createKeptLog(),
    handlers: {} as WorkHandlers,
    onDead: async () => undefined,
  });
  onTestFinished(() => workers.stop(0));
  return workers;
}

it('a loop that is held by its store is seen to stand still', async () => {
  const workers = loopOver(() => new Promise(() => undefined));
  await until('it has stood for a while', () => workers.stalledMs() > 300);
});

it('a loop that turns is never far behind, also when there is nothing to do', async () => {
  const startedMs = performance.now();
  let turns = 0;
  const workers = loopOver(async () => {
    turns += 1;
    return [];
  });
  await until('it has turned', () => turns >= 4);
  expect(workers.stalledMs()).toBeLessThan(performance.now() - startedMs);
});
