import { describe, expect, it, onTestFinished } from 'vitest';
import { createGraphPainter } from '../../../src/graphs/painter.ts';
import { startWorkspace } from '../../../src/simulator/workspace/start-workspace.ts';
import { createSlackClients } from '../../../src/slack/connect/clients.ts';
import { createTokenWatch } from '../../../src/slack/connect/token-watch.ts';
import { MANIFEST } from '../../../src/slack/manifest.ts';
import { sendTrend } from '../../../src/slack/send/trend-worker.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open-sqlite-store.ts';
import { keepPastIncident } from '../../support/e2e/past-incidents.ts';
import { createKeptLog } from '../../support/kept-log.ts';

const HOUR_MS = 60 * 60_000;

async function aBench() {
  const workspace = await startWorkspace({ port: 0, manifest: MANIFEST });
  onTestFinished(() => workspace.close());
  const log = createKeptLog();
  const store = await openSqliteStore({ path: ':memory:', log });
  const { botToken, apiUrl } = workspace;
  const userId = workspace.personId('ana');
  const context = {
    store,
    log,
    clock: { nowMs: () => Date.now() },
    clients: createSlackClients({ botToken, apiUrl, log }),
    token: createTokenWatch({ log, retryMs: 7 }),
    memberships: { channelsOf: async () => new Set(['C1']) },
    painter: createGraphPainter(),
  };
  const keepOne = () =>
    keepPastIncident(store, {
      incidentId: 'RT-1',
      channelId: 'C1',
      openedAtMs: Date.now() - HOUR_MS,
    });
  const direct = () =>
    workspace.view(userId).channels.flatMap((row) => (row.isDirect ? row.messages : []));
  const send = () => sendTrend(context, { kind: 'send-trend', userId });
  return { workspace, keepOne, direct, send };
}

describe('sending the picture of the trend', () => {
  it('says that there is nothing to draw when nothing was resolved', async () => {
    const { direct, send } = await aBench();

    expect(await send()).toEqual({ kind: 'done' });
    expect(direct().map(({ text }) => text)).toEqual([expect.stringContaining('nothing to draw')]);
  });

  it('is not tried again when Slack may have taken it', async () => {
    const { workspace, keepOne, send } = await aBench();
    await keepOne();
    workspace.faults.nextCalls('files.completeUploadExternal', { kind: 'drop-reply' });

    expect(await send()).toMatchObject({ kind: 'hopeless' });
  });

  it('waits when Slack asks for a pause, and when it refuses the token', async () => {
    const { workspace, keepOne, send } = await aBench();
    await keepOne();
    const pause = { kind: 'rate-limit', retryAfterSeconds: 3 } as const;
    workspace.faults.nextCalls('files.getUploadURLExternal', pause);
    expect(await send()).toEqual({ kind: 'later', delayMs: 3_000 });
    const refusal = { kind: 'error', error: 'invalid_auth' } as const;
    workspace.faults.nextCalls('files.getUploadURLExternal', refusal);

    expect(await send()).toEqual({ kind: 'later', delayMs: 7 });
  });
});
