import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DemoWorld } from '../../src/cli/demo-world.ts';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import { homeTab } from '../support/e2e/home.ts';
import { GUEST, roomsSeed, STRANGER } from '../support/e2e/rooms.ts';
import { openSession, stateOf } from '../support/e2e/sessions.ts';
import { fieldErrors, told, toldTo } from '../support/e2e/told.ts';
import { until } from '../support/poll.ts';

const ROOMS = ['full', 'shared', 'moved', 'late', 'pins', 'silent'] as const;
const GROUP = 'S0ONCALL1';

/** Ana, Ben and Chidi are on call; Dora is a member like them, and in no group. */
describe('who may use the bot', () => {
  let world: BotWorld;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'redthread-access-'));
    const rooms = roomsSeed(...ROOMS);
    const room = { name: 'private', isPrivate: true, hasBot: true, members: ['ana', 'ben'] };
    const seed = { ...rooms, channels: [...rooms.channels, room] };
    world = await startBotWorld({
      world: {
        seed: {
          ...seed,
          userGroups: [
            { handle: 'oncall', name: 'On call', id: GROUP, members: ['ana', 'ben', GUEST] },
          ],
        },
      },
      environment: (demo) => ({ REDTHREAD_CONFIG: writeConfig(demo) }),
    });
  });
  afterAll(async () => {
    await world.close();
    rmSync(folder, { recursive: true });
  });

  function writeConfig({ workspace }: DemoWorld): string {
    const path = join(folder, 'redthread.yaml');
    const channels = [...ROOMS, 'private'].map((name) => workspace.channelId(name)).join(', ');
    const people = workspace.personId('chidi');
    const access = `access: {channels: [${channels}], groups: [${GROUP}], people: [${people}]}`;
    writeFileSync(path, `regions: [eu-west-1]\n${access}\n`);
    return path;
  }

  const refusals = async () =>
    (await world.store().readAudit(100)).filter(({ action }) => action === 'refusal');

  it('is who the configuration names, by group or by id', async () => {
    const ana = world.person('ana', 'full');
    const chidi = world.person('chidi', 'full');
    const { incidentId } = await openSession(ana, 'checkout is down');
    await chidi.tap('Take it', incidentId);
    await until('the owner', async () => (await stateOf(world, incidentId)).ownerId === chidi.id);
  });

  it.each<[string, RegExp, string]>([
    ['dora', /open to certain people here/, 'not-named'],
    [GUEST, /not open to guests of this workspace/, 'guest'],
    [STRANGER, /your account belongs to another/, 'stranger'],
  ])('is not %s, who hears it alone at a command, a button and a question', async (name, sentence, reason) => {
    const outsider = world.person(name, 'full');
    const before = (await world.store().listIncidents({ limit: 100 })).length;
    const heard = () => toldTo(outsider).filter((text) => sentence.test(text)).length;
    await outsider.say('/triage uploads fail');
    await until('the first refusal', () => heard() === 1);
    await outsider.tap('State the problem');
    await until('the second refusal', () => heard() === 2);
    await outsider.say('/trail who stopped i-0c4e8d21f6ab97530');
    await until('the third refusal', () => heard() === 3);
    expect(outsider.view().modal).toBeNull();
    expect(await world.store().listIncidents({ limit: 100 })).toHaveLength(before);
    const mine = (await refusals()).filter(({ userId }) => userId === outsider.id);
    expect(mine.map(({ question, outcome }) => `${question} ${outcome}`).toSorted()).toEqual([
      `/trail ${reason}`,
      `/triage ${reason}`,
      `open:problem ${reason}`,
    ]);
  });

  it('is nobody in a channel that the configuration does not name', async () => {
    const ana = world.person('ana', 'general');
    await ana.say('/triage uploads fail');
    await told(ana, /I do not work in this channel/);
    expect(ana.messages().some(({ text, ephemeral }) => !ephemeral && /RT-/.test(text))).toBe(
      false,
    );
  });

  it('is nobody in a channel that has been shared with another organisation', async () => {
    const ana = world.person('ana', 'shared');
    world.demo.workspace.faults.shareChannel(ana.channelId);
    await ana.say('/triage uploads fail');
    await told(ana, /shared with another organisation/);
  });

  it('is nobody of whom Slack does not say who it is', async () => {
    const ben = world.person('ben', 'silent');
    await world.restartBot();
    const { faults } = world.demo.workspace;
    faults.nextCalls('users.info', { kind: 'error', error: 'internal_error' }, 20);
    await ben.say('/triage uploads fail');
    await told(ben, /Slack does not answer/);
    faults.clear();
    await openSession(ben, 'uploads fail');
  });

  it('is asked again when a form comes back, and nothing typed is lost', async () => {
    const ana = world.person('ana', 'late');
    const { incidentId } = await openSession(ana, 'checkout is down');
    await ana.tap('State the problem', incidentId);
    await ana.seeForm();
    world.demo.workspace.faults.leaveUserGroup(GROUP, ana.id);
    await world.restartBot();
    expect(await ana.submit({ 'What exactly is wrong?': 'All of it.' })).not.toEqual({});
    expect(fieldErrors(ana)).toMatch(/open to certain people here/);
    expect((await stateOf(world, incidentId)).problem).toBeNull();
    await ana.closeForm();
    await homeTab(world.demo.workspace, ana).open();
    expect(await homeTab(world.demo.workspace, ana).see('certain people')).not.toContain(
      incidentId,
    );
  });

  it('cannot take an incident to where nobody may work with it', async () => {
    const ben = world.person('ben', 'moved');
    const { incidentId } = await openSession(ben, 'checkout is down');
    await ben.say('/triage move #general');
    await told(ben, /configuration names other channels .*Nothing was changed/);
    expect((await stateOf(world, incidentId)).channelId).toBe(ben.channelId);
  });

  it('is told of an incident elsewhere only where they may read it, whatever id they name', async () => {
    const ben = world.person('ben', 'private');
    const { incidentId } = await openSession(ben, 'payroll leaked');
    const chidi = world.person('chidi', 'full');
    for (const verb of ['status', 'export', 'take']) {
      await chidi.say(`/triage ${verb} ${incidentId}`);
      await told(chidi, new RegExp(`know no incident ${incidentId} in a channel`));
      await chidi.say(`/triage ${verb} RT-ZZZZZ`);
      await told(chidi, /know no incident RT-ZZZZZ in a channel/);
    }
    expect(toldTo(chidi).join()).not.toContain('payroll');
    expect((await stateOf(world, incidentId)).ownerId).toBeNull();
    const elsewhere = world.person('ben', 'full');
    await elsewhere.say(`/triage status ${incidentId}`);
    await told(elsewhere, /payroll leaked/);
  });

  it('puts nothing on a timeline for somebody else, and says nothing where no incident is', async () => {
    const ben = world.person('ben', 'pins');
    const dora = world.person('dora', 'pins');
    await dora.say('just a word');
    const word = await dora.seeMessage('just a word');
    await dora.react(word.ts, 'pushpin');
    await until('the pin was heard', () =>
      world.demo.workspace.journal
        .envelopes('events_api')
        .filter(({ payload }) => JSON.stringify(payload).includes('pushpin'))
        .some(
          ({ payload, outcome }) =>
            outcome === 'acked' && JSON.stringify(payload).includes(word.ts),
        ),
    );
    const { incidentId, rootTs } = await openSession(ben, 'checkout is down');
    await dora.say('I saw it at ten', rootTs);
    const said = await dora.seeMessage('I saw it at ten');
    await dora.react(said.ts, 'pushpin');
    await told(dora, /open to certain people here/);
    expect(toldTo(dora).filter((text) => /certain people/.test(text))).toHaveLength(1);
    expect((await stateOf(world, incidentId)).capturedMessages).toEqual([]);
  });
});
