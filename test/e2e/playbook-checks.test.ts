import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkIdOf } from '../../src/domain/incident/check-ticks.ts';
import { botPosts } from '../support/e2e/bot-posts.ts';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import { type TestPerson, textIn } from '../support/e2e/person.ts';
import { openSession, stateOf } from '../support/e2e/sessions.ts';
import { until } from '../support/poll.ts';

const OPEN = 'Open the application as a user would, from outside, and do the thing that failed.';
const QUEUES = 'Queues that filled up are being worked off.';
const NOTHING_NEW = 'Nothing that hangs on the changed part has begun to fail.';
const CARD = 'Step 6 of 7';

/** After a fix people tick what they have checked, from the list of the playbook. */
describe('the checks of a playbook in a session', () => {
  let world: BotWorld;
  let ana: TestPerson;
  let ben: TestPerson;
  let incidentId: string;

  const ticks = async () =>
    (await stateOf(world, incidentId)).checks.map(({ text, by }) => ({ text, by }));
  const untilTicked = (count: number) =>
    until(`${count} ticks`, async () => (await ticks()).length === count);
  const by = (person: TestPerson) => ({ kind: 'person', userId: person.id });

  beforeAll(async () => {
    world = await startBotWorld();
    ana = world.person('ana');
    ben = world.person('ben');
    ({ incidentId } = await openSession(ana, 'website down'));
    await ana.seeMessage('The title says “website down”.');
    await ana.tap('More');
    await ana.fill('Move to another step', { 'Where to?': 'verify', Why: 'It was fixed by hand.' });
    await ana.seeMessage(OPEN);
  });
  afterAll(() => world.close());

  it('are ticked by two people at once, and the card says who ticked what', async () => {
    await Promise.all([
      ana.tapAbout(checkIdOf(OPEN), 'Done', CARD),
      ben.tapAbout(checkIdOf(QUEUES), 'Done', CARD),
    ]);
    await untilTicked(2);
    expect(await ticks()).toEqual(
      expect.arrayContaining([
        { text: OPEN, by: by(ana) },
        { text: QUEUES, by: by(ben) },
      ]),
    );
    await ana.seeMessage(new RegExp(`✅ ${OPEN} \\( ?@${ana.id}`));
    const card = await ana.seeMessage(new RegExp(`Checked: .*✅ ${QUEUES} \\( ?@${ben.id}`));
    expect(ana.textOf(card)).toContain(`⬜ ${NOTHING_NEW}`);
  });

  it('ticked by both are one tick', async () => {
    await Promise.all([
      ana.tapAbout(checkIdOf(NOTHING_NEW), 'Done', CARD),
      ben.tapAbout(checkIdOf(NOTHING_NEW), 'Done', CARD),
    ]);
    await untilTicked(3);
    await ana.seeMessage(`✅ ${NOTHING_NEW}`);
    const events = await world.store().readEvents(incidentId);
    const same = events.filter(
      ({ event }) => event.type === 'check-ticked' && event.text === NOTHING_NEW,
    );
    expect(same).toHaveLength(1);
  });

  it('are taken back from a menu', async () => {
    await ben.tapAbout(checkIdOf(OPEN), /Open the application/, CARD);
    await untilTicked(2);
    await ben.seeMessage(`⬜ ${OPEN}`);
  });

  it('that the team removed since are explained', async () => {
    const there = world.person('ana', 'deploys');
    await botPosts(world, there, [
      { actionId: 'tap:tick-check', value: `${incidentId}|gone`, label: 'Old check' },
    ]);
    await there.tap('Old check');
    await there.seeWindow(/This check is not in the playbook any more\./);
  });

  it('are all in the whole playbook, one tap away, first of all steps', async () => {
    await ana.tap('Whole playbook', CARD);
    const { view } = await ana.seeForm('Whole playbook: Downtime');
    const words = textIn(view);
    expect(words).toContain('(you are here)');
    expect(words.indexOf(QUEUES)).toBeLessThan(words.indexOf('What do users see?'));
    expect(words).toContain('Take back what was done only to get by');
    await ana.closeForm();
  });
});
