import type { ModalView } from '@slack/types';
import { describe, expect, it } from 'vitest';
import type { IncidentCommand } from '../../../src/domain/incident/commands.ts';
import type { Actor, RecordedEvent } from '../../../src/domain/incident/events.ts';
import { LIMITS } from '../../../src/domain/incident/limits.ts';
import { RANKING_LIMITS, type Ranking } from '../../../src/domain/incident/ranking.ts';
import type { IncidentState } from '../../../src/domain/incident/state.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { renderBoard } from '../../../src/slack/blocks/board.ts';
import { toConservative } from '../../../src/slack/blocks/conservative.ts';
import { fitMessage } from '../../../src/slack/blocks/fit-message.ts';
import type { MessageContent } from '../../../src/slack/blocks/message.ts';
import { buildWhy } from '../../../src/slack/blocks/why-view.ts';
import { aCoverage, aTrailRecord } from '../../support/full-incident.ts';
import {
  ana,
  ben,
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
import { checkView } from '../../support/slack/check-blocks.ts';
import { refusals } from './refusals.ts';

const EVENT_ID = '61a5e29f-1180-46e1-b308-729fd62ac61c';
const CONSOLE_URL = 'https://console.aws.amazon.com';

const FIRST = aRankedCause({ eventId: 'e1', statement: 'ana@example.com stopped i-0abc.' });
const SECOND = aRankedCause({ eventId: 'e2', statement: 'ci deployed shop.', probability: 0.15 });
const TWO = aRanking({ causes: [FIRST, SECOND], nothing: anAssessment(0.13) });

function afterRanking(
  ranking: Ranking,
  ...steps: readonly (readonly [IncidentCommand, Actor])[]
): readonly RecordedEvent[] {
  return play([[{ type: 'rank-causes', ranking }, bot], ...steps], eventsUpTo('isolate'));
}

function judge(
  hypothesisId: string,
  verdict: 'confirmed' | 'eliminated',
): readonly [IncidentCommand, Actor] {
  return [{ type: 'conclude-test', hypothesisId, verdict, finding: `It is ${verdict}.` }, ben];
}

const words = (content: MessageContent): string =>
  toConservative(content)
    .blocks.map((block) => JSON.stringify(block))
    .join('\n');

const wordsOf = (view: ModalView): string =>
  words({ text: 'x', blocks: view.blocks as MessageContent['blocks'] });

/** What can be tapped, row by row: labels, with what is behind the dots after a colon. */
function rows(content: MessageContent): readonly string[] {
  return content.blocks.flatMap((block) =>
    block.type !== 'actions'
      ? []
      : [
          block.elements
            .map((element) =>
              'options' in element
                ? `${element.type}: ${(element.options ?? []).map(({ text }) => text.text).join(', ')}`
                : 'text' in element && typeof element.text === 'object'
                  ? element.text.text
                  : element.type,
            )
            .join(' | '),
        ],
  );
}

function board(events: readonly RecordedEvent[]): MessageContent {
  return renderBoard(stateOf(events));
}

describe('the board', () => {
  it('says of each how likely it is, what it is, and why in three lines', () => {
    const text = words(board(afterRanking(TWO)));

    expect(text).toContain(
      '*1. likely, 72 %*\\nana@example.com stopped i-0abc.\\n+ 3 minutes before the trouble began\\n+ it names sg-0abc, which the alarm hangs on\\n− such changes are made here every day',
    );
    expect(text.indexOf('*1. likely')).toBeLessThan(text.indexOf('*2. possible, 15 %*'));
  });

  it('does not say twice what the sentence says already', () => {
    const text = words(board(afterRanking(aRanking())));

    expect(text.match(/3 minutes before the trouble began/g)).toHaveLength(1);
  });

  it('says when it began, by which alarms, and which were left aside', () => {
    const onset = {
      earliestMs: Date.UTC(2026, 2, 8, 10, 42),
      latestMs: Date.UTC(2026, 2, 8, 10, 43),
      alarms: ['checkout-5xx', 'hosts', 'latency'].map((name) => ({
        name: untrusted(name),
        breachedFromMs: Date.UTC(2026, 2, 8, 10, 42),
      })),
      flapping: [untrusted('cpu')],
      stale: [untrusted('disk'), untrusted('cost'), untrusted('old')],
    };

    const text = words(board(afterRanking(aRanking({ onset }))));

    expect(text).toContain(
      '*Began:* 2026-03-08 10:42:00 UTC–10:43:00 UTC, told by `checkout-5xx` (+2 more)',
    );
    expect(text).toContain(
      'Left aside: `cpu`, going on and off; `disk`, `cost` (+1 more), in alarm since long before',
    );
  });

  it('says that no alarm tells when it began, and what people say instead', () => {
    const text = words(board(afterRanking(aRanking({ onset: null }))));

    expect(text).toContain('10:42:00 UTC, as people say; no alarm tells it');
  });

  it('says how far the reading has come while it goes on, and nothing of it afterwards', () => {
    const progress = 'Still reading: 212 records so far. This may still change.';

    expect(words(board(afterRanking(aRanking({ isPartial: true }))))).toContain(progress);
    expect(words(board(afterRanking(aRanking())))).not.toContain('Still reading');
  });

  it('ends with hypothesis 0, what it rests on, and no verdict for it', () => {
    const content = board(afterRanking(TWO));
    const text = words(content);

    expect(text).toContain('*0. No AWS change in coverage explains this: possible, 13 %*');
    expect(text).toContain(
      'Rests on 212 records and 3 alarms, 2026-01-15 06:00:00 UTC to 2026-01-15 09:00:00 UTC. Not visible: changes inside a cluster, an instance or an application',
    );
    expect(text.indexOf('*0. No AWS')).toBeGreaterThan(text.indexOf('*2. possible'));
    expect(rows(content).at(-1)).toBe('Why? | Add a hypothesis');
  });

  it('says at the top when nothing on record explains it well', () => {
    const ranking = aRanking({
      causes: [aRankedCause({ probability: 0.2 })],
      nothing: anAssessment(0.7),
    });

    expect(words(board(afterRanking(ranking)))).toContain(
      'Nothing on record explains it well so far: see 0 below.',
    );
    expect(words(board(afterRanking(TWO)))).not.toContain('see 0 below');
  });

  it('offers to test or confirm the likeliest, to rule out the others, the rest behind dots', () => {
    expect(rows(board(afterRanking(TWO)))).toEqual([
      'Why? | Test this | Confirm | overflow: Rule out, Rate it, Ask the actor',
      'Why? | Rule out | Test this | overflow: Confirm, Rate it, Ask the actor',
      'Why? | Add a hypothesis',
    ]);
  });

  it('asks nobody about what no person did', () => {
    const observed = aRanking({ causes: [anObservedCause(0.4)], nothing: anAssessment(0.1) });

    expect(rows(board(afterRanking(observed)))[0]).not.toContain('Ask');
  });

  it('offers the fix of what is confirmed, and what is ruled out lifts the others', () => {
    const out = board(afterRanking(TWO, judge('cause-e1', 'eliminated')));
    const confirmed = board(afterRanking(TWO, judge('cause-e1', 'confirmed')));

    expect(words(out)).toContain('*2. possible, 54 %*');
    expect(words(out)).toContain(
      '❌ 1. *eliminated:* ana@example.com stopped i-0abc. → It is eliminated.',
    );
    expect(rows(out).at(-1)).toBe('static_select: 1. ana@example.com stopped i-0abc.');
    expect(rows(confirmed)[0]).toBe('Why? | Plan this fix | overflow: Revive it, Ask the actor');
    expect(words(confirmed)).toContain('Judged without a test → ✅ confirmed: It is confirmed.');
  });

  it('shows a rating of a person as theirs, beside what the bot computes', () => {
    const rate = { type: 'rate-hypothesis', likelihood: 'high', impact: 'high' } as const;
    const events = afterRanking(
      TWO,
      [{ ...rate, hypothesisId: 'cause-e2' }, ana],
      [commands.propose, ben],
    );
    const text = words(board(events));

    expect(text).toContain('*2. rated high by a person; the bot: 15 %*');
    expect(text).toContain('3. rated high by <@UBEN>');
    expect(text).toContain('(proposed by <@UBEN>, high impact)');
  });

  it('gives what is unlikely one line each, with its reasons in one menu', () => {
    const unlikely = [3, 4].map((n) =>
      aRankedCause({ eventId: `e${n}`, statement: `Cause ${n}.`, probability: 0.06 }),
    );
    const content = board(afterRanking(aRanking({ causes: [FIRST, ...unlikely] })));

    expect(words(content)).toContain('• 💡 2. *unlikely, 6 %:* Cause 3.');
    expect(rows(content)[1]).toBe('static_select: 2. Cause 3., 3. Cause 4.');
    expect(JSON.stringify(content.blocks)).toContain('"show-why|RT-7K3F9|cause-e3"');
  });

  it('can still be read, and not acted upon, once the incident is closed', () => {
    const events = afterRanking(TWO, judge('cause-e2', 'eliminated'), [
      { type: 'close-incident', reason: 'It was nothing.' },
      ana,
    ]);

    expect(rows(board(events))).toEqual(['Why?', 'Why?']);
  });

  it('has no button that could not work, where an id from AWS is no id', () => {
    const odd = { ...FIRST, causeId: 'cause-<!channel>|x' };

    expect(rows(board(afterRanking(aRanking({ causes: [odd] }))))).toEqual([
      'Why? | Add a hypothesis',
    ]);
  });
});

const LONG = `<!channel> *b* \u202e${'&`x '.repeat(2_000)}`;

/** As much of everything as the rules let in, in the worst words. */
function worstState(): IncidentState {
  const state = stateOf(afterRanking(TWO));
  const [row] = state.hypotheses;
  const test = {
    test: LONG,
    by: ana,
    startedAtMs: 0,
    verdict: 'inconclusive' as const,
    finding: LONG,
    concludedBy: ben,
    concludedAtMs: 1,
  };
  const statuses = ['proposed', 'inconclusive', 'eliminated', 'testing'] as const;
  const assessment = anAssessment(0.4, {
    for: Array.from({ length: RANKING_LIMITS.pointsMax }, (_, n) => `${n} ${LONG}`),
    against: Array.from({ length: RANKING_LIMITS.pointsMax }, (_, n) => `${n} ${LONG}`),
  });
  const suggestion = { test: LONG, solution: LONG, risk: LONG, rollback: LONG };
  const names = Array.from({ length: RANKING_LIMITS.alarmsMax }, (_, n) =>
    untrusted(`${n}${LONG}`),
  );
  return {
    ...state,
    hypotheses: Array.from({ length: LIMITS.hypothesesMax }, (_, index) => ({
      ...(row as NonNullable<typeof row>),
      hypothesisId: `cause-${index}-${'x'.repeat(60)}`,
      number: index + 1,
      statement: `${index} ${LONG}`,
      status: statuses[index % statuses.length] ?? 'proposed',
      tests: Array.from({ length: LIMITS.testsPerHypothesisMax }, () => test),
      assessment,
      suggestion,
    })),
    ranking: aRanking({
      isPartial: true,
      nothing: assessment,
      onset: {
        earliestMs: 0,
        latestMs: 86_400_000,
        alarms: names.map((name) => ({ name, breachedFromMs: 0 })),
        flapping: names,
        stale: names,
      },
      basis: { ...aRanking().basis, gaps: names },
    }),
  };
}

describe('a board as full as can be', () => {
  it('is accepted by Slack in both forms, with hypothesis 0 and its buttons on it', () => {
    const content = fitMessage(renderBoard(worstState()));

    expect([content, toConservative(content)].flatMap(refusals)).toEqual([]);
    expect(JSON.stringify(content.blocks)).toContain('0. No AWS change in coverage explains this');
    expect(rows(content)).toContain('Why? | Add a hypothesis');
  });

  it('has reasons that Slack accepts, for each and for hypothesis 0', () => {
    const state = worstState();
    const ids = [null, ...state.hypotheses.map(({ hypothesisId }) => hypothesisId)];
    const views = ids.map((id) => buildWhy(state, id, CONSOLE_URL));

    expect(views.flatMap(checkView)).toEqual([]);
    expect(
      views.flatMap(({ blocks }) =>
        refusals({ text: 'x', blocks: blocks as MessageContent['blocks'] }),
      ),
    ).toEqual([]);
  });
});

describe('the reasons for a hypothesis', () => {
  const cause = aRankedCause({ eventId: EVENT_ID, statement: 'A job closed port 443.' });
  const evidence: IncidentCommand = {
    type: 'record-evidence',
    evidence: {
      evidenceId: 'evidence-1',
      gatheringId: null,
      kind: 'changes',
      coverage: aCoverage(),
      records: [aTrailRecord({ eventId: EVENT_ID })],
    },
  };
  const state = stateOf(
    afterRanking(aRanking({ causes: [{ ...cause, cause: { ...cause.cause, eventCount: 3 } }] }), [
      evidence,
      bot,
    ]),
  );
  const why = (id: string | null) => wordsOf(buildWhy(state, id, CONSOLE_URL));

  it('are all points for and against, and how far they may be trusted', () => {
    const text = why(cause.causeId);

    expect(text).toContain(
      '*What speaks for it*\\n• 3 minutes before the trouble began\\n• it names sg-0abc, which the alarm hangs on\\n*What speaks against it*\\n• such changes are made here every day',
    );
    expect(text).toContain('So this says which is likelier, never that one is true.');
  });

  it('are the calls with who, when and a link, and how many more there are', () => {
    const text = why(cause.causeId);

    expect(text).toContain('`clean-up-job`');
    expect(text).toContain(`/cloudtrailv2/home?region=eu-west-1#/events/${EVENT_ID}|open>`);
    expect(text).toContain('2 calls not kept on the cards');
  });

  it('come with the suggested test and fix, and everything that can be done', () => {
    const view = buildWhy(state, cause.causeId, CONSOLE_URL);

    expect(wordsOf(view)).toContain(
      '*Suggested* (Redthread itself changes nothing)\\n• *To find out:* Look whether the rule is missing from sg-0abc.\\n• *If it is so:* Put the rule back.\\n• *Risk:* If it was removed for safety, it opens the door again.\\n• *Way back:* Remove the rule again.',
    );
    expect(rows({ text: 'x', blocks: view.blocks as MessageContent['blocks'] })).toEqual([
      'Test this | Confirm | Rule out | Rate it',
    ]);
  });

  it('say of hypothesis 0 what it rests on, and offer no verdict', () => {
    const view = buildWhy(state, null, CONSOLE_URL);

    expect(wordsOf(view)).toContain('many incidents are no change on record at all');
    expect(wordsOf(view)).toContain('212 records and 3 alarms');
    expect(rows({ text: 'x', blocks: view.blocks as MessageContent['blocks'] })).toEqual([]);
  });

  it('say so when the hypothesis is not there any more', () => {
    expect(why('gone')).toContain('This hypothesis is not in the record any more.');
  });
});
