import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isReplyUrl, tellPerson } from '../../../src/slack/send/tell-person.ts';
import { mockHttp, promiseReply, promiseSlack, REPLY_URL } from '../../support/http.ts';
import { ROOT_TS, sendParts } from './send-support.ts';

mockHttp();

const SLACK = 'https://slack.com/api/';
const ana = {
  userId: 'U1',
  channelId: 'C1',
  threadTs: ROOT_TS,
  replyUrl: REPLY_URL,
  sentence: 'Not yet.',
};

describe('telling one person', () => {
  it('answers the interaction itself, for that person alone, beside what they tapped on', async () => {
    const said = promiseReply();

    expect(await tellPerson(sendParts(), ana)).toBe(true);

    expect(said).toEqual([
      expect.objectContaining({
        response_type: 'ephemeral',
        replace_original: false,
        text: 'Not yet.',
      }),
    ]);
  });

  it.each([
    404, 410, 500,
  ])('goes on as an ephemeral message in the thread when the reply address says %i', async (status) => {
    promiseReply({ status });
    const forms = promiseSlack('chat.postEphemeral', { body: { ok: true, message_ts: '1.1' } });

    expect(await tellPerson(sendParts(), ana)).toBe(true);

    expect(forms[0]?.get('user')).toBe('U1');
    expect(forms[0]?.get('thread_ts')).toBe(ROOT_TS);
  });

  it('does not follow the reply address elsewhere', async () => {
    promiseReply({ status: 307, headers: { location: 'http://169.254.169.254/latest' } });
    promiseSlack('chat.postEphemeral', { body: { ok: true } });

    expect(await tellPerson(sendParts(), ana)).toBe(true);
  });

  it('never calls a reply address that is not Slack’s', async () => {
    promiseSlack('chat.postEphemeral', { body: { ok: true } });

    const replyUrl = 'http://169.254.169.254/latest/meta-data/';
    expect(await tellPerson(sendParts(), { ...ana, replyUrl })).toBe(true);
  });

  it('writes directly to somebody who is not in the channel', async () => {
    promiseSlack('chat.postEphemeral', { body: { ok: false, error: 'user_not_in_channel' } });
    const forms = promiseSlack('chat.postMessage', { body: { ok: true } });

    expect(await tellPerson(sendParts(), { ...ana, replyUrl: null })).toBe(true);

    expect(forms[0]?.get('channel')).toBe('U1');
    expect(forms[0]?.get('thread_ts')).toBeNull();
  });

  it('logs that nobody was told, and not what they would have been told', async () => {
    const parts = sendParts();
    promiseReply({ status: 404 });
    promiseSlack('chat.postEphemeral', { body: { ok: false, error: 'channel_not_found' } });
    promiseSlack('chat.postMessage', { body: { ok: false, error: 'user_not_found' } });

    expect(await tellPerson(parts, ana)).toBe(false);

    expect(parts.log.lines.map(({ level }) => level)).toEqual(['warn', 'warn', 'error']);
    expect(JSON.stringify(parts.log.lines)).not.toContain('Not yet.');
  });
});

describe('a reply address', () => {
  it.each([
    'https://hooks.slack.com/commands/T1/1/x',
    'https://hooks.slack.com/actions/T1/1/x',
    'https://hooks.slack.com:443/app/T1/1/x',
  ])('is taken on Slack’s own host: %s', (url) => {
    expect(isReplyUrl(url, SLACK)).toBe(true);
  });

  it.each([
    'http://hooks.slack.com/commands/T1/1/x',
    'https://hooks.slack.com.example.com/x',
    'https://hooks.slack.com@example.com/x',
    'https://example.com/https://hooks.slack.com/x',
    'https://hooks.slack.com:8443/x',
    'https://evil-hooks.slack.com.evil/x',
    'http://127.0.0.1:4003/reply',
    'http://169.254.169.254/latest/meta-data/',
    'file:///etc/passwd',
    'data:application/json,{}',
    '//hooks.slack.com/x',
    'not an address',
    '',
  ])('is refused elsewhere: %s', (url) => {
    expect(isReplyUrl(url, SLACK)).toBe(false);
  });

  it('is taken on the loopback workspace that the bot was told to use, not on another port', () => {
    const local = 'http://127.0.0.1:4003/api/';

    expect(isReplyUrl('http://127.0.0.1:4003/reply/1', local)).toBe(true);
    expect(isReplyUrl('http://127.0.0.1:4004/reply/1', local)).toBe(false);
    expect(isReplyUrl('http://localhost:4003/reply/1', local)).toBe(false);
  });

  it('is refused for any other host, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), fc.string()), (url) => {
        expect(isReplyUrl(url, SLACK)).toBe(false);
      }),
    );
  });
});
