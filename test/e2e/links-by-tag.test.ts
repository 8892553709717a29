import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AlarmFolder, makeFolderWithTags } from '../support/e2e/alarm-folder.ts';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import { walk } from '../support/e2e/person.ts';
import { openSession, stateOf, untilQuiet } from '../support/e2e/sessions.ts';

const OURS = `id: shop
title: The shop
when: The shop has trouble.
words: [shop down]
questions: [Which shop?]
checks: [{ check: Call the shop. }]
hypotheses:
  - { id: worker, cause: The worker is down., for: It was stopped., against: It runs. }
tests: [{ test: Look at the worker. }]
solutions:
  - { solution: Start it., risk: None., mitigation: One first., rollback: Stop it. }
verification: [It sells.]
prevention: [Alarm on it.]
links:
  - title: Runbook of checkout
    url: https://wiki.example.com/checkout
    tag: { service: checkout* }
  - title: Runbook of search
    url: https://wiki.example.com/search
    tag: { service: search }
  - title: Dashboard of its alarm
    url: https://dashboards.example.com/checkout
    alarms: [checkout-*]
`;

describe('links to runbooks by the tags of alarms', () => {
  let config: string;
  let folder: AlarmFolder;
  let world: BotWorld;

  beforeEach(async () => {
    config = await mkdtemp(join(tmpdir(), 'redthread-tags-'));
    await mkdir(join(config, 'ours'));
    await writeFile(join(config, 'redthread.yaml'), 'playbooks: ./ours\n');
    await writeFile(join(config, 'ours', 'shop.yaml'), OURS);
    folder = await makeFolderWithTags({ service: 'checkout-api' });
    world = await startBotWorld({
      world: { folder: folder.path, rateLimits: 'off' },
      environment: { REDTHREAD_CONFIG: join(config, 'redthread.yaml') },
    });
  });
  afterEach(async () => {
    await world.close();
    await folder.remove();
    await rm(config, { recursive: true });
  });

  /** Addresses on the card of the first step. */
  async function linksAfterOpening() {
    const ana = world.person('ana');
    const { incidentId } = await openSession(ana, 'shop down playbook:shop');
    await untilQuiet(world);
    const card = await ana.seeMessage('Which shop?');
    const urls = walk(card.blocks).flatMap(({ url }) => (typeof url === 'string' ? [url] : []));
    return { incidentId, urls };
  }

  it('stand on the card where the tags fit', async () => {
    const { urls } = await linksAfterOpening();

    expect(urls).toContain('https://wiki.example.com/checkout');
    expect(urls).toContain('https://dashboards.example.com/checkout');
    expect(urls).not.toContain('https://wiki.example.com/search');
  });

  it('are told as missing where tags may not be read, and links by name stand there', async () => {
    world.demo.aws.faults.deny('ListTagsForResource');

    const { incidentId, urls } = await linksAfterOpening();

    expect(urls).toEqual(['https://dashboards.example.com/checkout']);
    const { evidence } = await stateOf(world, incidentId);
    const gaps = evidence.flatMap((row) => (row.kind === 'alarms' ? row.coverage.gaps : []));
    expect(gaps.filter((gap) => gap.includes('cloudwatch:ListTagsForResource'))).toHaveLength(1);
  });
});
