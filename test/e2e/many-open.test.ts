import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import { homeTab } from '../support/e2e/home.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { anAppend } from '../support/store-builders.ts';

const OTHERS = 700;
const ROOM = 'busy-room';

describe('with hundreds of incidents open at once', () => {
  let world: BotWorld;

  beforeAll(async () => {
    world = await startBotWorld({ world: { seed: roomsSeed(ROOM, 'other-room') } });
    const { workspace } = world.demo;
    const channelId = workspace.channelId(ROOM);
    const open = (incidentId: string, ownerId: string | null, atMs: number) =>
      world.store().append(
        anAppend({
          incidentId,
          state: { channelId, ownerId, openedAtMs: atMs, lastActivityAtMs: atMs },
        }),
      );
    const nowMs = Date.now();
    await open('RT-MINE2', workspace.personId('ana'), nowMs - OTHERS - 1);
    for (let index = 0; index < OTHERS; index += 1) {
      const number = index.toString(32).toUpperCase().padStart(5, '2');
      await open(`RT-${number}`, workspace.personId('ben'), nowMs - index);
    }
  });
  afterAll(() => world.close());

  it('finds what is mine, however many of others moved since', async () => {
    const ana = world.person('ana', ROOM);
    await ana.say('/triage mine');

    await ana.seeMessage(/Open and yours[\s\S]*RT-MINE2/);
  });

  it('lists the latest of a channel in one message that Slack takes', async () => {
    const ana = world.person('ana', ROOM);
    await ana.say('/triage list');

    await ana.seeMessage(/Open in this channel[\s\S]*and 15 more/);
  });

  it('shows one page of them on Home, and says that it did not look at all', async () => {
    const home = homeTab(world.demo.workspace, world.person('ben', ROOM));
    await home.open();
    const shown = await home.see('There are more than I look through: the oldest are left out.');

    expect(shown).toContain('RT-22222');
    expect(home.labels().filter((label) => label === 'Catch me up')).toHaveLength(5);
    expect(home.labels()).toContain('and 495 more');
  });
});
