import { describe, expect, test } from 'vitest';
import { clientFor, errorOf, eventually, messagesSeenBy, openWorkspace, say } from './support.ts';

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

describe('people and channels', () => {
  test('people are found by id and by e-mail, and their groups list them', async () => {
    const { workspace, client } = await opened();
    const ana = workspace.personId('ana');

    const byEmail = await client.users.lookupByEmail({ email: 'ANA@northwind.example' });
    const { usergroups = [] } = await client.usergroups.list();
    const { users } = await client.usergroups.users.list({ usergroup: usergroups[0]?.id ?? '' });

    expect(byEmail.user).toMatchObject({ id: ana, name: 'ana', tz: 'Europe/Lisbon' });
    expect(users).toContain(ana);
    expect(await errorOf(client.users.lookupByEmail({ email: 'no@one.example' }))).toBe(
      'users_not_found',
    );
    expect(await errorOf(client.users.info({ user: 'U0NOBODY00' }))).toBe('user_not_found');
    expect(await errorOf(client.usergroups.users.list({ usergroup: 'S0' }))).toBe(
      'no_such_subteam',
    );
  });

  test('the bot lists its channels, joins another and opens a direct conversation', async () => {
    const { workspace, client } = await opened();
    const outside = workspace.channelId('payments-team');
    const before = await client.users.conversations({});

    await client.conversations.join({ channel: outside });
    const after = await client.users.conversations({});
    const direct = await client.conversations.open({ users: workspace.personId('ben') });
    await client.chat.postMessage({ channel: workspace.personId('ben'), text: 'hello' });

    expect(before.channels).toHaveLength(3);
    expect(after.channels).toHaveLength(4);
    const seen = workspace.view(workspace.personId('ben')).channels;
    expect(seen.find(({ id }) => id === direct.channel?.id)?.messages[0]?.text).toBe('hello');
    expect(workspace.view(workspace.personId('ana')).channels.map(({ id }) => id)).not.toContain(
      direct.channel?.id,
    );
  });

  test('reactions, pins and bookmarks are kept once each', async () => {
    const { workspace, client, channel } = await opened();
    const { ts: timestamp = '' } = await client.chat.postMessage({ channel, text: 'x' });
    const bookmark = {
      channel_id: channel,
      title: 'Session',
      type: 'link',
      link: 'https://a.example/',
    };

    await client.reactions.add({ channel, timestamp, name: 'eyes' });
    await client.pins.add({ channel, timestamp });
    await client.apiCall('bookmarks.add', bookmark);

    const shown = messagesSeenBy(workspace, 'ana', 'incidents').at(-1);
    expect(shown).toMatchObject({ pinned: true, reactions: [{ name: 'eyes' }] });
    expect(await errorOf(client.reactions.add({ channel, timestamp, name: 'eyes' }))).toBe(
      'already_reacted',
    );
    expect(await errorOf(client.pins.add({ channel, timestamp }))).toBe('already_pinned');
    expect((await client.pins.list({ channel })).items).toHaveLength(1);
    await client.pins.remove({ channel, timestamp });
    expect(await errorOf(client.pins.remove({ channel, timestamp }))).toBe('no_pin');
    await client.reactions.remove({ channel, timestamp, name: 'eyes' });
    expect(await errorOf(client.reactions.remove({ channel, timestamp, name: 'eyes' }))).toBe(
      'no_reaction',
    );
  });
});

describe('files', () => {
  test('an upload is shared in the thread a little later, and only then has a type', async () => {
    const { workspace, client, channel } = await opened();
    const { ts = '' } = await client.chat.postMessage({ channel, text: 'root' });

    await client.files.uploadV2({
      channel_id: channel,
      thread_ts: ts,
      file: Buffer.from('# Notes\nline'),
      filename: 'notes.md',
      title: 'Notes',
    });

    const completed = workspace.journal.calls('files.completeUploadExternal')[0]?.answer;
    expect(completed).toMatchObject({ files: [{ mimetype: '', shares: {} }] });
    const message = await eventually(() =>
      messagesSeenBy(workspace, 'ana', 'incidents').find(({ files }) => files.length > 0),
    );
    expect(message).toMatchObject({ threadTs: ts, userId: workspace.botUserId });
    const file = message.files[0];
    expect(file).toMatchObject({
      name: 'notes.md',
      mimetype: 'text/markdown',
      preview: '# Notes\nline',
    });
    const info = await client.files.info({ file: file?.id ?? '' });
    expect(info.file).toMatchObject({ shares: { public: { [channel]: [{ thread_ts: ts }] } } });
    const served = await fetch(new URL(file?.url ?? '', workspace.pageUrl));
    expect(served.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(served.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await served.text()).toBe('# Notes\nline');
  });

  test('a file in a direct conversation is shared there and not in public', async () => {
    const { workspace, client } = await opened();
    const direct = await client.conversations.open({ users: workspace.personId('ana') });
    const channel_id = direct.channel?.id ?? '';
    await client.files.uploadV2({ channel_id, file: Buffer.from('x'), filename: 'x.txt' });
    const id = String(workspace.journal.calls('files.getUploadURLExternal')[0]?.answer['file_id']);

    await expect
      .poll(async () => (await client.files.info({ file: id })).file)
      .toMatchObject({
        ims: [channel_id],
        channels: [],
        shares: { private: { [channel_id]: [{}] } },
      });
  });

  test('uploaded web pages and vector pictures never run in the browser', async () => {
    const { workspace, client, channel } = await opened();
    const file = Buffer.from('<svg onload="alert(1)"/>');
    await client.files.uploadV2({ channel_id: channel, file, filename: 'x.svg' });
    await client.files.uploadV2({ channel_id: channel, file, filename: 'x.html' });

    const files = await eventually(() => {
      const found = messagesSeenBy(workspace, 'ana', 'incidents').flatMap(
        (message) => message.files,
      );
      return found.length === 2 && found;
    });
    const served = await Promise.all(
      files.map(({ url }) => fetch(new URL(url ?? '', workspace.pageUrl))),
    );

    expect(served.map(({ headers }) => headers.get('content-type')).sort()).toEqual([
      'application/octet-stream',
      'text/plain; charset=utf-8',
    ]);
  });

  test('the app reads a file with its token and nobody without', async () => {
    const { workspace, client } = await opened();
    await client.files.uploadV2({ file: Buffer.from('a,b'), filename: 'x.csv' });
    const id = workspace.journal.calls('files.getUploadURLExternal')[0]?.answer['file_id'];
    const info = await eventually(() => id as string);
    const { file } = await client.files.info({ file: info });
    const authorization = `Bearer ${workspace.botToken}`;

    await expect
      .poll(
        async () => (await fetch(file?.url_private ?? '', { headers: { authorization } })).status,
      )
      .toBe(200);
    expect((await fetch(file?.url_private ?? '')).status).toBe(403);
  });

  test('an image block takes a file only once Slack has looked at it', async () => {
    const { client, channel } = await opened();
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk',
      'base64',
    );
    const answer = await client.files.getUploadURLExternal({
      filename: 'x.png',
      length: png.length,
    });
    await fetch(answer.upload_url ?? '', { method: 'POST', body: png });
    const id = answer.file_id ?? '';
    await client.files.completeUploadExternal({ files: [{ id, title: 'x' }] });
    const blocks = [{ type: 'image' as const, alt_text: 'x', slack_file: { id } }];
    const post = () => errorOf(client.chat.postMessage({ channel, text: 'x', blocks }));

    expect(await post()).toBe('invalid_blocks');
    await expect.poll(post).toBe('ok');
  });
});
