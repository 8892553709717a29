import { describe, expect, it, onTestFinished } from 'vitest';
import { startWorkspace } from '../../../src/simulator/workspace/start-workspace.ts';
import { createSlackClients } from '../../../src/slack/connect/clients.ts';
import { createTokenWatch } from '../../../src/slack/connect/token-watch.ts';
import { MANIFEST } from '../../../src/slack/manifest.ts';
import { withdrawDocuments } from '../../../src/slack/send/withdraw-documents.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open-sqlite-store.ts';
import { createKeptLog } from '../../support/kept-log.ts';
import { until } from '../../support/poll.ts';
import { aMessage, anAppend } from '../../support/store-builders.ts';

const WORK = { kind: 'withdraw-documents', incidentId: 'RT-1', untilVersion: 7 } as const;

/** An incident whose documents of the versions 3, 7 and 9 were uploaded; at 8 text was taken out. */
async function aBench() {
  const workspace = await startWorkspace({ port: 0, manifest: MANIFEST });
  onTestFinished(() => workspace.close());
  const log = createKeptLog();
  const store = await openSqliteStore({ path: ':memory:', log });
  const { botToken, apiUrl } = workspace;
  const clients = createSlackClients({ botToken, apiUrl, log });
  const channelId = workspace.channelId('incidents');
  const userId = workspace.personId('ana');
  const clock = { atMs: Date.now(), nowMs: () => clock.atMs };
  const context = { store, log, clock, clients, token: createTokenWatch({ log, retryMs: 7 }) };

  await store.append(anAppend());
  const root = await clients.background.chat.postMessage({ channel: channelId, text: 'RT-1' });
  const threadTs = String(root.ts);
  await store.saveMessage(aMessage({ channelId, slot: 'root', ts: threadTs, threadTs }));
  const upload = async (version: number) => {
    await clients.background.files.uploadV2({
      channel_id: channelId,
      thread_ts: threadTs,
      filename: `RT-1-v${version}.md`,
      file: Buffer.from(`version ${version}`),
    });
    const shared = () => files().find(({ name }) => name === `RT-1-v${version}.md`);
    return (await until('the file is in the thread', shared)).id;
  };
  const keep = (version: number, ts: string | null, sentAtMs: number) =>
    store.saveMessage(aMessage({ channelId, slot: `document-${version}`, ts, threadTs, sentAtMs }));
  const channel = () => workspace.view(userId).channels.find(({ id }) => id === channelId);
  const files = () => (channel()?.messages ?? []).flatMap((message) => message.files);
  const told = () =>
    workspace
      .view(userId)
      .channels.flatMap(({ isDirect, messages }) => (isDirect ? messages : []))
      .map(({ text }) => text);
  for (const version of [3, 7, 9]) await keep(version, await upload(version), clock.nowMs());
  return {
    ...{ workspace, store, clock, userId, upload, keep, told },
    names: () => files().map(({ name }) => name),
    deletions: () => workspace.journal.calls('files.delete').length,
    run: () => withdrawDocuments(context, { ...WORK, userId }),
  };
}

describe('withdrawing documents after text was taken out of the record', () => {
  it('deletes those from before, keeps the newer one, and tells nobody', async () => {
    const { run, names, told } = await aBench();

    expect(await run()).toEqual({ kind: 'done' });
    expect(names()).toEqual(['RT-1-v9.md']);
    expect(told()).toEqual([]);
  });

  it('is done once: a second run asks Slack for nothing', async () => {
    const { run, deletions } = await aBench();
    await run();
    await run();
    expect(deletions()).toBe(2);
  });

  it.each([
    'file_not_found',
    'file_deleted',
  ])('is content when somebody else was first: %s', async (error) => {
    const { workspace, run, names, told } = await aBench();
    workspace.faults.nextCalls('files.delete', { kind: 'error', error });

    expect(await run()).toEqual({ kind: 'done' });
    expect(names()).toEqual(['RT-1-v3.md', 'RT-1-v9.md']);
    expect(told()).toEqual([]);
  });

  it('tells whoever asked which one Slack does not let it delete, once, and goes on with the others', async () => {
    const { workspace, run, names, told } = await aBench();
    workspace.faults.nextCalls('files.delete', { kind: 'error', error: 'cant_delete_file' });
    await run();
    workspace.faults.nextCalls('files.delete', { kind: 'error', error: 'cant_delete_file' });
    await run();

    expect(names()).toEqual(['RT-1-v3.md', 'RT-1-v9.md']);
    expect(told()).toEqual([
      expect.stringMatching(
        /^Slack does not let me delete an earlier document of RT-1.*ask an administrator/,
      ),
    ]);
  });

  it('waits as long as Slack asks for, and then goes on where it was', async () => {
    const { workspace, run, names, deletions } = await aBench();
    const limit = { kind: 'rate-limit', retryAfterSeconds: 3 } as const;
    workspace.faults.nextCalls('files.delete', limit, 1);

    expect(await run()).toEqual({ kind: 'later', delayMs: 3_000 });
    expect(await run()).toEqual({ kind: 'done' });
    expect(names()).toEqual(['RT-1-v9.md']);
    expect(deletions()).toBe(3);
  });

  it('goes on after a kill between a deletion and hearing of it', async () => {
    const { workspace, run, names } = await aBench();
    const unheard = { kind: 'status', status: 503, isApplied: true } as const;
    workspace.faults.nextCalls('files.delete', unheard, 9);
    await expect(run()).rejects.toThrow();
    workspace.faults.clear();

    expect(await run()).toEqual({ kind: 'done' });
    expect(names()).toEqual(['RT-1-v9.md']);
  });

  it('finds one by its name that was uploaded and never heard of, once it must be in its thread', async () => {
    const { run, upload, keep, clock, names } = await aBench();
    await upload(5);
    await keep(5, null, clock.nowMs());

    expect(await run()).toEqual({ kind: 'later', delayMs: 10_000 });
    clock.atMs += 10_000;
    expect(await run()).toEqual({ kind: 'done' });
    expect(names()).toEqual(['RT-1-v9.md']);
  });

  it('looks for no upload that Slack refused, and gives up one that never arrived', async () => {
    const { run, keep, clock, workspace } = await aBench();
    await keep(4, null, 0);
    await keep(5, null, clock.nowMs() - 10_000);

    expect(await run()).toEqual({ kind: 'done' });
    expect(workspace.journal.calls('conversations.replies')).toHaveLength(1);
  });
});
