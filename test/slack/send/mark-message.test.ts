import { describe, expect, it } from 'vitest';
import { markMessage } from '../../../src/slack/send/mark-message.ts';
import { mockHttp, promiseSlack } from '../../support/http.ts';
import { sendParts } from './send-support.ts';

mockHttp();

const message = { channelId: 'C1', messageTs: '1794999100.000200' };

describe('the mark on a message of the timeline', () => {
  it('is put on and taken off', async () => {
    const parts = sendParts();
    const [added, removed] = [
      promiseSlack('reactions.add', { body: { ok: true } }),
      promiseSlack('reactions.remove', { body: { ok: true } }),
    ];

    await markMessage(parts, message, true);
    await markMessage(parts, message, false);

    for (const [form] of [added, removed]) {
      expect(form?.get('name')).toBe('pushpin');
      expect(form?.get('timestamp')).toBe(message.messageTs);
    }
  });

  it('is left out without the scope for it, which is logged once', async () => {
    const parts = sendParts();
    promiseSlack('reactions.add', { body: { ok: false, error: 'missing_scope' }, times: 2 });

    await markMessage(parts, message, true);
    await markMessage(parts, message, true);

    expect(parts.log.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
  });

  it.each([
    'already_reacted',
    'message_not_found',
  ])('is no trouble when Slack says %s', async (error) => {
    const parts = sendParts();
    promiseSlack('reactions.add', { body: { ok: false, error } });

    await markMessage(parts, message, true);

    expect(parts.log.lines.filter(({ level }) => level === 'warn')).toEqual([]);
  });
});
