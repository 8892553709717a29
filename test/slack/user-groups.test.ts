import { describe, expect, it } from 'vitest';
import { createSlackClients } from '../../src/slack/connect/clients.ts';
import { createUserGroups } from '../../src/slack/user-groups.ts';
import { MOCK_URL, mockHttp, promiseSlack } from '../support/http.ts';
import { createKeptLog } from '../support/kept-log.ts';

mockHttp();

function groupsOn() {
  const log = createKeptLog();
  const clients = createSlackClients({ botToken: 'xoxb-test', apiUrl: `${MOCK_URL}/api/`, log });
  return { log, groups: createUserGroups({ clients, log, nowMs: () => 0 }) };
}

describe('a user group', () => {
  it('has the members that Slack names, asked for once', async () => {
    promiseSlack('usergroups.users.list', { body: { ok: true, users: ['U1'] } });
    const { groups } = groupsOn();
    expect(await groups.membersOf('S1')).toEqual(new Set(['U1']));
    expect(await groups.membersOf('S1')).toEqual(new Set(['U1']));
  });

  it('lets nobody in on the free plan, and the log says what to do', async () => {
    const refusal = { ok: false, error: 'plan_upgrade_required' };
    promiseSlack('usergroups.users.list', { body: refusal });
    const { groups, log } = groupsOn();
    expect(await groups.membersOf('S1')).toBeNull();
    expect(log.lines).toMatchObject([
      { level: 'warn', message: expect.stringContaining('name people instead') },
    ]);
  });
});
