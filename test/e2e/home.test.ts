import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import { type HomeTab, homeTab } from '../support/e2e/home.ts';
import type { TestPerson } from '../support/e2e/person.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { openSession, stateOf, untilQuiet } from '../support/e2e/sessions.ts';
import { until } from '../support/poll.ts';

const SEED = roomsSeed('open-room', 'past-room');
const PRIVATE_ROOM = { name: 'board-room', isPrivate: true, hasBot: true, members: ['ben'] };

describe('the Home tab', () => {
  let world: BotWorld;

  beforeAll(async () => {
    const seed = { ...SEED, channels: [...SEED.channels, PRIVATE_ROOM] };
    world = await startBotWorld({ world: { seed } });
  });
  afterEach(() => expect(world.logLines.filter((line) => line.level === 'error')).toEqual([]));
  afterAll(() => world.close());

  const homeOf = (person: TestPerson): HomeTab => homeTab(world.demo.workspace, person);

  it('shows what is open, mine first, and nothing of a channel I am not in', async () => {
    const ana = world.person('ana', 'open-room');
    const ben = world.person('ben', 'board-room');
    const hers = await openSession(ana, 'checkout slow sev3');
    await openSession(ana, 'login broken sev1');
    const secret = await openSession(ben, 'merger leaked sev1');
    await ana.say(`/triage own ${hers.incidentId}`);
    await ana.tap('Take it', 'checkout slow');
    await untilQuiet(world);
    const home = homeOf(ana);
    await home.open();
    const shown = await home.see('login broken');

    expect(shown.indexOf('checkout slow')).toBeLessThan(shown.indexOf('login broken'));
    expect(shown).toContain('yours');
    expect(shown).not.toContain('merger');
    expect(shown).not.toContain(secret.incidentId);
    const his = homeOf(ben);
    await his.open();
    expect(await his.see('merger leaked')).toContain('login broken');
  });

  it('lets me take an incident with one tap, and shows at once that it is mine', async () => {
    const chidi = world.person('chidi', 'open-room');
    const { incidentId } = await openSession(chidi, 'queue grows');
    await untilQuiet(world);
    const home = homeOf(chidi);
    await home.open();
    await home.see('queue grows');
    expect(await home.tap('Take it', incidentId)).toBeNull();
    await home.see(/queue grows.{0,60}yours/);

    expect((await stateOf(world, incidentId)).ownerId).toBe(chidi.id);
  });

  it('follows what becomes of my incidents while I look', async () => {
    const dora = world.person('dora', 'open-room');
    const { incidentId } = await openSession(dora, 'disk fills up');
    await untilQuiet(world);
    const home = homeOf(dora);
    await home.open();
    await home.tap('Take it', incidentId);
    await home.see(/disk fills up.{0,60}yours/);
    await dora.say('/triage close Nothing was wrong.');
    await until('Home lets go of it', () => !home.text().includes('disk fills up'));
  });

  it('catches me up in a window, but not on what I may not read', async () => {
    const ana = world.person('ana', 'open-room');
    const ben = world.person('ben', 'board-room');
    const { incidentId } = await openSession(ben, 'salaries visible');
    await untilQuiet(world);
    const his = homeOf(ben);
    await his.open();
    await his.see('salaries visible');
    await his.tap('Catch me up', incidentId);
    expect(JSON.stringify(await ben.seeForm())).toContain('salaries visible');

    const hers = homeOf(ana);
    await hers.open();
    await hers.see('Open incidents');
    const button = world.demo.workspace.view(ben.id).home;
    expect(JSON.stringify(button)).toContain(incidentId);
    expect(JSON.stringify(world.demo.workspace.view(ana.id).home)).not.toContain(incidentId);
  });

  it('pages through long lists', async () => {
    const noor = world.person('noor', 'past-room');
    for (const name of ['one', 'two', 'three', 'four', 'five', 'six']) {
      await openSession(noor, `paged ${name} sev1`);
    }
    await untilQuiet(world);
    const home = homeOf(noor);
    await home.open();
    await home.see('paged six');
    const [more = ''] = home.labels().filter((label) => /^and \d+ more$/.test(label));
    await home.tap(more);
    await until('the next page', () => home.labels().includes('Back'));
    expect(home.text()).not.toContain('paged six');
    await home.open();
    await home.see('paged six');
    expect(home.labels()).not.toContain('Back');
  });

  it('tells of the bot’s own connections', async () => {
    const ana = world.person('ana', 'open-room');
    const home = homeOf(ana);
    await home.open();
    const shown = await home.see('My connections');

    expect(shown).toMatch(/Slack : connected/);
    expect(shown).toMatch(/Embedded store : answers/);
    expect(shown).toMatch(/AWS in eu-west-1 : CloudTrail answered/);
  });

  it('shows only what is mine when Slack does not say where I am', async () => {
    await world.restartBot();
    const ana = world.person('ana', 'open-room');
    world.demo.workspace.faults.nextCalls('users.conversations', { kind: 'error', error: 'fatal_error' });
    const home = homeOf(ana);
    await home.open();
    const shown = await home.see('Slack does not tell me just now');

    expect(shown).toContain('checkout slow');
    expect(shown).not.toContain('queue grows');
  });
});
