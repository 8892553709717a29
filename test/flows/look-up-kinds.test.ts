import { describe, expect, it } from 'vitest';
import { session } from '../support/chain-builders.ts';
import { aRecord } from '../support/trail-record.ts';
import { IRELAND, minutesAgo, search } from './look-up-support.ts';

/** Stops, newest first, a minute apart: by Ana where the index is named, by nobody knows whom else. */
const stops = (count: number, byAna: readonly number[]) =>
  Array.from({ length: count }, (_, index) => {
    const isAna = byAna.includes(index);
    return aRecord({
      eventId: `${isAna ? 'ana' : 'unclear'}-${index}`,
      atMs: minutesAgo(index),
      ...(isAna ? {} : { principal: session('writer', `job-${index}`) }),
    });
  });

const lookFor = async (records: ReturnType<typeof stops>) => {
  const setting = { records, targets: [IRELAND], matchesEnough: 3, pageSize: 5 };
  const { answer } = await search('who stopped is:human', setting);
  const others = answer.others.flatMap((group) => group.records.map(({ eventId }) => eventId));
  return { lead: answer.lead?.record.eventId, others };
};

describe('looking for calls by people', () => {
  it('goes on where the newest calls do not say who made them', async () => {
    expect(await lookFor(stops(200, [150]))).toMatchObject({ lead: 'ana-150' });
  });

  it('does not take those for the matches that were wanted', async () => {
    const { lead, others } = await lookFor(stops(40, [0, 9, 19]));
    expect([lead, others]).toEqual(['ana-0', ['ana-9', 'ana-19']]);
  });
});
