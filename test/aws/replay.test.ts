import { describe, expect, it } from 'vitest';
import { record, startWorld } from '../simulator/aws/replay-support.ts';
import { anAwsSide, aRequest, neverAborted, readAll } from './support.ts';

describe('reading activity through the real SDK', () => {
  it('reduces the records of a page and says what came of it', async () => {
    const world = await startWorld({ events: [record('e1')] });
    const { activity } = await anAwsSide({ endpoint: world.endpointUrl });

    const { pages, end } = await readAll(activity.readPages(aRequest(), neverAborted()));

    expect(end.outcome).toBe('found');
  });
});
