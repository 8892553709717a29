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
import { anAssessment, aRankedCause, aRanking } from '../../support/ranking-builders.ts';
import { checkView } from '../../support/slack/check-blocks.ts';
import { refusals } from './refusals.ts';
import { rows, wordsOf } from './seen.ts';

const EVENT_ID = '61a5e29f-1180-46e1-b308-729fd62ac61c';
const CONSOLE_URL = 'https://console.aws.amazon.com';

function afterRanking(
  ranking: Ranking,
  ...steps: readonly (readonly [IncidentCommand, Actor])[]
): readonly RecordedEvent[] {
  return play([[{ type: 'rank-causes', ranking }, bot], ...steps], eventsUpTo('isolate'));
}

const LONG = `<!channel> *b* \u202e${'&`x '.repeat(2_000)}`;

/** As much of everything as the rules let in, in the worst words. */
function worstState(): IncidentState {
  const state = stateOf(afterRanking(aRanking()));
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
        spreadToMs: 172_800_000,
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
    expect(text).toContain(
      'So this says which is likelier on what was read, never that one is true.',
    );
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

  it('are the evidence that a person has named, for what a person proposed', () => {
    const propose = (hypothesisId: string, evidenceIds: readonly string[]) =>
      [{ ...commands.propose, hypothesisId, statement: hypothesisId, evidenceIds }, ben] as const;
    const events = afterRanking(
      aRanking(),
      [evidence, bot],
      propose('hypothesis-8', ['evidence-1']),
      propose('hypothesis-9', []),
    );
    const own = (id: string) => wordsOf(buildWhy(stateOf(events), id, CONSOLE_URL));

    expect(own('hypothesis-8')).toMatch(/What speaks for it\*\\n• \d+ changes?, until 2026/);
    expect(own('hypothesis-9')).toContain('Redthread did not weigh it.');
  });

  it('say so when the hypothesis is not there any more', () => {
    expect(why('gone')).toContain('This hypothesis is not in the record any more.');
  });
});
