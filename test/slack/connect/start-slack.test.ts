import { describe, expect, it } from 'vitest';
import { createSlackClients } from '../../../src/slack/connect/clients.ts';
import { identify } from '../../../src/slack/connect/start-slack.ts';
import { MOCK_URL, mockHttp, promiseSlack, promiseSlackBreak } from '../../support/http.ts';
import { createKeptLog } from '../../support/kept-log.ts';

mockHttp();

const identity = { team_id: 'T1', team: 'Northwind', bot_id: 'B1', user_id: 'U1' };

function ask() {
  const apiUrl = `${MOCK_URL}/api/`;
  return identify(createSlackClients({ botToken: 'xoxb-test', apiUrl, log: createKeptLog() }));
}

describe('asking Slack whose token it is', () => {
  it('learns the workspace and the bot', async () => {
    promiseSlack('auth.test', { body: { ok: true, ...identity, url: 'https://x' } });

    expect(await ask()).toEqual({
      teamId: 'T1',
      teamName: 'Northwind',
      botId: 'B1',
      botUserId: 'U1',
    });
  });

  it.each([
    'invalid_auth',
    'not_authed',
    'account_inactive',
    'token_revoked',
    'token_expired',
  ])('says that the token is the trouble when Slack says %s', async (error) => {
    promiseSlack('auth.test', { body: { ok: false, error } });

    await expect(ask()).rejects.toMatchObject({
      code: 'slack-refused',
      message: expect.stringMatching(/token|Install the app/),
    });
  });

  it('says that Slack could not be reached when the connection fails', async () => {
    promiseSlackBreak('auth.test', 'ENOTFOUND');

    await expect(ask()).rejects.toMatchObject({
      code: 'slack-unavailable',
      message: expect.stringContaining('could not be reached'),
    });
  });
});
