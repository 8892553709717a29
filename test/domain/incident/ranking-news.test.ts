import { describe, expect, it } from 'vitest';
import type { Ranking } from '../../../src/domain/incident/ranking.ts';
import { isRankingNews, withoutHaste } from '../../../src/domain/incident/ranking-news.ts';
import { withRanking } from '../../../src/domain/incident/with-ranking.ts';
import { bot } from '../../support/incident-builders.ts';
import { anAssessment, aRankedCause, aRanking } from '../../support/ranking-builders.ts';

const first = aRankedCause({ eventId: 'e1', probability: 0.5 });
const second = aRankedCause({ eventId: 'e2', probability: 0.3 });
const before = aRanking({ causes: [first, second] });

const isNews = (changes: Partial<Ranking>) => isRankingNews(before, { ...before, ...changes });

describe('a ranking is news', () => {
  it.each<[string, Partial<Ranking>]>([
    ['of another gathering', { gatheringId: 'g2' }],
    ['in another order', { causes: [second, first] }],
    [
      'with a cause more',
      { causes: [first, second, aRankedCause({ eventId: 'e3', probability: 0.2 })] },
    ],
    ['without one', { causes: [first] }],
    ['with another word', { causes: [aRankedCause({ eventId: 'e1', probability: 0.6 }), second] }],
    ['when a likelihood moved', { nothing: anAssessment(0.35) }],
    ['with another onset', { onset: null }],
  ])('%s', (_words, changes) => {
    expect(isNews(changes)).toBe(true);
  });

  it('when it is the first, and when it is whole at last', () => {
    expect(isRankingNews(null, before)).toBe(true);
    expect(isRankingNews({ ...before, isPartial: true }, before)).toBe(true);
    expect(isRankingNews(before, { ...before, isPartial: true })).toBe(false);
  });
});

describe('another reason', () => {
  const other = { ...first, assessment: { ...first.assessment, for: ['another'] } };

  it('is news after what somebody said, and none when more was read', () => {
    expect(isNews({ causes: [other, second], occasion: 'statement' })).toBe(true);
    expect(isNews({ causes: [other, second], occasion: 'late-events' })).toBe(false);
    expect(isNews({ occasion: 'statement' })).toBe(false);
  });
});

describe('a ranking is none', () => {
  it.each<[string, Partial<Ranking>]>([
    ['when only more was read', { basis: { ...before.basis, recordCount: 900 } }],
    [
      'when likelihoods moved a little',
      { causes: [aRankedCause({ eventId: 'e1', probability: 0.55 }), second] },
    ],
    [
      'when something hopeless joins',
      { causes: [first, second, aRankedCause({ eventId: 'e3', probability: 0.01 })] },
    ],
    [
      'when a set of changes grew and another call of it tells most now',
      {
        causes: [
          { ...first, causeId: 'cause-e0', cause: { ...first.cause, eventIds: ['e0', 'e1'] } },
          second,
        ],
      },
    ],
  ])('%s', (_words, changes) => {
    expect(isNews(changes)).toBe(false);
  });
});

describe('a ranking of the first seconds', () => {
  const likely = aRankedCause({ eventId: 'e3', probability: 0.7 });
  const possible = aRankedCause({ eventId: 'e4', probability: 0.59 });
  const causes = [likely, possible];
  const eventsOf = (ranking: Ranking) => ranking.causes.map(({ cause }) => cause.eventIds[0]);

  it('names only what is likely, since what is proposed stays', () => {
    expect(eventsOf(withoutHaste({ ...before, causes }, []))).toEqual(['e3']);
    expect(eventsOf(withoutHaste({ ...before, causes: [possible] }, []))).toEqual([]);
  });

  it('keeps what is on the board', () => {
    const board = withRanking([], aRanking({ causes: [possible] }), { by: bot, atMs: 0 });

    expect(eventsOf(withoutHaste({ ...before, causes }, board))).toEqual(['e3', 'e4']);
  });
});
