import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../../src/domain/incident/limits.ts';
import { RANKING_LIMITS, type Ranking } from '../../../src/domain/incident/ranking.ts';
import { buildTimeline } from '../../../src/domain/incident/timeline.ts';
import {
  ana,
  answer,
  bot,
  commands,
  eventsUpTo,
  play,
  stateOf,
} from '../../support/incident-builders.ts';
import {
  anAssessment,
  anObservedCause,
  aRankedCause,
  aRanking,
} from '../../support/ranking-builders.ts';

const rank = (ranking: Ranking) => [{ type: 'rank-causes', ranking }, bot] as const;

const first = aRankedCause({ eventId: 'e1', probability: 0.5 });
const second = aRankedCause({ eventId: 'e2', probability: 0.2, statement: 'A deployment.' });
const ranked = play([rank(aRanking({ causes: [first, second] }))], eventsUpTo('open'));

const sentences = (events: Parameters<typeof buildTimeline>[0]) =>
  buildTimeline(events).map(({ sentence }) => sentence);

describe('ranking the causes', () => {
  test('puts those worth a look on the board, best first, and moves no step', () => {
    const state = stateOf(ranked);
    expect(state.step).toBe('identify');
    expect(state.hypotheses).toMatchObject([
      { number: 1, hypothesisId: 'cause-e1', status: 'proposed', likelihood: 'medium', by: bot },
      { number: 2, hypothesisId: 'cause-e2', assessment: { probability: 0.2 } },
    ]);
    expect(state.ranking?.nothing.probability).toBe(0.2);
  });

  test('leaves out what hardly anything speaks for, and more than a phone shows', () => {
    const unlikely = aRankedCause({ eventId: 'e9', probability: 0.01 });
    const many = Array.from({ length: 9 }, (_, n) =>
      aRankedCause({ eventId: `e${n}`, probability: 0.1 }),
    );
    const board = (causes: Ranking['causes']) =>
      stateOf(play([rank(aRanking({ causes }))], eventsUpTo('open'))).hypotheses;
    expect(board([unlikely])).toEqual([]);
    expect(board(many)).toHaveLength(RANKING_LIMITS.proposedMax);
  });

  test('takes what shares an event with a hypothesis for that hypothesis', () => {
    const grown = aRankedCause({ eventId: 'e0', causeId: 'cause-e0', probability: 0.8 });
    const causes = [
      { ...grown, cause: { ...grown.cause, eventIds: ['e0', 'e1'], eventCount: 2 } },
      second,
    ];
    const state = stateOf(play([rank(aRanking({ causes }))], ranked));
    expect(state.hypotheses).toHaveLength(2);
    expect(state.hypotheses[0]).toMatchObject({
      hypothesisId: 'cause-e1',
      likelihood: 'high',
      cause: { eventIds: ['e0', 'e1'] },
    });
  });

  test('keeps a change apart from an observation of the same calls', () => {
    const observed = anObservedCause(0.3);
    const causes = [{ ...observed, cause: { ...observed.cause, eventIds: ['e1'] } }];
    const state = stateOf(play([rank(aRanking({ causes }))], ranked));
    expect(state.hypotheses.map(({ cause }) => cause?.kind)).toEqual([
      'change',
      'change',
      'observation',
    ]);
  });

  test('says what was strengthened and what was weakened', () => {
    const causes = [
      aRankedCause({ eventId: 'e2', probability: 0.64 }),
      aRankedCause({ eventId: 'e1', probability: 0.12 }),
    ];
    const told = sentences(play([rank(aRanking({ causes }))], ranked));
    expect(told).toContain('New: hypothesis 1 (50 %) and hypothesis 2 (20 %)');
    expect(told.at(-1)).toBe(
      'Strengthened: hypothesis 2 (20 % → 64 %); weakened: hypothesis 1 (50 % → 12 %)',
    );
  });

  test('says nothing of a move that changes no word', () => {
    const causes = [aRankedCause({ eventId: 'e1', probability: 0.53 }), second];
    const events = play([rank(aRanking({ causes }))], ranked);
    expect(stateOf(events).hypotheses[0]?.assessment?.probability).toBe(0.53);
    expect(sentences(events)).toHaveLength(sentences(ranked).length);
  });

  test('is no event when nothing is new', () => {
    const again = { type: 'rank-causes', ranking: aRanking({ causes: [first, second] }) } as const;
    expect(answer(ranked, again, bot)).toEqual({ kind: 'accepted', events: [] });
  });

  test('leaves alone what a person rated or ruled out', () => {
    const judged = play(
      [
        [
          {
            type: 'rate-hypothesis',
            hypothesisId: 'cause-e1',
            likelihood: 'low',
            impact: 'high',
          },
          ana,
        ],
        [
          {
            type: 'conclude-test',
            hypothesisId: 'cause-e2',
            verdict: 'eliminated',
            finding: 'It went out to staging only.',
          },
          ana,
        ],
        rank(
          aRanking({
            causes: [first, second].map((row) => ({ ...row, assessment: anAssessment(0.9) })),
          }),
        ),
      ],
      ranked,
    );
    expect(stateOf(judged).hypotheses).toMatchObject([
      { likelihood: 'low', impact: 'high', assessment: { probability: 0.9 } },
      { status: 'eliminated', assessment: { probability: 0.9 } },
    ]);
  });

  test('stays within the limits, however often it is done', () => {
    const rounds = Array.from({ length: 12 }, (_, round) =>
      rank(
        aRanking({
          causes: Array.from({ length: 5 }, (_, n) =>
            aRankedCause({ eventId: `e${round}-${n}`, probability: 0.15 }),
          ),
        }),
      ),
    );
    const state = stateOf(play(rounds, eventsUpTo('open')));
    expect(state.hypotheses).toHaveLength(LIMITS.hypothesesMax);
  });
});

describe('a verdict without a test of its own', () => {
  const confirm = { ...commands.confirm, hypothesisId: 'cause-e1' } as const;

  test('confirms a proposed hypothesis, says so, and moves on to the solution', () => {
    const state = stateOf(play([[confirm, ana]], ranked));
    expect(state.step).toBe('solve');
    expect(state.hypotheses[0]).toMatchObject({
      status: 'confirmed',
      tests: [
        {
          test: 'Judged from the evidence on record, without a test',
          finding: confirm.finding,
          verdict: 'confirmed',
        },
      ],
    });
  });

  test('is refused to the second of two people, who learns what the first one said', () => {
    const decision = answer(play([[confirm, ana]], ranked), confirm, bot);
    expect(decision).toMatchObject({ kind: 'rejected', code: 'already-done' });
    expect(decision).toHaveProperty('sentence', expect.stringContaining('confirmed by <@UANA>'));
  });
});
