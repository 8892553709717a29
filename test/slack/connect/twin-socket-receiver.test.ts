import { describe, expect, it, onTestFinished } from 'vitest';
import { startWorkspace } from '../../../src/simulator/workspace/start-workspace.ts';
import { createApp, createSlackReceiver } from '../../../src/slack/connect/start-slack.ts';
import { MANIFEST } from '../../../src/slack/manifest.ts';
import { createPerson } from '../../support/e2e/person.ts';
import { createKeptLog } from '../../support/kept-log.ts';
import { until } from '../../support/poll.ts';

/** Slack's own socket client on the local workspace; the bot's listeners are not needed here. */
async function connected() {
  const workspace = await startWorkspace({ manifest: MANIFEST });
  onTestFinished(() => workspace.close());
  const { appToken, apiUrl, botToken, botUserId, teamId } = workspace;
  const log = createKeptLog();
  const { receiver, ready } = createSlackReceiver({ kind: 'socket', appToken, apiUrl }, { log });
  const identity = { teamId, teamName: 'Northwind', botId: 'B1', botUserId };
  const store = { schedule: async () => true };
  const app = createApp({ receiver, identity, botToken, apiUrl, log, store });
  const heard: string[] = [];
  app.command('/triage', async ({ ack, command }) => {
    heard.push(command.text);
    await ack(`heard ${command.text}`);
  });
  const readyBefore = ready();
  await app.start();
  onTestFinished(async () => {
    await app.stop();
  });
  const ana = createPerson(workspace, 'ana', workspace.channelId('incidents'));
  return { workspace, app, ana, heard, log, ready, readyBefore };
}

describe('the two sockets', () => {
  it('are both open once the start is over, and none before', async () => {
    const { ana, ready, readyBefore } = await connected();

    expect(readyBefore).toBe(false);
    expect(ready()).toBe(true);
    expect(ana.view().appConnections).toBe(2);
  });

  it('lose no command while Slack refreshes one of them, and are two again', async () => {
    const { workspace, ana, heard, ready } = await connected();

    workspace.faults.disconnectSockets('refresh_requested', 'one');
    const sent = Array.from({ length: 12 }, (_, at) => `${at}`);
    for (const text of sent) await ana.say(`/triage ${text}`);

    expect(heard).toEqual(sent);
    expect(ready()).toBe(true);
    expect(ana.view().notices).toEqual([]);
    await until('both are back', () => ana.view().appConnections === 2);
  });

  it('are not ready while both are gone, and hear again by themselves', async () => {
    const { workspace, ana, heard, ready } = await connected();

    workspace.faults.dropSockets('all');
    await until('the bot knows', () => !ready());
    await until('the bot is back', () => ready() && ana.view().appConnections === 2);
    await ana.say('/triage after the gap');

    expect(heard).toEqual(['after the gap']);
  });

  it('are two again, and no more, after Slack refused new ones for a while', async () => {
    const { workspace, ana, ready, log } = await connected();
    const refusals = () => log.lines.filter(({ message }) => message.startsWith('no connection'));

    const outage = { kind: 'status', status: 503, isApplied: false } as const;
    workspace.faults.nextCalls('apps.connections.open', outage, 3);
    workspace.faults.nextCalls('apps.connections.open', { kind: 'error', error: 'ratelimited' });
    workspace.faults.nextCalls('apps.connections.open', { kind: 'error', error: 'invalid_auth' });
    workspace.faults.dropSockets('all');

    await until('every refusal was met', () => refusals().length === 5);
    await until('the bot is back', () => ready() && ana.view().appConnections === 2);
    await ana.say('/triage after the outage');
    expect(ana.view().appConnections).toBe(2);
    expect(ana.view().notices).toEqual([]);
  });

  it('fail to start, and leave none open, when Slack refuses one of them', async () => {
    const workspace = await startWorkspace({ manifest: MANIFEST });
    onTestFinished(() => workspace.close());
    workspace.faults.nextCalls('apps.connections.open', { kind: 'error', error: 'invalid_auth' });
    const { appToken, apiUrl } = workspace;
    const log = createKeptLog();
    const { receiver } = createSlackReceiver({ kind: 'socket', appToken, apiUrl }, { log });
    const ana = createPerson(workspace, 'ana', workspace.channelId('incidents'));

    await expect(receiver.start()).rejects.toMatchObject({ data: { error: 'invalid_auth' } });

    await until('none is open', () => ana.view().appConnections === 0);
  });

  it('are closed by a stop and not opened again', async () => {
    const { app, ana, ready } = await connected();

    await app.stop();

    await until('both are closed', () => ana.view().appConnections === 0);
    expect(ready()).toBe(false);
  });
});
