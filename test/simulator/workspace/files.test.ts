import { describe, expect, test } from 'vitest';
import { clientFor, errorOf, eventually, messagesSeenBy, openWorkspace } from './support.ts';

async function opened() {
  const workspace = await openWorkspace();
  return { workspace, client: clientFor(workspace), channel: workspace.channelId('incidents') };
}

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
