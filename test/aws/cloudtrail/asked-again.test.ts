import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCachedActivity } from '../../../src/aws/cloudtrail/window-cache.ts';
import { lookUp } from '../../../src/flows/look-up.ts';
import { trailRecordsCodec } from '../../../src/store/codec.ts';
import { GLOBAL, IRELAND, minutesAgo, nowMs, queryOf } from '../../flows/look-up-support.ts';
import { createKeptLog } from '../../support/kept-log.ts';
import { createMemoryActivity } from '../../support/memory-activity.ts';
import {
  type IndexedCall,
  listedNames,
  randomCalls,
  randomQuestions,
} from '../../support/random-calls.ts';
import { aRecord } from '../../support/trail-record.ts';

function createMemoryCache() {
  const bodies = new Map<string, string>();
  return {
    readCached: async (key: string) => bodies.get(key) ?? null,
    saveCached: async (key: string, body: string) => void bodies.set(key, body),
  };
}

/** Rarely goes wrong, so that it is tried often. */
const TRIES = 3_000;

/** The first page of seven ends within a moment, so that its oldest call is kept apart from the others. */
const CUT_WITHIN_A_MOMENT: IndexedCall[] = [0, 0, 0, 0, 0, 0, 50, 50].map((minutes, index) => ({
  record: aRecord({ eventId: `e${index}`, atMs: minutesAgo(minutes), named: ['checkout'] }),
  indexing: 'as recorded',
}));

describe('a question that somebody else asks again', () => {
  it('costs no call and has the same answer', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomQuestions,
        randomCalls(nowMs, ['as recorded', 'last part', 'not at all']),
        async (question, calls) => {
          const names = new Map(calls.map((call) => [call.record.eventId, listedNames(call)]));
          const cloudTrail = createMemoryActivity({
            records: calls.map(({ record }) => record),
            indexedNames: ({ eventId }) => names.get(eventId) ?? [],
            pageSize: 7,
          });
          const activity = createCachedActivity({
            activity: cloudTrail,
            store: createMemoryCache(),
            records: trailRecordsCodec,
            scope: 'test',
            nowMs: () => nowMs,
            log: createKeptLog(),
          });
          const ask = async (userId: string) => {
            const { records } = await lookUp({
              activity,
              query: queryOf(question),
              targets: [IRELAND, GLOBAL],
              asker: { userId, urgency: 'waiting' },
              matchesEnough: 2,
              signal: new AbortController().signal,
            });
            return new Set(records.map(({ eventId }) => eventId));
          };
          const first = await ask('U1');
          const callCount = cloudTrail.calls.length;
          const again = await ask('U2');
          expect(cloudTrail.calls).toHaveLength(callCount);
          expect([...first]).toEqual(expect.arrayContaining([...again].slice(0, 2)));
        },
      ),
      { numRuns: TRIES, examples: [['checkout', CUT_WITHIN_A_MOMENT]] },
    );
  });
});
