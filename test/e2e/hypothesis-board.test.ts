import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IncidentCommand } from '../../src/domain/incident/commands.ts';
import { findHypothesis } from '../../src/domain/incident/hypotheses.ts';
import { actOnIncident } from '../../src/flows/act-on-incident.ts';
import type { FlowDependencies } from '../../src/ports.ts';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import { homeTab } from '../support/e2e/home.ts';
import { actedUpon } from '../support/e2e/markup.ts';
import { type TestPerson, textIn } from '../support/e2e/person.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { openSession, stateOf, untilQuiet } from '../support/e2e/sessions.ts';
import { fieldErrors } from '../support/e2e/told.ts';
import { until } from '../support/poll.ts';
import { anAssessment, aRankedCause, aRanking } from '../support/ranking-builders.ts';

const BOARD = 'likeliest first';
const INSTANCE = 'i-0c4e8d21f6ab97530';

function boardOf(person: TestPerson): string {
  const board = person.findMessage(BOARD);
  return board === undefined ? '' : person.textOf(board);
}

function formText(person: TestPerson): string {
  return JSON.stringify(person.view().modal?.view ?? '');
}

async function opened(world: BotWorld, person: TestPerson) {
  const session = await openSession(person, 'checkout returns 5xx');
  await untilQuiet(world);
  return session;
}

/** The id of the hypothesis that it was the stop of the instance. */
async function stoppedInstance(world: BotWorld, incidentId: string): Promise<string> {
  const { hypotheses } = await stateOf(world, incidentId);
  return hypotheses.find(({ statement }) => statement.includes(INSTANCE))?.hypothesisId ?? '';
}

/** Records it as the bot or a person would, past Slack. */
async function act(world: BotWorld, incidentId: string, command: IncidentCommand): Promise<void> {
  const { store } = world.bot();
  const clock = { nowMs: () => Date.now() };
  const deps = { store, clock, wakeWorkers: () => undefined };
  const actor = { kind: 'bot' } as const;
  await actOnIncident(deps as unknown as FlowDependencies, {
    incidentId,
    command,
    actor,
    dedupeId: crypto.randomUUID(),
  });
  await untilQuiet(world);
}

describe('the board of hypotheses', () => {
  let world: BotWorld;

  beforeAll(async () => {
    world = await startBotWorld({
      world: { seed: roomsSeed('story', 'two', 'moves', 'own', 'hostile') },
    });
  });
  afterAll(() => world.close());

  describe('of the demo incident', () => {
    let ana: TestPerson;
    let ben: TestPerson;
    let incidentId: string;
    let causeId: string;

    beforeAll(async () => {
      ana = world.person('ana', 'story');
      ben = world.person('ben', 'story');
      ({ incidentId } = await opened(world, ana));
      causeId = await stoppedInstance(world, incidentId);
    });

    it('has the stopped instance first, and hypothesis 0 last, without anybody having asked', async () => {
      await until('the board', () => boardOf(ana).includes(INSTANCE));

      expect(boardOf(ana)).toMatch(/Began:.*told by checkout-5xx/);
      expect(boardOf(ana)).toMatch(new RegExp(`likely, \\d\\d % .*stopped ${INSTANCE}`));
      expect(boardOf(ana).indexOf('0. No AWS change')).toBeGreaterThan(
        boardOf(ana).indexOf(INSTANCE),
      );
      const root = await ana.seeMessage('Leading hypothesis (likely');
      expect(ana.textOf(root)).toContain(`stopped ${INSTANCE}`);
    });

    it('opens all reasons in one tap, from the root card too', async () => {
      await ana.tap('Why?', 'Owner:');
      const why = await ana.seeForm('Why hypothesis');

      expect(textIn(why.view)).toContain('What speaks for it');
      expect(textIn(why.view)).toContain('noor.haddad@northwind.example');
      expect(JSON.stringify(why.view)).toContain('console.aws.amazon.com/cloudtrailv2');
      expect(textIn(why.view)).toContain('If it is so:');
      await ana.closeForm();
    });

    it('opens what hypothesis 0 rests on', async () => {
      await ben.tapAbout('|', 'Why?', BOARD);

      expect(textIn((await ben.seeForm('Why hypothesis 0?')).view)).toMatch(
        /\d+ records and 2 alarms/,
      );
      await ben.closeForm();
    });

    it('offers the suggested test, and takes it as it is', async () => {
      await ana.tapAbout(causeId, 'Test this', BOARD);
      await ana.seeForm('Test the hypothesis');
      expect(formText(ana)).toContain('Suggested by Redthread.');
      expect(await ana.submit({})).toEqual({});
      await until('the test runs', () => boardOf(ana).includes('testing, likely'));

      await ana.tapAbout(causeId, 'Record the verdict', BOARD);
      await ana.seeForm('Result of the test');
      await ana.submit({ 'What does it say?': 'inconclusive', 'What was found?': 'No access.' });

      await until('the verdict', () => boardOf(ana).includes('inconclusive'));
    });

    it('takes a hypothesis of one’s own', async () => {
      await ben.fill(
        'Add a hypothesis',
        { 'What could explain the problem?': 'DNS is slow.' },
        BOARD,
      );

      await until('the own one', () => boardOf(ana).includes('DNS is slow.'));
      expect(boardOf(ana)).toContain(`rated medium by @${ben.id}`);
    });

    it('rules out with one line, says who leads then, and keeps it', async () => {
      const { hypotheses } = await stateOf(world, incidentId);
      const own = hypotheses.at(-1)?.hypothesisId ?? '';
      await ben.tapAbout(own, 'Rule out', BOARD);
      await ben.seeForm('Rule it out');
      await ben.submit({ 'How do you know': 'Lookups take 2 ms.' });

      const line = await ana.seeMessage('eliminated by');
      expect(ana.textOf(line)).toMatch(/Lookups take 2 ms\. Hypothesis \d leads now \(/);
      expect(boardOf(ana)).toMatch(/eliminated: +DNS is slow\. → +Lookups take 2 ms\./);
    });

    it('leads from the confirmed cause to a plan that begins with the suggestion', async () => {
      await ana.tapAbout(causeId, 'Test this', BOARD);
      await ana.seeForm('Test the hypothesis');
      await ana.submit({});
      await ana.tapAbout(causeId, 'Record the verdict', BOARD);
      await ana.seeForm('Result of the test');
      await ana.submit({ 'What does it say?': 'confirmed', 'What was found?': 'It is stopped.' });
      await ana.tapAbout(causeId, 'Plan this fix', BOARD);
      await ana.seeForm('Plan the fix');
      expect(formText(ana)).toContain('checked by nobody yet');
      expect(await ana.submit({})).toEqual({});

      const { plans } = await stateOf(world, incidentId);
      expect(plans.at(-1)).toMatchObject({ hypothesisId: causeId, status: 'planned' });
      expect(plans.at(-1)?.solution).toContain('StartInstances');
    });

    it('counts in the figures by the kind of change that was confirmed', async () => {
      const home = homeTab(world.demo.workspace, ana);
      await home.open();

      expect(await home.see('By confirmed cause')).toMatch(/Something was stopped ?: 1 incident/);
    });

    it('is still explained, and nothing more, once the incident is closed', async () => {
      await ana.say(`/triage close ${incidentId} done`);
      await until(
        'it is closed',
        async () => (await stateOf(world, incidentId)).status === 'closed',
      );
      await untilQuiet(world);
      await ben.tapAbout(causeId, 'Why?', BOARD);
      const why = await ben.seeForm('Why hypothesis');

      expect(JSON.stringify(why.view)).not.toContain('"actions"');
      expect(JSON.stringify(ben.findMessage(BOARD)?.blocks)).not.toContain('open:');
    });
  });

  it('tells the second of two people what the first has done, in the form', async () => {
    const [ana, ben] = [world.person('ana', 'two'), world.person('ben', 'two')];
    const { incidentId } = await opened(world, ana);
    const causeId = await stoppedInstance(world, incidentId);
    await until('the board', () => boardOf(ana) !== '');
    await ana.tapAbout(causeId, 'Why?', BOARD);
    await ana.seeForm('Why hypothesis');
    await ana.tapInForm('Confirm');
    await ana.seeForm('Confirm the cause');
    await ben.tapAbout(causeId, 'Rule out', BOARD);
    await ben.seeForm('Rule it out');

    expect(await ana.submit({ 'How do you know': 'Seen in the console.' })).toEqual({});
    expect(ana.view().modal).toBeNull();
    await ben.submit({ 'How do you know': 'It is not.' });

    expect(fieldErrors(ben)).toMatch(/Hypothesis \d was already confirmed by another person/);
    const state = await stateOf(world, incidentId);
    expect(findHypothesis(state, causeId)).toMatchObject({ status: 'confirmed' });
    expect(state.step).toBe('solve');
  });

  it('says in one line when likelihoods move, and edits itself in place', async () => {
    const ana = world.person('ana', 'moves');
    const { incidentId, rootTs } = await opened(world, ana);
    const before = await ana.seeMessage(BOARD);
    const [first] = (await stateOf(world, incidentId)).ranking?.causes ?? [];
    const unlike = { ...aRankedCause(), ...first, assessment: anAssessment(0.2) };
    const other = aRankedCause({ eventId: 'late-1', probability: 0.7, statement: 'A late one.' });

    await act(world, incidentId, {
      type: 'rank-causes',
      ranking: aRanking({
        occasion: 'late-events',
        causes: [other, unlike],
        nothing: anAssessment(0.1),
      }),
    });

    const line = await ana.seeMessage('Events arrived late.');
    expect(line.threadTs).toBe(rootTs);
    expect(ana.textOf(line)).toMatch(/weakened: hypothesis \d \(\d\d % → \d\d %\)/i);
    expect(ana.textOf(line)).toMatch(/new: hypothesis \d \(\d\d %\)/i);
    expect(ana.findMessage(BOARD)?.ts).toBe(before.ts);
    await until('the board is new', () => boardOf(ana).includes('A late one.'));
  });

  it('shows names that somebody chose to do harm as text, on the board and among the reasons', async () => {
    const hostile = '<!channel> <@U0EVIL123> <https://evil.example|x> *b* \u202egpj';
    const ana = world.person('ana', 'hostile');
    const { incidentId } = await opened(world, ana);
    const cause = aRankedCause({ eventId: 'e-1', statement: hostile, probability: 0.9 });
    const assessment = { ...cause.assessment, for: [hostile], against: [hostile] };
    const suggestion = { test: hostile, solution: hostile, risk: hostile, rollback: hostile };
    await act(world, incidentId, {
      type: 'rank-causes',
      ranking: aRanking({ causes: [{ ...cause, assessment, suggestion }] }),
    });
    await until('the board', () => boardOf(ana).includes('evil.example'));
    await ana.tapAbout('cause-e-1', 'Why?', BOARD);
    await ana.seeForm('Why hypothesis');

    expect(formText(ana)).toContain('evil.example');
    const marker = /!channel|U0EVIL123|evil\.example/;
    expect(actedUpon(ana, marker).filter((text) => marker.test(text))).toEqual([]);
  });

  it('logged no error', () => {
    expect(world.logLines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
