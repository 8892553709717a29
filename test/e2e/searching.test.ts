import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isTestable, rankHypotheses } from '../../src/domain/incident/hypotheses.ts';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import { type TestPerson, textIn, walk } from '../support/e2e/person.ts';
import { openSession, stateOf, untilQuiet } from '../support/e2e/sessions.ts';
import { until } from '../support/poll.ts';

const BOARD = 'likeliest first';

describe('the search for a cause', () => {
  let world: BotWorld;
  let ana: TestPerson;
  let incidentId: string;

  beforeAll(async () => {
    world = await startBotWorld({ world: { rateLimits: 'off' } });
    ana = world.person('ana');
    ({ incidentId } = await openSession(ana, 'checkout returns 5xx'));
    await untilQuiet(world);
  });
  afterAll(() => world.close());

  const openOnes = async () =>
    rankHypotheses((await stateOf(world, incidentId)).hypotheses).filter(isTestable);
  const boardText = () => ana.textOf(ana.findMessage(BOARD) ?? ana.messages()[0]!);

  it('has the status of AWS in one tap on the first card', async () => {
    const card = await ana.seeMessage('Step 1 of 7');
    const urls = walk(card.blocks).map(({ url }) => url);

    expect(urls).toContain('https://health.aws.amazon.com/health/status');
  });

  it('asks for a look before anything is restarted, and for a test before anybody is called', async () => {
    await ana.say('/triage escalate');
    expect(textIn((await ana.seeForm('Escalate')).view)).toContain('No hypothesis was tested yet.');
    await ana.closeForm();
    await ana.fill('State the problem', { 'What exactly is wrong?': 'Every order fails.' });
    await ana.tap('Name the component');
    const { view } = await ana.seeForm('Name the component');
    expect(textIn(view)).toContain('Dashboards before logs');
    await ana.submit({ 'Which component': 'checkout' });
    await ana.say('/triage');
    await ana.tap('Plan a solution');
    expect(textIn((await ana.seeForm('Plan the fix')).view)).toContain('Look before you restart');
    await ana.closeForm();
  });

  it('offers causes of the playbook that are not on the board, in one tap', async () => {
    await ana.tap('Add a hypothesis', BOARD);
    await ana.seeForm('Add a hypothesis');
    await ana.tapInForm(/The name no longer leads to the application/);
    await until('the form is filled', () =>
      walk(ana.view().modal?.view).some(({ initial_value: text }) =>
        String(text).startsWith('The name no longer leads'),
      ),
    );
    expect(await ana.submit({ 'How likely': 'low' })).toEqual({});

    await until('it is on the board', () => boardText().includes('The name no longer leads'));
  });

  it('is ordered anew when somebody rates a cause', async () => {
    const last = (await openOnes()).at(-1);
    await ana.tapAbout(last?.hypothesisId ?? '', 'Why?', BOARD);
    await ana.seeForm('Why hypothesis');
    await ana.tapInForm('Rate');
    await ana.seeForm('Rate the hypothesis');
    await ana.submit({ 'How likely': 'high', 'How much': 'high' });

    const first = (await openOnes())[0];
    expect(first?.hypothesisId).toBe(last?.hypothesisId);
    await until('the board shows it first', () =>
      new RegExp(`Hypotheses .*?${first?.number}\\. .*rated high`).test(boardText()),
    );
  });

  it('has the tests of the playbook for a cause that came from there', async () => {
    const own = (await openOnes()).find(({ by }) => by.kind === 'person');
    await ana.tapAbout(own?.hypothesisId ?? '', 'Test this', BOARD);
    await ana.seeForm('Test the hypothesis');
    await ana.submit({});
    const { hypotheses } = await stateOf(world, incidentId);
    const tested = hypotheses.find(({ hypothesisId }) => hypothesisId === own?.hypothesisId);

    expect(tested?.tests.at(-1)?.test).toContain('Resolve the name at two public resolvers');
    await ana.tapAbout(own?.hypothesisId ?? '', 'Record the verdict', BOARD);
    await ana.seeForm('Result of the test');
    await ana.submit({ 'What does it say?': 'eliminated', 'What was found?': 'It resolves.' });
  });

  it('goes back to step 2, and says so, when the last hypothesis is eliminated', async () => {
    for (const { hypothesisId } of await openOnes()) {
      await untilQuiet(world);
      await ana.tapAbout(hypothesisId, 'Why?', BOARD);
      await ana.seeForm('Why hypothesis');
      await ana.tapInForm('Rule out');
      await ana.seeForm('Rule it out');
      await ana.submit({ 'How do you know': 'Seen on the dashboard.' });
    }

    expect(await stateOf(world, incidentId)).toMatchObject({ step: 'isolate' });
    const line = await ana.seeMessage('Every hypothesis is eliminated.');
    expect(ana.textOf(line)).toContain('Isolate the cause');
  });
});
