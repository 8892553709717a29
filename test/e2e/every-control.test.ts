import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALARM_QUEUES, alarmConfigFile } from '../support/e2e/alarm-world.ts';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import { ALARM_ROWS, HOME_ROWS, NUDGE_ROWS } from '../support/e2e/controls/alarm-rows.ts';
import { ALL_CONTROLS } from '../support/e2e/controls/control-names.ts';
import { FIX_ROWS } from '../support/e2e/controls/fix-rows.ts';
import { renderedControls } from '../support/e2e/controls/rendered.ts';
import { SEARCH_ROWS } from '../support/e2e/controls/search-rows.ts';
import { type ControlRow, playRow, type Stage } from '../support/e2e/controls/stage.ts';
import {
  MOVE_ROWS,
  PRIVATE_ROWS,
  THREAD_ROWS,
  UNINVITED_ROWS,
} from '../support/e2e/controls/thread-rows.ts';
import { TRAIL_ROWS } from '../support/e2e/controls/trail-rows.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';

/** Stories by the room in which they play. */
const STORIES: Readonly<Record<string, readonly ControlRow[]>> = {
  incident: [...SEARCH_ROWS, ...FIX_ROWS],
  thread: THREAD_ROWS,
  secret: PRIVATE_ROWS,
  'payments-team': UNINVITED_ROWS,
  small: MOVE_ROWS,
  trail: TRAIL_ROWS,
  incidents: ALARM_ROWS,
  reminders: NUDGE_ROWS,
  home: HOME_ROWS,
};

const NUDGE_MS = 1_500;

const NEW_ROOMS = ['incident', 'thread', 'small', 'trail', 'reminders', 'home'];

function seed() {
  const rooms = roomsSeed(...NEW_ROOMS);
  const secret = { name: 'secret', isPrivate: true, hasBot: true };
  return { ...rooms, channels: [...rooms.channels, secret] };
}

/** Whatever the product offers is used by somebody at least once, and they see what comes of it. */
describe('every control', () => {
  let world: BotWorld;
  const used = new Set<string>();

  beforeAll(async () => {
    world = await startBotWorld({
      world: {
        seed: seed(),
        queues: ALARM_QUEUES,
        rateLimits: 'off',
        deliveryLagMs: 0,
      },
      environment: (demo) => ({
        REDTHREAD_CONFIG: alarmConfigFile(demo.workspace.channelId('incidents'), 5),
      }),
      pauses: {
        alarmPoll: { waitSeconds: 1, hiddenSeconds: 2 },
        freshMs: 0,
        progressAfterMs: 700,
        nudges: {
          noOwner: NUDGE_MS,
          quiet: { sev1: NUDGE_MS, sev2: null, sev3: null, sev4: null },
        },
        nudgeEveryMs: 200,
      },
    });
  });
  afterAll(() => world.close());

  describe.each(Object.keys(STORIES))('in the story of %s', (room) => {
    const kept = new Map<string, string>();
    let isBroken = false;

    it.each(
      (STORIES[room] ?? []).map((row) => [row.controls.join(', '), row] as const),
    )('%s does what it says', async (_name, row) => {
      expect(isBroken, 'an earlier row of the story failed').toBe(false);
      isBroken = true;
      const stage: Stage = {
        world,
        ana: world.person('ana', room),
        ben: world.person('ben', room),
        kept,
      };
      await playRow(stage, row);
      for (const control of row.controls) used.add(control);
      isBroken = false;
    });
  });

  it('that was shown to anybody is one that is known', () => {
    const shown = renderedControls(world.demo.workspace.journal).flatMap(({ names }) => names);
    expect(shown).not.toEqual([]);
    expect(shown.filter((name) => !ALL_CONTROLS.includes(name))).toEqual([]);
  });

  it('leaves no error in the log but the upload that Slack refused', () => {
    const errors = world.logLines.filter(({ level }) => level === 'error');
    expect(errors.filter((line) => !JSON.stringify(line).includes('lacks a scope'))).toEqual([]);
  });

  it('is in one of the stories', () => {
    expect(ALL_CONTROLS.filter((control) => !used.has(control))).toEqual([]);
  });
});
