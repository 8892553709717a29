import { describe, expect, it } from 'vitest';
import { REFUSAL_SENTENCES } from '../../../src/domain/access/decide-access.ts';
import { refusedStart } from '../../../src/slack/access/refused-start.ts';
import { aFlowBench } from '../../flows/flow-support.ts';

const sentence = REFUSAL_SENTENCES['other-channel'];

/** The bot works in C1 only. */
async function aBench() {
  const { deps, store } = await aFlowBench();
  const check = async (_userId: string, channelId: string | null) =>
    channelId === 'C1'
      ? ({ kind: 'allowed' } as const)
      : ({ kind: 'refused', reason: 'other-channel', sentence } as const);
  return { store, context: { ...deps, access: { check } } };
}

describe('starting an incident in a channel', () => {
  it('is checked for the channel that it goes to, wherever it was asked for', async () => {
    const { store, context } = await aBench();
    expect(await refusedStart(context, { userId: 'UANA', channelId: 'C1' })).toBeNull();
    expect(await refusedStart(context, { userId: 'UANA', channelId: 'C2' })).toBe(sentence);
    expect(await store.readAudit(9)).toMatchObject([
      { action: 'refusal', channelId: 'C2', question: 'start', outcome: 'other-channel' },
    ]);
  });

  it('is not done in a direct message, whose only reader it would have', async () => {
    const { context } = await aBench();
    expect(await refusedStart(context, { userId: 'UANA', channelId: 'D1' })).toMatch(
      /in channels, not in direct messages/,
    );
  });
});
