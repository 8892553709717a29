import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import { INSTANCE } from '../support/e2e/demo-steps.ts';
import { makeFolderWithWrites } from '../support/e2e/fix-folder.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { openSession, stateOf, untilQuiet } from '../support/e2e/sessions.ts';
import { told } from '../support/e2e/told.ts';
import { until } from '../support/poll.ts';

const OTHER = 'i-0feedfeedfeedfeed';

/** Step 5: what the plan touches is told from what else was written while it was carried out. */
describe('carrying out a plan', () => {
  let world: BotWorld;
  let folder: Awaited<ReturnType<typeof makeFolderWithWrites>>;

  beforeAll(async () => {
    folder = await makeFolderWithWrites({ own: INSTANCE, other: OTHER });
    world = await startBotWorld({
      world: { seed: roomsSeed('fix', 'window'), folder: folder.path, deliveryLagMs: 0 },
      pauses: { lookDelaysMs: [2_000, 4_000], freshMs: 0 },
      environment: (demo) => {
        const path = join(folder.path, 'redthread.yaml');
        const entitled = demo.workspace.personId('ben');
        writeFileSync(path, `regions: [eu-west-1]\napproval: { entitled: [${entitled}] }\n`);
        return { REDTHREAD_CONFIG: path };
      },
    });
  });
  afterAll(async () => {
    await world.close();
    await folder.remove();
  });

  it('shows the writes in the plan and outside of it once it is implemented', async () => {
    const ana = world.person('ana', 'fix');
    const ben = world.person('ben', 'fix');
    const { incidentId } = await openSession(ana, 'checkout returns 5xx');
    await ana.tap('More');
    await ana.fill('Move to another step', { 'Where to?': 'solve', Why: 'We know.' });
    await ana.fill('Plan a solution', {
      'What will be done?': 'Start the instance again.',
      'What could go wrong?': 'It may come up with old code.',
      'What is the way back?': 'Stop it again.',
      'What does it touch?': `${INSTANCE}, checkout hosts`,
    });
    expect(ana.textOf(await ana.seeMessage('Touches:'))).toContain(INSTANCE);
    const noor = world.person('noor', 'fix');
    await noor.tap('Approve the plan');
    expect(await told(noor, /not among those who may approve/)).toContain(`@${ben.id}`);
    await ben.tap('Approve the plan');
    await ana.seeMessage('Approved by');
    world.demo.aws.moveTo(Date.now() - 60_000);
    await ana.fill('It is implemented', { 'What was done?': 'Started it.' });

    const card = await until('both parts of the card', () =>
      ana
        .messages()
        .find((message) => /In the plan:.*Also seen then: .*•?/s.test(ana.textOf(message))),
    );
    await until('writes inside and outside', async () => {
      const { evidence } = await stateOf(world, incidentId);
      const fix = evidence.find(({ evidenceId }) => evidenceId.startsWith('fix-'));
      return (
        fix?.kind === 'changes' &&
        (fix.fix?.inside.length ?? 0) > 0 &&
        fix.coverage.recordCount > (fix.fix?.inside.length ?? 0)
      );
    });
    const text = () => ana.textOf(ana.messages().find(({ ts }) => ts === card.ts) ?? card);
    await until('the card in Slack', () =>
      new RegExp(`In the plan:.*${INSTANCE}.*Also seen then:.*${OTHER}`, 's').test(text()),
    );
    expect(text()).toContain('Writes while plan 1 was carried out');
    expect(text()).toContain('may still arrive');

    await ben.tap('Roll back');
    await ben.seeMessage('The solution was rolled back: No reason was given.');
    await untilQuiet(world);
    expect((await stateOf(world, incidentId)).step).toBe('hypothesize');
    expect(world.logLines.filter((line) => line.level === 'error')).toEqual([]);
  }, 60_000);

  it('tells the owner when the window of an approved plan begins, once, also after a restart', async () => {
    const ana = world.person('ana', 'window');
    const ben = world.person('ben', 'window');
    const { incidentId } = await openSession(ana, 'orders are slow');
    await ana.tap('Take it');
    await ana.seeMessage(`Owner: @${ana.id}`);
    await ana.tap('More');
    await ana.fill('Move to another step', { 'Where to?': 'solve', Why: 'We know.' });
    await ana.fill('Plan a solution', {
      'What will be done?': 'Restart the queue.',
      'What could go wrong?': 'Messages are read twice.',
      'What is the way back?': 'There is none.',
      'When does it go in?': String(Math.ceil(Date.now() / 1_000) + 20),
    });
    await ben.tap('Approve the plan');
    await ana.seeMessage('Approved by');
    await world.restartBot();

    const line = await ana.seeMessage(/The window of plan 1 beg[ia]n/);

    expect(ana.textOf(line)).toContain(`@${ana.id}`);
    await world.restartBot();
    await ana.tap('It is implemented');
    await ana.seeForm();
    const told = ana.messages().filter((row) => ana.textOf(row).includes('The window of plan 1'));
    expect(told).toHaveLength(1);
    const events = await world.store().readEvents(incidentId);
    expect(events.filter(({ event }) => event.type === 'window-began')).toHaveLength(1);
  }, 60_000);
});
