import { describe, expect, it } from 'vitest';
import {
  cancelLookup,
  endAnswer,
  isCancelled,
  type KeptAnswer,
  keepAnswer,
  readKeptAnswer,
} from '../../src/flows/kept-answers.ts';
import { isAwaited } from '../../src/flows/second-look.ts';
import { aFlowBench } from './flow-support.ts';

const MINUTE_MS = 60_000;
const kept: KeptAnswer = {
  question: 'who stopped i-0abc',
  userId: 'U1',
  channelId: 'C1',
  threadTs: '1772966520.000100',
  incidentId: null,
  askedAtMs: 1_000,
  about: 'who-assumed',
  suggestion: 'who started i-0abc',
  shown: { leadEventId: 'a', eventIds: ['a', 'b'], lateAfterMs: 500 },
  over: null,
};

describe('what is kept of an answer', () => {
  it('is read as it was written, until it is ended', async () => {
    const { store } = await aFlowBench();
    await keepAnswer(store, 'trail-1', kept);
    expect(await readKeptAnswer(store, 'trail-1')).toEqual(kept);
    await endAnswer(store, 'trail-1', 'edited');
    expect((await readKeptAnswer(store, 'trail-1'))?.over).toBe('edited');
    expect(await readKeptAnswer(store, 'trail-2')).toBeNull();
  });

  it.each([
    'not JSON',
    '[]',
    'null',
    '{"question":1}',
    '{"question":"a","userId":"U1","channelId":"C1"}',
  ])('is nothing when it cannot be read: %s', async (body) => {
    const { store } = await aFlowBench();
    await store.saveCached('trail-answer-trail-1', body, MINUTE_MS);
    expect(await readKeptAnswer(store, 'trail-1')).toBeNull();
  });

  it('is read without what another version wrote differently', async () => {
    const { store } = await aFlowBench();
    const odd = { ...kept, about: 'else', over: 7, threadTs: 1, shown: { eventIds: ['a', 2] } };
    await store.saveCached('trail-answer-trail-1', JSON.stringify(odd), MINUTE_MS);
    expect(await readKeptAnswer(store, 'trail-1')).toEqual({
      ...kept,
      about: 'question',
      threadTs: null,
      shown: { leadEventId: null, eventIds: ['a'], lateAfterMs: null },
    });
  });

  it('is never kept or cancelled without a name', async () => {
    const { store } = await aFlowBench();
    await keepAnswer(store, '', kept);
    expect(await readKeptAnswer(store, '')).toBeNull();
    expect(await isCancelled(store, '', 0)).toBe(false);
  });
});

describe('the cancelling of a lookup', () => {
  it('ends what was running then, and nothing that begins later', async () => {
    const { store } = await aFlowBench();
    await cancelLookup(store, 'trail-1', 5_000);
    expect(await isCancelled(store, 'trail-1', 4_000)).toBe(true);
    expect(await isCancelled(store, 'trail-1', 6_000)).toBe(false);
    expect(await isCancelled(store, 'trail-2', 4_000)).toBe(false);
  });
});

describe('the interest in an answer', () => {
  it.each([
    ['a short while after it was asked', {}, 15 * MINUTE_MS, true],
    ['not for ever', {}, 21 * MINUTE_MS, false],
    ['not after it was cancelled', { over: 'cancelled' }, MINUTE_MS, false],
    ['not after it was edited', { over: 'edited' }, MINUTE_MS, false],
    ['not when its incident is gone', { incidentId: 'RT-00000' }, MINUTE_MS, false],
  ] as const)('is there %s', async (_when, changes, afterMs, expected) => {
    const { store } = await aFlowBench();
    const answer = { ...kept, ...changes };
    expect(await isAwaited(store, answer, answer.askedAtMs + afterMs)).toBe(expected);
  });
});
