import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { botPosts } from '../support/e2e/bot-posts.ts';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import { type TestPerson, textIn } from '../support/e2e/person.ts';
import { until } from '../support/poll.ts';

const OURS = `id: orders
title: Orders are stuck
when: Orders are not worked off.
words: [orders stuck]
questions: [Which warehouse?]
checks:
  - check: Call the warehouse.
hypotheses:
  - { id: worker, cause: The worker is down., for: It was stopped., against: It runs. }
tests:
  - test: Look at the worker.
solutions:
  - { solution: Start it., risk: None., mitigation: One first., rollback: Stop it. }
verification: [Orders leave.]
prevention: [Alarm on them.]
`;

describe('playbooks in a session', () => {
  let folder: string;
  let world: BotWorld;
  let ana: TestPerson;
  let ben: TestPerson;

  const broken = () => join(folder, 'ours', 'broken.yml');
  const newestEvents = async () => {
    const [newest] = await world.store().listIncidents({ limit: 1 });
    return world.store().readEvents(newest?.incidentId ?? '');
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'redthread-playbooks-'));
    await mkdir(join(folder, 'ours'));
    await writeFile(join(folder, 'redthread.yaml'), 'playbooks: ./ours\n');
    await writeFile(broken(), 'id: broken\nwrods: [down]\n');
    await writeFile(join(folder, 'ours', 'orders.yml'), OURS);
    const environment = { REDTHREAD_CONFIG: join(folder, 'redthread.yaml') };
    world = await startBotWorld({ environment });
    ana = world.person('ana');
    ben = world.person('ben');
  });
  afterAll(async () => {
    await world.close();
    await rm(folder, { recursive: true });
  });

  it('a broken file is left out with its line, and the bot runs with the others', () => {
    const refused = world.logLines.filter(({ message }) => message === 'a playbook was refused');
    expect(refused.map(({ fields }) => fields)).toContainEqual(
      expect.objectContaining({
        file: broken(),
        line: 2,
        reason: 'wrods is not known here',
      }),
    );
    expect(world.bot().playbookNotes).toContain(
      `playbook left out: ${broken()}:2: wrods is not known here`,
    );
  });

  it('the title chooses one, and the card says why and what to ask', async () => {
    await ana.say('/triage website down');
    const card = await ana.seeMessage('The title says “website down”.');
    expect(ana.textOf(card)).toContain('Playbook: Downtime');
    expect(ana.textOf(card)).toContain('What do users see?');
  });

  it('is changed by one tap on the menu of the card, and the change is on the record', async () => {
    await ben.tap('Security breach');
    const card = await ben.seeMessage(/Playbook: Security breach .*chosen by @/);
    expect(ben.textOf(card)).toContain('What made somebody suspicious?');
    const events = await newestEvents();
    expect(events.findLast(({ event }) => event.type === 'playbook-chosen')).toMatchObject({
      actor: { kind: 'person', userId: ben.id },
      event: { playbookId: 'security', isByHand: true },
    });
  });

  it('checks by itself what it can in step 2', async () => {
    await ana.seeMessage(/Found .* alarm/);
    await ana.tap('Downtime');
    await ana.fill('State the problem', { 'What exactly is wrong?': 'The page does not load.' });
    const card = await until('the checks have results', () => {
      const found = ana.findMessage('Was an instance, task or database stopped');
      return found !== undefined && ana.textOf(found).includes('🔶') ? found : undefined;
    });
    expect(ana.textOf(card)).toMatch(
      /🔶 Are alarms on errors, health or latency in ALARM\? → In ALARM: /,
    );
  });

  it('shows the first of it on the card, and all of it in one tap', async () => {
    const card = await ana.seeMessage('Was an instance, task or database stopped');
    expect(ana.textOf(card)).toMatch(/and \d+ more in the whole playbook/);
    expect(ana.textOf(card)).not.toContain('👤 Look at the AWS Health Dashboard');
    await ana.tap('Whole playbook');
    const { view } = await ana.seeForm('Whole playbook: Downtime');
    expect(textIn(view)).toMatch(/\(you are here\) 🔶 .*👤 Look at the AWS Health Dashboard/);
    await ana.closeForm();
  });

  it('the one that somebody names is taken, also from the team', async () => {
    await ana.say('/triage website down again playbook:orders');
    const card = await ana.seeMessage('Which warehouse?');
    expect(ana.textOf(card)).toMatch(/Playbook: Orders are stuck .*chosen by @/);
    await until('all is read', async () => {
      const events = await newestEvents();
      return events.some(({ event }) => event.type === 'causes-ranked' && !event.ranking.isPartial);
    });
  });

  it('one that is not there is told, and nothing is opened', async () => {
    await ana.say('/triage bill jumps playbook:costs');
    await ana.seeMessage('There is no playbook “costs”, so nothing was opened. Did you mean cost?');
  });

  it('a menu entry for one that was removed since is explained', async () => {
    // Elsewhere, because Slack takes one message a second in a channel.
    const there = world.person('ana', 'deploys');
    await botPosts(world, there, [
      { actionId: 'tap:choose-playbook', value: 'RT-00000|gone', label: 'Old playbook' },
    ]);
    await there.tap('Old playbook');
    await there.seeWindow(/There is no such playbook any more\./);
  });
});
