import { describe, expect, test } from 'vitest';
import { clientFor, errorOf, messagesSeenBy, openWorkspace, say } from './support.ts';

async function opened() {
  const workspace = await openWorkspace();
  return { workspace, client: clientFor(workspace), channel: workspace.channelId('incidents') };
}

describe('tokens', () => {
  test('the wrong token, the wrong kind of token and an unknown method are told apart', async () => {
    const workspace = await openWorkspace();

    const answers = await Promise.all([
      errorOf(clientFor(workspace, 'xoxb-wrong').auth.test()),
      errorOf(clientFor(workspace, workspace.appToken).auth.test()),
      errorOf(clientFor(workspace).apps.connections.open()),
      errorOf(clientFor(workspace).apiCall('admin.nothing')),
      errorOf(clientFor(workspace, '').auth.test()),
    ]);

    expect(answers).toEqual([
      'invalid_auth',
      'not_allowed_token_type',
      'not_allowed_token_type',
      'unknown_method',
      'not_authed',
    ]);
  });

  test('a method without its scope in the manifest answers what is needed and what is there', async () => {
    const workspace = await openWorkspace({
      manifest: {
        display_information: { name: 'Tester' },
        oauth_config: { scopes: { bot: ['chat:write'] } },
      },
    });

    const call = clientFor(workspace).users.info({ user: workspace.personId('ana') });

    await expect(call).rejects.toMatchObject({
      data: { error: 'missing_scope', needed: 'users:read', provided: 'chat:write' },
    });
  });

  test('JSON bodies and form bodies mean the same', async () => {
    const { workspace, channel } = await opened();
    const headers = {
      authorization: `Bearer ${workspace.botToken}`,
      'content-type': 'application/json; charset=utf-8',
    };

    const response = await fetch(`${workspace.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ channel, text: 'as JSON', blocks: [{ type: 'divider' }] }),
    });

    expect(await response.json()).toMatchObject({ ok: true, message: { text: 'as JSON' } });
  });
});

describe('messages', () => {
  test('a message is posted, updated, found by history and deleted', async () => {
    const { workspace, client, channel } = await opened();
    const { ts = '' } = await client.chat.postMessage({ channel, text: 'first' });

    await client.chat.update({ channel, ts, text: 'second' });
    const { messages } = await client.conversations.history({ channel, limit: 1 });
    const seen = messagesSeenBy(workspace, 'ana', 'incidents').at(-1);
    await client.chat.delete({ channel, ts });

    expect(messages?.[0]).toMatchObject({ ts, text: 'second', user: workspace.botUserId });
    expect(seen).toMatchObject({ text: 'second', edited: true });
    expect(await errorOf(client.chat.update({ channel, ts, text: 'third' }))).toBe(
      'message_not_found',
    );
  });

  test('an edit of blocks is not marked as edited and text alone takes the blocks away', async () => {
    const { client, channel } = await opened();
    const blocks = [{ type: 'divider' }];
    const { ts = '' } = await client.chat.postMessage({ channel, text: 'x', blocks });

    const withBlocks = await client.chat.update({ channel, ts, text: 'y', blocks });
    const textOnly = await client.chat.update({ channel, ts, text: 'z' });

    expect(withBlocks.message).not.toHaveProperty('edited');
    expect(textOnly.message).toHaveProperty('edited');
    expect(textOnly.message).not.toHaveProperty('blocks');
  });

  test('metadata comes back only when it is asked for', async () => {
    const { client, channel } = await opened();
    const metadata = { event_type: 'session', event_payload: { slot: 'root' } };
    const { ts = '' } = await client.chat.postMessage({ channel, text: 'x', metadata });
    await client.chat.postMessage({ channel, text: 'reply', thread_ts: ts, metadata });

    const bare = await client.conversations.history({ channel, limit: 1 });
    const full = await client.conversations.history({
      channel,
      limit: 1,
      include_all_metadata: true,
    });
    const thread = await client.conversations.replies({ channel, ts, include_all_metadata: true });

    expect(bare.messages?.[0]).not.toHaveProperty('metadata');
    expect(full.messages?.[0]?.metadata).toEqual(metadata);
    expect(thread.messages?.map((message) => message.metadata)).toEqual([metadata, metadata]);
  });

  test('a reply to a root that is not there is posted outside threads', async () => {
    const { client, channel } = await opened();

    const { message } = await client.chat.postMessage({
      channel,
      text: 'x',
      thread_ts: '1700000000.000001',
    });

    expect(message).not.toHaveProperty('thread_ts');
  });

  test('a thread counts its replies and lists them after the root', async () => {
    const { client, channel } = await opened();
    const { ts = '' } = await client.chat.postMessage({ channel, text: 'root' });
    await client.chat.postMessage({ channel, text: 'one', thread_ts: ts });
    await client.chat.postMessage({ channel, text: 'two', thread_ts: ts });

    const { messages = [] } = await client.conversations.replies({ channel, ts });
    const history = await client.conversations.history({ channel, limit: 1 });

    expect(messages.map(({ text }) => text)).toEqual(['root', 'one', 'two']);
    expect(messages[0]).toMatchObject({ reply_count: 2, thread_ts: ts });
    expect(history.messages?.[0]?.ts).toBe(ts);
  });

  test('history is cut into pages that a cursor joins', async () => {
    const { client, channel } = await opened();
    await client.chat.postMessage({ channel, text: 'a' });
    await client.chat.postMessage({ channel, text: 'b' });
    await client.chat.postMessage({ channel, text: 'c' });

    const first = await client.conversations.history({ channel, limit: 2 });
    const cursor = first.response_metadata?.next_cursor ?? '';
    const second = await client.conversations.history({ channel, limit: 1, cursor });

    expect(first.messages?.map(({ text }) => text)).toEqual(['c', 'b']);
    expect(first.has_more).toBe(true);
    expect(second.messages?.map(({ text }) => text)).toEqual(['a']);
  });

  test('an ephemeral message is seen by one person and cannot be updated', async () => {
    const { workspace, client, channel } = await opened();
    const user = workspace.personId('ana');

    const { message_ts: ts = '' } = await client.chat.postEphemeral({
      channel,
      user,
      text: 'for you',
    });

    expect(messagesSeenBy(workspace, 'ana', 'incidents').at(-1)).toMatchObject({
      ts,
      ephemeral: true,
    });
    expect(messagesSeenBy(workspace, 'ben', 'incidents').some((each) => each.ts === ts)).toBe(
      false,
    );
    expect(await errorOf(client.chat.update({ channel, ts, text: 'x' }))).toBe('message_not_found');
    expect(await errorOf(client.chat.postEphemeral({ channel, user: 'U0NOBODY', text: 'x' }))).toBe(
      'user_not_in_channel',
    );
  });

  test('what the app may not write to is refused with Slack’s codes', async () => {
    const { workspace, client, channel } = await opened();
    const outside = workspace.channelId('payments-team');
    await say(workspace, 'ana', 'mine');
    const mine = messagesSeenBy(workspace, 'ana', 'incidents').at(-1)?.ts ?? '';

    const codes = [
      await errorOf(client.chat.postMessage({ channel: outside, text: 'x' })),
      await errorOf(client.chat.postMessage({ channel: 'C0NOWHERE0', text: 'x' })),
      await errorOf(client.conversations.history({ channel: outside })),
      await errorOf(client.chat.update({ channel, ts: mine, text: 'x' })),
      await errorOf(client.chat.delete({ channel, ts: mine })),
      await errorOf(client.apiCall('chat.postMessage', { channel })),
      await errorOf(client.chat.postMessage({ channel, text: 'x'.repeat(40_001) })),
      await errorOf(client.apiCall('chat.postMessage', { channel, text: 'x', blocks: '{broken' })),
      await errorOf(client.apiCall('chat.getPermalink', { channel })),
    ];

    expect(codes).toEqual([
      'not_in_channel',
      'channel_not_found',
      'not_in_channel',
      'cant_update_message',
      'cant_delete_message',
      'no_text',
      'msg_too_long',
      'invalid_blocks_format',
      'invalid_arguments',
    ]);
  });

  test('a reply sent to the channel as well stands in both, once, also after an edit', async () => {
    const { client, channel } = await opened();
    const { ts: root = '' } = await client.chat.postMessage({ channel, text: 'root' });
    const reply = { channel, thread_ts: root, reply_broadcast: true } as const;
    const { ts = '' } = await client.chat.postMessage({ ...reply, text: 'for all' });
    await client.chat.postMessage({ channel, text: 'for the thread', thread_ts: root });

    await client.chat.update({ channel, ts, text: 'for all, edited' });

    const history = await client.conversations.history({ channel });
    const told = { ts, subtype: 'thread_broadcast', thread_ts: root, text: 'for all, edited' };
    expect(history.messages?.filter((message) => message.thread_ts === root)).toEqual([
      expect.objectContaining(told),
      expect.objectContaining({ ts: root }),
    ]);
    const thread = await client.conversations.replies({ channel, ts: root });
    expect(thread.messages).toHaveLength(3);
    expect(thread.messages?.[1]).toMatchObject(told);
  });

  test('a deleted root with replies leaves a tombstone', async () => {
    const { client, channel } = await opened();
    const { ts = '' } = await client.chat.postMessage({ channel, text: 'root' });
    await client.chat.postMessage({ channel, text: 'reply', thread_ts: ts });

    await client.chat.delete({ channel, ts });

    const { messages } = await client.conversations.replies({ channel, ts });
    expect(messages?.[0]).toMatchObject({
      subtype: 'tombstone',
      text: 'This message was deleted.',
    });
    expect(messages).toHaveLength(2);
  });
});
