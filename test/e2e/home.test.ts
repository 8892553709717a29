import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import { type HomeTab, homeTab } from '../support/e2e/home.ts';
import type { TestPerson } from '../support/e2e/person.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { openSession, stateOf as readStateOf, untilQuiet } from '../support/e2e/sessions.ts';
import {
  ana,
  commands,
  MINUTE_MS,
  openCommand,
  play,
  STRAIGHT_PATH,
  stateOf,
} from '../support/incident-builders.ts';
import { until } from '../support/poll.ts';

const SEED = roomsSeed('open-room', 'dora-room', 'noor-room');
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

    expect((await readStateOf(world, incidentId)).ownerId).toBe(chidi.id);
  });

  it('follows what becomes of my incidents while I look', async () => {
    const dora = world.person('dora', 'dora-room');
    const { incidentId } = await openSession(dora, 'disk fills up sev1');
    await untilQuiet(world);
    const home = homeOf(dora);
    await home.open();
    await home.tap('Take it', incidentId);
    await home.see(/disk fills up.{0,60}yours/);
    await dora.say('/triage close Nothing was wrong.');
    await home.see(/Recent documents.*disk fills up/);
    await untilQuiet(world);
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

  it('pages through long lists, and begins at the first page when it is opened', async () => {
    const noor = world.person('noor', 'noor-room');
    const titles = ['one', 'two', 'three', 'four', 'five', 'six'].map((word) => `paged ${word}`);
    for (const title of titles) await noor.say(`/triage ${title} sev4`);
    const home = homeOf(noor);
    await home.open();
    const first = await home.see('Open incidents');
    const seen = [first];
    const more = () => home.labels().find((label) => /^and \d+ more$/.test(label));
    for (let label = more(); label !== undefined; label = more()) {
      const before = home.text();
      await home.tap(label);
      seen.push(await until('the next page', () => home.text() !== before && home.text()));
    }

    expect(titles.filter((title) => !seen.join().includes(title))).toEqual([]);
    expect(home.labels()).toContain('Back');
    await home.open();
    await until('the first page', () => !home.labels().includes('Back'));
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

  it('sends the picture of the trend to who asks for it, and to nobody else', async () => {
    const asker = world.person('ana', 'open-room');
    await keepSolvedIncident(world, asker.channelId);
    const home = homeOf(asker);
    await home.open();
    await home.see('11 min (median of 1, too few for a trend)');
    await home.tap('Send me the picture');
    const picture = await until('a picture in the direct conversation', () =>
      directFiles(asker).find(({ mimetype }) => mimetype === 'image/png'),
    );

    expect(picture.title).toBe('Median minutes to resolve, week by week');
    expect(directFiles(world.person('ben', 'open-room'))).toEqual([]);
    expect(directFiles(asker)).toHaveLength(1);
  });

  it('shows only what is mine when Slack does not say where I am', async () => {
    await world.restartBot();
    const ana = world.person('ana', 'open-room');
    world.demo.workspace.faults.nextCalls('users.conversations', {
      kind: 'error',
      error: 'fatal_error',
    });
    const home = homeOf(ana);
    await home.open();
    const shown = await home.see('Slack does not tell me just now');

    expect(shown).toContain('checkout slow');
    expect(shown).not.toContain('queue grows');
  });
});

/** As if somebody had worked on it an hour ago, from the start to the verified fix in 11 minutes. */
async function keepSolvedIncident(world: BotWorld, channelId: string): Promise<void> {
  const openedAtMs = Date.now() - 60 * MINUTE_MS;
  const startedAtMs = openedAtMs - MINUTE_MS;
  const open = openCommand({ incidentId: 'RT-PAST1', channelId, startedAtMs });
  const [, own, , ...later] = STRAIGHT_PATH;
  const problem = { ...commands.state, startedAtMs };
  const steps = [[open, ana], own, [problem, ana], ...later].filter((step) => step !== undefined);
  const events = play(steps as typeof STRAIGHT_PATH, [], openedAtMs);
  await world.store().append({
    incidentId: 'RT-PAST1',
    expectedVersion: 0,
    dedupeId: 'past',
    events,
    state: stateOf(events),
    work: [],
  });
}

function directFiles(person: TestPerson) {
  return person
    .view()
    .channels.filter(({ isDirect }) => isDirect)
    .flatMap(({ messages }) => messages.flatMap(({ files }) => files));
}
