import { describe, expect, it, onTestFinished } from 'vitest';
import { startWorkspace } from '../../../src/simulator/workspace/start-workspace.ts';
import { createSlackClients } from '../../../src/slack/connect/clients.ts';
import { MANIFEST } from '../../../src/slack/manifest.ts';
import { slackFailureOf } from '../../../src/slack/send/slack-failure.ts';
import { MOCK_URL, mockHttp, promiseSlack, promiseSlackBreak } from '../../support/http.ts';
import { createKeptLog } from '../../support/kept-log.ts';

function clients() {
  const apiUrl = `${MOCK_URL}/api/`;
  return createSlackClients({ botToken: 'xoxb-test', apiUrl, log: createKeptLog() });
}

describe('the clients', () => {
  mockHttp();

  it.each([
    'interactive',
    'background',
    'history',
  ] as const)('try once and leave the next try to the work queue: %s', async (name) => {
    // A second try would find nothing promised, which fails the test.
    promiseSlackBreak('auth.test', 'ECONNRESET');

    await expect(clients()[name].auth.test()).rejects.toMatchObject({
      code: 'slack_webapi_request_error',
    });
  });

  it('say at once that there were too many calls, instead of waiting inside', async () => {
    promiseSlack('chat.postMessage', { status: 429, body: '', headers: { 'retry-after': '900' } });

    const call = clients().background.chat.postMessage({ channel: 'C1', text: 'x' });
    const failure = slackFailureOf(await call.catch((error: unknown) => error));

    expect(failure).toEqual({ kind: 'rate-limited', delayMs: 900_000 });
  });

  it('write on while reading is limited', async () => {
    const { history, background } = clients();
    const limit = { status: 429, body: '', headers: { 'retry-after': '900' } };
    promiseSlack('conversations.history', limit);
    promiseSlack('chat.postMessage', { body: { ok: true } });

    await expect(history.conversations.history({ channel: 'C1' })).rejects.toThrow();

    expect(await background.chat.postMessage({ channel: 'C1', text: 'x' })).toMatchObject({
      ok: true,
    });
  });
});

it('a call that opens a form is given up while its trigger may still live', async () => {
  const workspace = await startWorkspace({ manifest: MANIFEST });
  onTestFinished(() => workspace.close());
  const { botToken, apiUrl } = workspace;
  const { interactive } = createSlackClients({ botToken, apiUrl, log: createKeptLog() });
  workspace.faults.nextCalls('auth.test', { kind: 'hang' });

  // It never answers, so that only the client's own limit can end this.
  const failure = slackFailureOf(await interactive.auth.test().catch((error: unknown) => error));

  expect(failure).toEqual({ kind: 'unknown' });
});
