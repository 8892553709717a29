import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import { type TestPerson, walk } from '../support/e2e/person.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { openSession, stateOf } from '../support/e2e/sessions.ts';
import { told } from '../support/e2e/told.ts';

const LEADS = 'S0LEADS01';

/** Who may approve is said by a user group, which Slack is asked about when somebody approves. */
describe('approval by a user group', () => {
  let world: BotWorld;

  beforeAll(async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'redthread-approval-')), 'redthread.yaml');
    writeFileSync(path, `regions: [eu-west-1]\napproval: { entitled: [${LEADS}] }\n`);
    const group = { id: LEADS, handle: 'oncall-leads', name: 'Leads', members: ['ana', 'ben'] };
    world = await startBotWorld({
      world: { seed: { ...roomsSeed('open', 'silent'), userGroups: [group] } },
      environment: { REDTHREAD_CONFIG: path },
    });
  });
  afterAll(() => world.close());

  async function planned(room: string): Promise<{ ana: TestPerson; incidentId: string }> {
    const ana = world.person('ana', room);
    const { incidentId } = await openSession(ana, `${room} returns 5xx`);
    await ana.tap('More');
    await ana.fill('Move to another step', { 'Where to?': 'solve', Why: 'We know.' });
    await ana.fill('Plan a solution', {
      'What will be done?': 'Start it again.',
      'What could go wrong?': 'Nothing.',
      'What is the way back?': 'Stop it again.',
    });
    await ana.seeMessage('Waits for approval by somebody of');
    return { ana, incidentId };
  }

  it('waits while Slack does not say who is in it, and says so', async () => {
    const { incidentId } = await planned('silent');
    const { faults } = world.demo.workspace;
    faults.nextCalls('usergroups.users.list', { kind: 'error', error: 'internal_error' }, 9);
    const ben = world.person('ben', 'silent');
    await ben.tap('Approve the plan');
    await told(ben, /Slack does not tell me just now who is in/);
    expect((await stateOf(world, incidentId)).plans[0]?.status).toBe('planned');

    faults.clear();
    await ben.tap('Approve the plan');
    await ben.seeMessage('Approved by');
  });

  it('takes it from who is in it, and tells others whom to ask', async () => {
    const { ana, incidentId } = await planned('open');
    const card = await ana.seeMessage('Waits for approval by somebody of');
    expect(walk(card.blocks).filter((node) => node['usergroup_id'] === LEADS)).toHaveLength(1);
    const noor = world.person('noor', 'open');
    await noor.tap('Approve the plan');
    await told(noor, /not among those who may approve here. Somebody of/);
    await ana.tap('Approve the plan');
    await told(ana, /You planned this, so you cannot approve it, too/);
    await world.person('ben', 'open').tap('Approve the plan');
    await ana.seeMessage('Approved by');

    const log = JSON.stringify(await world.store().readEvents(incidentId));
    expect(log).toContain(LEADS);
    expect(log).not.toContain('memberOf');
  });
});
