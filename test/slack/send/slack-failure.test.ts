import { WebClient } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { toSlackLogger } from '../../../src/slack/connect/slack-logger.ts';
import { type SlackFailure, slackFailureOf } from '../../../src/slack/send/slack-failure.ts';
import { MOCK_URL, mockHttp, promiseSlack, promiseSlackBreak } from '../../support/http.ts';
import { createKeptLog } from '../../support/kept-log.ts';

mockHttp();

/** Slack's own client makes the errors, out of what came over the wire. */
async function failureOfCall(): Promise<SlackFailure> {
  const client = new WebClient('xoxb-test', {
    slackApiUrl: `${MOCK_URL}/api/`,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: toSlackLogger(createKeptLog()),
  });
  const error: unknown = await client.chat
    .postMessage({ channel: 'C1', text: 'x' })
    .catch((cause: unknown) => cause);
  return slackFailureOf(error);
}

const KINDS = [
  { kind: 'channel-closed', code: 'not_in_channel' },
  { kind: 'channel-closed', code: 'channel_not_found' },
  { kind: 'channel-closed', code: 'is_archived' },
  { kind: 'channel-closed', code: 'restricted_action' },
  { kind: 'channel-closed', code: 'restricted_action_read_only_channel' },
  { kind: 'channel-closed', code: 'restricted_action_thread_only_channel' },
  { kind: 'credentials-refused', code: 'invalid_auth' },
  { kind: 'credentials-refused', code: 'not_authed' },
  { kind: 'credentials-refused', code: 'account_inactive' },
  { kind: 'credentials-refused', code: 'token_revoked' },
  { kind: 'credentials-refused', code: 'token_expired' },
  { kind: 'scope-missing', code: 'missing_scope' },
  { kind: 'blocks-refused', code: 'invalid_blocks' },
  { kind: 'blocks-refused', code: 'invalid_blocks_format' },
  { kind: 'blocks-refused', code: 'msg_blocks_too_long' },
  { kind: 'blocks-refused', code: 'msg_too_long' },
  { kind: 'message-gone', code: 'message_not_found' },
  { kind: 'message-gone', code: 'thread_not_found' },
  { kind: 'message-gone', code: 'cant_update_message' },
  { kind: 'message-gone', code: 'edit_window_closed' },
  { kind: 'trigger-expired', code: 'expired_trigger_id' },
  { kind: 'trigger-expired', code: 'exchanged_trigger_id' },
  { kind: 'unknown', code: 'fatal_error' },
  { kind: 'unknown', code: 'internal_error' },
  { kind: 'unknown', code: 'service_unavailable' },
  { kind: 'unknown', code: 'request_timeout' },
  { kind: 'refused', code: 'an_error_of_next_year' },
  { kind: 'refused', code: 'constructor' },
];

describe('a failed call to Slack', () => {
  it.each(KINDS)('is $kind when Slack says $code', async ({ kind, code }) => {
    promiseSlack('chat.postMessage', { body: { ok: false, error: code } });

    expect((await failureOfCall()).kind).toBe(kind);
  });

  it.each(
    KINDS.filter(({ kind }) => kind === 'channel-closed' || kind === 'credentials-refused'),
  )('comes with a sentence for people when Slack says $code', async ({ code }) => {
    promiseSlack('chat.postMessage', { body: { ok: false, error: code } });

    expect(await failureOfCall()).toHaveProperty('sentence', expect.stringMatching(/^[A-Z].+\.$/));
  });

  it('names what Slack did not like in the blocks, in 500 characters', async () => {
    const messages = ['[ERROR] must be less than 51 items [json-pointer:/blocks]', 'x'.repeat(600)];
    promiseSlack('chat.postMessage', {
      body: { ok: false, error: 'invalid_blocks', response_metadata: { messages } },
    });

    const failure = await failureOfCall();

    expect(failure).toHaveProperty('detail', expect.stringContaining('json-pointer:/blocks'));
    expect(failure).toHaveProperty('detail.length', 500);
  });

  it('says how long to wait when there were too many calls', async () => {
    promiseSlack('chat.postMessage', { status: 429, body: '', headers: { 'retry-after': '7' } });

    expect(await failureOfCall()).toEqual({ kind: 'rate-limited', delayMs: 7_000 });
  });

  it('says how long to wait where Slack does not', async () => {
    promiseSlack('chat.postMessage', { status: 429, body: '' });

    expect(await failureOfCall()).toEqual({ kind: 'rate-limited', delayMs: 5_000 });
  });

  it.each([500, 502, 503])('is of unknown outcome when HTTP says %i', async (status) => {
    promiseSlack('chat.postMessage', { status, body: 'upstream' });

    expect(await failureOfCall()).toEqual({ kind: 'unknown' });
  });

  it.each([
    'ECONNRESET',
    'ECONNREFUSED',
    'ETIMEDOUT',
  ])('is of unknown outcome when the connection ends in %s', async (code) => {
    promiseSlackBreak('chat.postMessage', code);

    expect(await failureOfCall()).toEqual({ kind: 'unknown' });
  });

  it.each([
    '<html>captive portal</html>',
    '{}',
    'null',
    '[]',
    '{"ok":false,"error":{}}',
  ])('is of unknown outcome when what came is no answer of Slack: %s', async (body) => {
    promiseSlack('chat.postMessage', { body });

    expect(await failureOfCall()).toEqual({ kind: 'unknown' });
  });

  it.each([
    new TypeError('ours'),
    'a string',
    null,
    undefined,
  ])('is of unknown outcome for a thrown %s', (thrown) => {
    expect(slackFailureOf(thrown)).toEqual({ kind: 'unknown' });
  });
});
