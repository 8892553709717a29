import { describe, expect, test } from 'vitest';
import { northwindSeed } from '../../../src/simulator/workspace/seed.ts';
import { clientFor, errorOf, messagesSeenBy, openWorkspace, testManifest } from './support.ts';

const contentOf = (markdown: string) => ({ type: 'markdown' as const, markdown });

async function opened(options: Parameters<typeof openWorkspace>[0] = {}) {
  const workspace = await openWorkspace(options);
  const client = clientFor(workspace);
  const channel = workspace.channelId('incidents');
  const create = (markdown = 'first\n\nsecond') =>
    client.canvases.create({ title: 'Notes', document_content: contentOf(markdown) });
  const textOf = async (id: string) =>
    (await fetch(new URL(`/docs/${workspace.teamId}/${id}`, workspace.pageUrl))).text();
  return { workspace, client, channel, create, textOf };
}

describe('canvases', () => {
  test('are added to, looked into by text, and listed among the files of who made them', async () => {
    const { workspace, client, create, textOf } = await opened();
    const { canvas_id: id = '' } = await create();

    const document_content = contentOf('## third\n\nfourth');
    await client.canvases.edit({
      canvas_id: id,
      changes: [{ operation: 'insert_at_end', document_content }],
    });

    expect(await textOf(id)).toBe('first\n\nsecond\n\n## third\n\nfourth');
    const lookUp = (contains_text: string) =>
      client.canvases.sections.lookup({ canvas_id: id, criteria: { contains_text } });
    expect((await lookUp('third')).sections).toHaveLength(1);
    expect((await lookUp('fifth')).sections).toEqual([]);
    const { files } = await client.files.list({ user: workspace.botUserId });
    expect(files).toMatchObject([{ id, title: 'Notes', filetype: 'quip' }]);
    expect((await client.files.list({ user: workspace.personId('ana') })).files).toEqual([]);
  });

  test('are shown and written in by members of a channel that was let in', async () => {
    const { workspace, client, channel, create, textOf } = await opened();
    const { canvas_id: id = '' } = await create('first');
    const { file } = await client.files.info({ file: id });
    await client.chat.postMessage({ channel, text: `<${file?.permalink}|the canvas>` });
    const cards = () => messagesSeenBy(workspace, 'ana', 'incidents').at(-1)?.files ?? [];
    const write = (name: string, isAtTop = true) =>
      workspace.perform(workspace.personId(name), {
        type: 'write-in-canvas',
        canvasId: id,
        text: `by ${name}`,
        isAtTop,
      });

    expect(cards()).toEqual([]);
    expect(await write('ana')).toMatchObject({ problem: 'You may not write in this canvas.' });
    await client.canvases.access.set({
      canvas_id: id,
      access_level: 'write',
      channel_ids: [channel],
    });
    expect(cards()).toMatchObject([{ title: 'Notes', preview: 'first' }]);
    expect(await write('ana')).toMatchObject({ problem: null });
    expect(await write('ben', false)).toMatchObject({ problem: null });
    expect(await textOf(id)).toBe('by ana\n\nfirst\n\nby ben');

    await client.canvases.access.delete({ canvas_id: id, channel_ids: [channel] });
    expect(cards()).toEqual([]);
    expect(await write('ana')).toMatchObject({ problem: 'You may not write in this canvas.' });
    const unknown = client.canvases.access.delete({ canvas_id: 'F0', channel_ids: [channel] });
    expect(await errorOf(unknown)).toBe('canvas_not_found');
  });

  test.each([
    ['too much', 'x'.repeat(1_048_577)],
    ['a heading of the fourth level', '#### x'],
    ['a table of too many cells', '| a | b |\n'.repeat(200)],
  ])('are refused with %s', async (_, markdown) => {
    const { create } = await opened();
    expect(await errorOf(create(markdown))).toBe('canvas_creation_failed');
  });

  test('are refused where Slack refuses them', async () => {
    const free = await opened({ seed: { ...northwindSeed, isPaidPlan: false } });
    expect(await errorOf(free.create())).toBe('free_teams_cannot_create_non_tabbed_canvases');
    const manifest = { ...testManifest, oauth_config: { scopes: { bot: ['chat:write'] } } };
    expect(await errorOf((await opened({ manifest })).create())).toBe('missing_scope');
    const { client } = await opened();
    const lookUp = client.canvases.sections.lookup({
      canvas_id: 'F0UNKNOWN',
      criteria: { contains_text: 'x' },
    });
    expect(await errorOf(lookUp)).toBe('canvas_not_found');
  });
});
