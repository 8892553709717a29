import { describe, expect, it } from 'vitest';
import { summarize } from '../../src/store/summarize.ts';
import { ana, bot, commands, eventsUpTo, play, stateOf } from '../support/incident-builders.ts';
import { aRanking } from '../support/ranking-builders.ts';

describe('the summary of an incident', () => {
  it('has the class of a change only once it is confirmed as the cause', () => {
    const rank = { type: 'rank-causes', ranking: aRanking() } as const;
    const ranked = play([[rank, bot]], eventsUpTo('isolate'));
    const confirm = { ...commands.confirm, hypothesisId: 'cause-e1' };
    const confirmed = play([[confirm, ana]], ranked);

    expect(summarize(stateOf(ranked)).causeClass).toBeNull();
    expect(summarize(stateOf(confirmed)).causeClass).toBe('network-closed');
  });
});
