import { describe, expect, it } from 'vitest';
import { sendSlot } from '../../../src/slack/send/send-slot.ts';
import { mockHttp, promiseSlack, promiseSlackBreak } from '../../support/http.ts';
import { NOW_MS, postedMessage, ROOT_TS, sendParts, slotWith } from './send-support.ts';

mockHttp();

const inChannel = { incidentId: 'RT-00001', channelId: 'C1', threadTs: null };
const inThread = { ...inChannel, threadTs: ROOT_TS };
const accepted = { body: { ok: true, ts: ROOT_TS, message: { ts: ROOT_TS } } };
const refusal = (error: string) => ({ body: { ok: false, error } });

describe('a first post', () => {
  it('is on record before Slack is asked, and carries what it can be found by', async () => {
    const parts = sendParts();
    const forms = promiseSlack('chat.postMessage', accepted);

    const outcome = await sendSlot(parts, inChannel, slotWith('It begins'), undefined);

    expect(outcome).toMatchObject({ kind: 'shown', message: { ts: ROOT_TS, threadTs: ROOT_TS } });
    expect(parts.saved.map(({ ts, sentAtMs }) => [ts, sentAtMs])).toEqual([
      [null, NOW_MS],
      [ROOT_TS, NOW_MS],
    ]);
    expect(JSON.parse(forms[0]?.get('metadata') ?? '')).toEqual({
      event_type: 'redthread_message',
      event_payload: { incident_id: 'RT-00001', slot: 'root' },
    });
    expect(forms[0]?.get('thread_ts')).toBeNull();
    expect(forms[0]?.get('unfurl_links')).toBe('false');
  });

  it('goes to the channel as well where it is for all, and to the thread alone otherwise', async () => {
    const reply = { body: { ok: true, ts: '1795000000.000200', message: { thread_ts: ROOT_TS } } };
    const forms = promiseSlack('chat.postMessage', { ...reply, times: 2 });

    await sendSlot(sendParts(), { ...inThread, isBroadcast: true }, slotWith('x'), undefined);
    await sendSlot(sendParts(), inThread, slotWith('x'), undefined);

    expect(forms.map((form) => form.get('reply_broadcast'))).toEqual(['true', null]);
  });

  it('is sent in the plain form when Slack refuses the blocks', async () => {
    const parts = sendParts();
    promiseSlack('chat.postMessage', refusal('invalid_blocks'));
    const forms = promiseSlack('chat.postMessage', accepted);

    const outcome = await sendSlot(parts, inChannel, slotWith('Rich', 'Plain'), undefined);

    expect(outcome.kind).toBe('shown');
    expect(forms[0]?.get('blocks')).toContain('Plain');
    expect(parts.log.lines).toEqual([
      expect.objectContaining({ level: 'warn', fields: expect.objectContaining({ slot: 'root' }) }),
    ]);
  });

  it('says where to read it when Slack refuses the plain form as well', async () => {
    promiseSlack('chat.postMessage', { ...refusal('msg_too_long'), times: 2 });
    const forms = promiseSlack('chat.postMessage', accepted);

    const outcome = await sendSlot(sendParts(), inChannel, slotWith('x'), undefined);

    expect(outcome.kind).toBe('shown');
    expect(forms[0]?.get('text')).toContain('/triage export RT-00001');
  });

  it('fails, to be told, when Slack refuses even that', async () => {
    const parts = sendParts();
    promiseSlack('chat.postMessage', { ...refusal('invalid_blocks'), times: 3 });

    const outcome = await sendSlot(parts, inChannel, slotWith('x'), undefined);

    expect(outcome).toMatchObject({ kind: 'failed', failure: { kind: 'blocks-refused' } });
    expect(parts.saved.at(-1)).toMatchObject({ ts: null, sentAtMs: 0 });
  });

  it('waits as long as Slack says when there were too many, and is not searched for then', async () => {
    const parts = sendParts();
    promiseSlack('chat.postMessage', { status: 429, body: '', headers: { 'retry-after': '3' } });
    promiseSlack('chat.postMessage', accepted);

    const first = await sendSlot(parts, inChannel, slotWith('x'), undefined);
    const second = await sendSlot(parts, inChannel, slotWith('x'), parts.saved.at(-1));

    expect(first).toEqual({ kind: 'rate-limited', delayMs: 3_000 });
    expect(second.kind).toBe('shown');
  });

  it('is taken back when its thread is gone, which Slack answers with a post in the channel', async () => {
    promiseSlack('chat.postMessage', {
      body: { ok: true, ts: '1795000000.000200', message: { ts: '1795000000.000200' } },
    });
    const deletions = promiseSlack('chat.delete', { body: { ok: true } });

    const outcome = await sendSlot(sendParts(), inThread, slotWith('x'), undefined);

    expect(outcome).toEqual({ kind: 'thread-gone' });
    expect(deletions[0]?.get('ts')).toBe('1795000000.000200');
  });
});

describe('a first post without an answer', () => {
  const message = (slot: string, ts: string) => ({
    ts,
    metadata: {
      event_type: 'redthread_message',
      event_payload: { incident_id: 'RT-00001', slot },
    },
  });

  it('is left alone until Slack’s history has had time to show it', async () => {
    const parts = sendParts();
    promiseSlackBreak('chat.postMessage', 'ECONNRESET');

    const first = await sendSlot(parts, inChannel, slotWith('x'), undefined);
    parts.clock.nowMs += 4_000;
    const second = await sendSlot(parts, inChannel, slotWith('x'), parts.saved.at(-1));

    expect(first).toEqual({ kind: 'later', delayMs: 10_000 });
    expect(second).toEqual({ kind: 'later', delayMs: 6_000 });
  });

  it('is found on a later page, among messages of others, and edited to what is true now', async () => {
    const parts = sendParts();
    const others = [{ ts: '1.1' }, { ts: '1.2', metadata: { event_type: 'deploy' } }];
    promiseSlack('conversations.history', {
      body: {
        ok: true,
        messages: [...others, message('step-1', '1.3')],
        response_metadata: { next_cursor: 'next' },
      },
    });
    const pages = promiseSlack('conversations.history', {
      body: { ok: true, messages: [message('root', ROOT_TS)] },
    });
    const edits = promiseSlack('chat.update', accepted);

    const intent = postedMessage({ ts: null, threadTs: null });
    const outcome = await sendSlot(parts, inChannel, slotWith('Newer'), intent);

    expect(outcome).toMatchObject({ kind: 'shown', message: { ts: ROOT_TS, threadTs: ROOT_TS } });
    expect(pages[0]?.get('cursor')).toBe('next');
    expect(pages[0]?.get('include_all_metadata')).toBe('true');
    expect(edits[0]?.get('ts')).toBe(ROOT_TS);
  });

  it('is looked for on five pages at most, then posted', async () => {
    promiseSlack('conversations.history', {
      body: { ok: true, messages: [], response_metadata: { next_cursor: 'more' } },
      times: 5,
    });
    promiseSlack('chat.postMessage', accepted);

    const intent = postedMessage({ ts: null, threadTs: null });
    const outcome = await sendSlot(sendParts(), inChannel, slotWith('x'), intent);

    expect(outcome.kind).toBe('shown');
  });

  it('is not posted again while Slack’s history cannot be read', async () => {
    promiseSlack('conversations.history', {
      status: 429,
      body: '',
      headers: { 'retry-after': '60' },
    });

    const intent = postedMessage({ ts: null, threadTs: null });
    const outcome = await sendSlot(sendParts(), inChannel, slotWith('x'), intent);

    expect(outcome).toEqual({ kind: 'rate-limited', delayMs: 60_000 });
  });

  it('says that the thread is gone when there is none to look in', async () => {
    promiseSlack('conversations.replies', refusal('thread_not_found'));

    const intent = postedMessage({ slot: 'step-1', ts: null, threadTs: null });
    const content = { ...slotWith('x'), slot: 'step-1' };
    const outcome = await sendSlot(sendParts(), inThread, content, intent);

    expect(outcome).toEqual({ kind: 'thread-gone' });
  });
});

describe('a message that was posted', () => {
  it('costs no call while it shows what it should', async () => {
    const parts = sendParts();
    promiseSlack('chat.postMessage', accepted);
    await sendSlot(parts, inChannel, slotWith('Same'), undefined);

    const outcome = await sendSlot(parts, inChannel, slotWith('Same'), parts.saved.at(-1));

    expect(outcome.kind).toBe('shown');
  });

  it('is edited where it is, in the plain form when Slack refuses the blocks', async () => {
    promiseSlack('chat.update', refusal('invalid_blocks'));
    const edits = promiseSlack('chat.update', accepted);

    const outcome = await sendSlot(
      sendParts(),
      inChannel,
      slotWith('New', 'Plain'),
      postedMessage(),
    );

    expect(outcome.kind).toBe('shown');
    expect(edits[0]?.get('ts')).toBe(ROOT_TS);
    expect(edits[0]?.get('blocks')).toContain('Plain');
  });

  it('keeps what it showed on record when the edit’s outcome is unknown', async () => {
    const parts = sendParts();
    promiseSlackBreak('chat.update', 'ETIMEDOUT');

    const outcome = await sendSlot(parts, inChannel, slotWith('New'), postedMessage());

    expect(outcome).toEqual({ kind: 'later', delayMs: 10_000 });
    expect(parts.saved).toEqual([]);
  });

  it('takes its thread along when somebody deleted the root', async () => {
    promiseSlack('chat.update', refusal('message_not_found'));

    const outcome = await sendSlot(sendParts(), inChannel, slotWith('New'), postedMessage());

    expect(outcome).toEqual({ kind: 'thread-gone' });
  });

  it('is posted anew when somebody deleted a reply', async () => {
    promiseSlack('chat.update', refusal('message_not_found'));
    const forms = promiseSlack('chat.postMessage', {
      body: { ok: true, ts: '1795000000.000300', message: { thread_ts: ROOT_TS } },
    });

    const outcome = await sendSlot(
      sendParts(),
      inThread,
      { ...slotWith('New'), slot: 'step-1' },
      postedMessage({ slot: 'step-1', ts: '1794999001.000100' }),
    );

    expect(outcome).toMatchObject({ kind: 'shown', message: { ts: '1795000000.000300' } });
    expect(forms[0]?.get('thread_ts')).toBe(ROOT_TS);
  });
});
