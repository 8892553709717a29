import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { askedBy } from '../../../src/slack/access/asked-by.ts';

const tapBody = (action: object, more: object = {}) => ({
  type: 'block_actions',
  user: { id: 'U1' },
  channel: { id: 'C1' },
  container: { thread_ts: '1.2' },
  response_url: 'https://hooks.slack.com/1',
  actions: [action],
  ...more,
});

describe('who asks for something', () => {
  it.each<[string, object, object]>([
    [
      'a command',
      { command: '/trail', user_id: 'U1', channel_id: 'C1', text: 'secret words' },
      { way: 'command', what: '/trail', channelId: 'C1' },
    ],
    [
      'a button',
      tapBody({ action_id: 'tap:take-ownership', value: 'RT-1|' }),
      { way: 'tap', what: 'take-ownership', channelId: 'C1', threadTs: '1.2' },
    ],
    [
      'an entry of a menu',
      tapBody({ action_id: 'menu', selected_option: { value: 'approve-plan|RT-1|p1' } }),
      { way: 'tap', what: 'approve-plan', channelId: 'C1' },
    ],
    [
      'a button on Home',
      tapBody({ action_id: 'home:next' }, { channel: undefined }),
      { way: 'tap', what: 'home:next', channelId: null },
    ],
    [
      'a form',
      { type: 'view_submission', user: { id: 'U1' }, view: { callback_id: 'form:plan' } },
      { way: 'view', what: 'form:plan', channelId: null },
    ],
    [
      'a message shortcut',
      {
        type: 'message_action',
        callback_id: 'add_to_timeline',
        user: { id: 'U1' },
        channel: { id: 'C1' },
      },
      { way: 'shortcut', what: 'add_to_timeline', channelId: 'C1' },
    ],
    [
      'a mention',
      {
        type: 'event_callback',
        event: { type: 'app_mention', user: 'U1', channel: 'C1', thread_ts: '1.2' },
      },
      { way: 'event', what: 'mention', channelId: 'C1', threadTs: '1.2' },
    ],
  ])('is known of %s, without what was typed', (_, body, request) => {
    const asked = askedBy(body);
    expect(asked).toMatchObject({ kind: 'person', request: { userId: 'U1', ...request } });
    expect(JSON.stringify(asked)).not.toContain('secret');
  });

  it('knows where to answer, and where it does not', () => {
    const replyUrl = 'https://hooks.slack.com/1';
    const line = { command: '/trail', user_id: 'U1', channel_id: 'C1' };
    const asked = [line, { ...line, response_url: replyUrl }, tapBody({ action_id: 'x' })];
    expect(asked.map(askedBy)).toMatchObject([
      { request: { replyUrl: null, threadTs: null } },
      { request: { replyUrl } },
      { request: { replyUrl, threadTs: '1.2', what: 'x' } },
    ]);
    const bare = tapBody(
      { action_id: 'tap:reanswer-it' },
      { response_url: undefined, container: undefined, message: { thread_ts: '3.4' } },
    );
    expect(askedBy(bare)).toMatchObject({
      kind: 'person',
      request: { replyUrl: null, threadTs: '3.4', what: 'tap:reanswer-it' },
    });
  });

  it('goes by the first of several controls, and needs one', () => {
    const both = { actions: [{ action_id: 'tap:a' }, { action_id: 'tap:b' }] };
    expect(askedBy(tapBody({}, both))).toMatchObject({ request: { what: 'tap:a' } });
    expect(askedBy(tapBody({}, { actions: [] }))).toEqual({ kind: 'unknown' });
  });

  it('is open for a mention by nobody, and knows no channel that is none', () => {
    const mention = (event: object) => ({
      type: 'event_callback',
      event: { type: 'app_mention', ...event },
    });
    expect(askedBy(mention({ channel: 'C1' }))).toEqual({ kind: 'open' });
    expect(askedBy(mention({ user: 'U1', channel: { id: 'C1' } }))).toMatchObject({
      kind: 'person',
      request: { channelId: null, threadTs: null },
    });
  });

  it.each<[string, object]>([
    ['a link', tapBody({ action_id: 'link' })],
    ['the answer of somebody who was asked', tapBody({ action_id: 'tap:answer-not-me' })],
    [
      'the comment of somebody who was asked',
      {
        type: 'view_submission',
        user: { id: 'U1' },
        view: { callback_id: 'form:actor-comment' },
      },
    ],
    ['a reaction', { type: 'event_callback', event: { type: 'reaction_added', user: 'U1' } }],
    ['an edit', { type: 'event_callback', event: { type: 'message', channel: 'C1' } }],
  ])('is left to its own handler for %s', (_, body) => {
    expect(askedBy(body)).toEqual({ kind: 'open' });
  });

  it.each([
    null,
    'text',
    {},
    { type: 'block_actions' },
    { type: 'new_thing', user: { id: 'U1' } },
  ])('is not guessed for %j', (body) => {
    expect(askedBy(body)).toEqual({ kind: 'unknown' });
  });

  it('is known of everything that was recorded from Slack', () => {
    const path = new URL('../recorded-payloads.json', import.meta.url);
    const recorded: Record<string, unknown> = JSON.parse(readFileSync(path, 'utf8'));
    const unknown = Object.entries(recorded).filter(([, body]) => askedBy(body).kind === 'unknown');
    expect(unknown.map(([name]) => name)).toEqual([]);
  });
});
