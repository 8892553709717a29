import { describe, expect, it } from 'vitest';
import { type ActorQuestion, answerActor, askActor } from '../../src/flows/ask-actor.ts';
import { aStatement } from '../support/statement-builders.ts';
import { aFlowBench } from './flow-support.ts';

const QUESTION: ActorQuestion = {
  eventId: 'e-1',
  personId: 'UBEN',
  question: 'Was this you?',
  userId: 'UANA',
  incidentId: 'RT-7K3F9',
  channelId: 'C1',
};
const ID = 'e-1-uben';

/** A question that was put to Ben. */
async function anAskedBench() {
  const bench = await aFlowBench();
  const { inquiry } = await askActor(bench.deps, QUESTION);
  await bench.store.saveInquiry({ ...inquiry, version: 2, statement: aStatement() });
  return bench;
}

describe('asking', () => {
  it('keeps the question and plans to send it', async () => {
    const { deps, store, wakes } = await aFlowBench();
    expect(await askActor(deps, QUESTION)).toMatchObject({ kind: 'asking' });
    expect(await store.readInquiry(ID)).toMatchObject({ question: 'Was this you?', posted: null });
    expect(await store.claimWork({ leaseMs: 1_000, limit: 5 })).toMatchObject([
      { workId: `inquiry-${ID}`, work: { kind: 'pursue-inquiry', incidentId: 'RT-7K3F9' } },
    ]);
    expect(wakes()).toBe(1);
  });

  it('lets one of two who ask at once be the first, and keeps both', async () => {
    const { deps, store } = await aFlowBench();
    const outcomes = await Promise.all([
      askActor(deps, QUESTION),
      askActor(deps, { ...QUESTION, userId: 'UCARLA', incidentId: null, question: 'You?' }),
    ]);
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['asked-before', 'asking']);
    expect((await store.readInquiry(ID))?.askers).toHaveLength(2);
    expect(await store.claimWork({ leaseMs: 1_000, limit: 5 })).toHaveLength(1);
  });

  it('again by the same person from the same place changes nothing', async () => {
    const { deps, store } = await anAskedBench();
    expect(await askActor(deps, QUESTION)).toMatchObject({ kind: 'asked-before' });
    expect((await store.readInquiry(ID))?.version).toBe(2);
  });

  it('says so when it cannot be kept', async () => {
    const bench = await aFlowBench();
    const store = { ...bench.store, saveInquiry: async () => false };
    await expect(askActor({ ...bench.deps, store }, QUESTION)).rejects.toMatchObject({
      code: 'store-unavailable',
    });
  });
});

describe('answering', () => {
  const answerAs = (userId: string) => ({
    inquiryId: ID,
    userId,
    change: { verdict: 'not-me' } as const,
  });

  it('is for the person asked', async () => {
    const { deps, store } = await anAskedBench();
    expect(await answerActor(deps, answerAs('UANA'))).toEqual({
      kind: 'refused',
      sentence: 'Only <@UBEN> can answer this.',
    });
    expect((await store.readInquiry(ID))?.statement?.answer).toBeNull();
    expect(await answerActor(deps, answerAs('UBEN'))).toEqual({ kind: 'kept' });
    expect((await store.readInquiry(ID))?.statement?.answer?.verdict).toBe('not-me');
  });

  it('plans to tell it again when the same answer comes twice: the first time may have been cut off', async () => {
    const { deps, store } = await anAskedBench();
    await answerActor(deps, answerAs('UBEN'));
    const [claim] = await store.claimWork({ leaseMs: 1_000, limit: 5 });
    await store.completeWork(claim as NonNullable<typeof claim>);
    await answerActor(deps, answerAs('UBEN'));
    expect(await store.claimWork({ leaseMs: 1_000, limit: 5 })).toHaveLength(1);
  });

  it('of a question that nobody put is refused in words', async () => {
    const { deps } = await aFlowBench();
    expect(await answerActor(deps, answerAs('UBEN'))).toMatchObject({ kind: 'refused' });
  });
});
