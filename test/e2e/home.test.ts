import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import { type HomeTab, homeTab } from '../support/e2e/home.ts';
import { keepPastIncident } from '../support/e2e/past-incidents.ts';
import type { TestPerson } from '../support/e2e/person.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { openSession, stateOf, untilQuiet } from '../support/e2e/sessions.ts';
import { MINUTE_MS } from '../support/incident-builders.ts';
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
    await openSession(ana, 'checkout slow sev3');
    await openSession(ana, 'login broken sev1');
    const secret = await openSession(ben, 'merger leaked sev1');
    await ana.tap('Take it', 'checkout slow');
    await untilQuiet(world);
    const home = homeOf(ana);
    await home.open();
    const shown = await home.see('login broken');

    expect(shown.indexOf('checkout slow')).toBeLessThan(shown.indexOf('login broken'));
    expect(shown).toContain('yours');
    expect(await home.tap('Open the thread')).toBeNull();
    expect(shown).not.toContain('merger');
    expect(shown).not.toContain(secret.incidentId);
    const his = homeOf(ben);
    await his.open();
    expect(await his.see('merger leaked')).toContain('login broken');
  });

  it('tells of the bot’s own connections', async () => {
    const ana = world.person('ana', 'open-room');
    const home = homeOf(ana);
    await home.open();
    const shown = await home.see(/AWS in eu-west-1 : CloudTrail answered/);

    expect(shown).toMatch(/Slack : connected/);
    expect(shown).toMatch(/Embedded store : answers/);
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
    expect(await ben.seeWindow(/./)).toContain('salaries visible');

    const hers = homeOf(ana);
    await hers.open();
    await hers.see('queue grows');
    expect(hers.text()).not.toContain('salaries');
  });

  it('does nothing for who may not see the incident any more, and says so', async () => {
    const ana = world.person('ana', 'open-room');
    const home = homeOf(ana);
    const flapping = await openSession(world.person('ben', 'open-room'), 'router flaps sev1');
    await untilQuiet(world);
    await home.open();
    await home.see('router flaps');
    await world.restartBot();
    const noAnswer = { kind: 'error', error: 'fatal_error' } as const;
    world.demo.workspace.faults.nextCalls('users.conversations', noAnswer);
    await home.tap('Take it', flapping.incidentId);

    expect(await ana.seeWindow(/./)).toContain('I cannot show you this incident');
    expect((await stateOf(world, flapping.incidentId)).ownerId).toBeNull();
  });

  it('is published again when Slack asked for a pause', async () => {
    const ana = world.person('ana', 'open-room');
    const { faults } = world.demo.workspace;
    faults.nextCalls('views.publish', { kind: 'rate-limit', retryAfterSeconds: 1 });
    const before = world.demo.workspace.view(ana.id).home;
    await homeOf(ana).open();
    await until('a newer Home', () => world.demo.workspace.view(ana.id).home !== before);
  });

  it('pages through long lists, and begins at the first page when it is opened', async () => {
    const noor = world.person('noor', 'noor-room');
    const titles = ['one', 'two', 'three', 'four', 'five', 'six'].map((word) => `paged ${word}`);
    for (const title of titles) await noor.say(`/triage ${title} sev4`);
    const home = homeOf(noor);
    await home.open();
    const first = await home.see('Open incidents');
    const seen = [first];
    const isMore = (label: string) => /^and \d+ more$/.test(label);
    const more = () => home.labels().find(isMore);
    for (let label = more(); label !== undefined; label = more()) {
      const before = home.text();
      await home.tap(label);
      seen.push(await until('the next page', () => home.text() !== before && home.text()));
    }

    expect(titles.filter((title) => !seen.join().includes(title))).toEqual([]);
    const last = home.text();
    await home.tap('Back');
    await until('the page before', () => home.text() !== last && home.labels().some(isMore));
    await home.open();
    await until('the first page', () => !home.labels().includes('Back'));
  });

  it('sends the picture of the trend to who asks for it, and to nobody else', async () => {
    const asker = world.person('ana', 'open-room');
    const past = { incidentId: 'RT-PAST1', channelId: asker.channelId };
    await keepPastIncident(world.store(), { ...past, openedAtMs: Date.now() - 60 * MINUTE_MS });
    const home = homeOf(asker);
    await home.open();
    await home.see('11 min (median of 1, too few for a trend)');
    await home.tap('Send me the trend as a picture');
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

function directFiles(person: TestPerson) {
  return person
    .view()
    .channels.filter(({ isDirect }) => isDirect)
    .flatMap(({ messages }) => messages.flatMap(({ files }) => files));
}
