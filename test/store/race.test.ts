import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { AppendOutcome, AppendRequest } from '../../src/ports.ts';
import { countBrokenRaces } from './support/races.ts';

/** The classic mistake: the version is read, somebody else may write, then we write. */
function createReadThenWriteStore() {
  const versions = new Map<string, number>();
  return {
    async append({ incidentId, expectedVersion, state }: AppendRequest): Promise<AppendOutcome> {
      const version = versions.get(incidentId) ?? 0;
      await setImmediate();
      if (version !== expectedVersion) return { kind: 'conflict', version };
      versions.set(incidentId, state.version);
      return { kind: 'appended', version: state.version };
    },
  };
}

it('the race test catches a store that reads first and writes later', async () => {
  const torn = createReadThenWriteStore();
  expect(await countBrokenRaces(torn, torn, 500)).toBe(500);
});
