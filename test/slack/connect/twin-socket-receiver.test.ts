import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startWorkspace } from '../../../src/simulator/workspace/start-workspace.ts';
import { createApp } from '../../../src/slack/connect/start-slack.ts';
import {
  type ConnectPatience,
  createTwinSocketReceiver,
} from '../../../src/slack/connect/twin-socket-receiver.ts';
import { MANIFEST } from '../../../src/slack/manifest.ts';
import { createPerson } from '../../support/e2e/person.ts';
import { createKeptLog } from '../../support/kept-log.ts';
import { until } from '../../support/poll.ts';

/** Slack's own socket client on the local workspace; the bot's listeners are not needed here. */
async function connected(patience?: ConnectPatience) {
  const workspace = await startWorkspace({ manifest: MANIFEST });
  onTestFinished(() => workspace.close());
  const { appToken, apiUrl, botToken, botUserId, teamId } = workspace;
  const log = createKeptLog();
  const receiver = createTwinSocketReceiver({
    appToken,
    apiUrl,
    log,
    ...(patience === undefined ? {} : { patience }),
  });
  const ready = () => receiver.connectedCount() > 0;
  const identity = { teamId, teamName: 'Northwind', botId: 'B1', botUserId };
  const store = { schedule: async () => true };
  const app = createApp({ receiver, identity, botToken, apiUrl, log, store });
  const heard: string[] = [];
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  app.command('/triage', async ({ ack, command }) => {
    heard.push(command.text);
    if (command.text === 'slowly') await released;
    await ack(`heard ${command.text}`);
  });
  const readyBefore = ready();
  await app.start();
  onTestFinished(async () => {
    await app.stop();
  });
  const ana = createPerson(workspace, 'ana', workspace.channelId('incidents'));
  return { workspace, app, ana, heard, release, log, ready, readyBefore };
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

  it.each([
    'warning',
    'refresh_requested',
    'link_disabled',
    'too_many_websockets',
  ] as const)('carry the acknowledgement of what came before Slack’s “%s”, and are two again', async (reason) => {
    const { workspace, ana, heard, release } = await connected();

    const said = ana.say('/triage slowly');
    await until('the listener runs', () => heard.length === 1);
    workspace.faults.disconnectSockets(reason, 'all');
    await delay(100);
    release();
    await said;

    expect(workspace.journal.envelopes().map(({ outcome }) => outcome)).toEqual(['acked']);
    await until('both are back', () => ana.view().appConnections === 2);
  });

  it.each([
    ['null', 'null'],
    ['no JSON', 'hello?'],
    ['an empty object', '{}'],
    [
      'an event envelope without an event',
      '{"type":"events_api","envelope_id":"e","payload":null}',
    ],
  ])('skip %s and hear what comes after it', async (_what, frame) => {
    const { workspace, ana, heard, log } = await connected();

    workspace.faults.sendFrame(frame, 'all');
    await ana.say('/triage one');
    await ana.say('/triage two');

    expect(heard).toEqual(['one', 'two']);
    expect(log.lines.filter(({ message }) => /makes no sense/.test(message))).toHaveLength(2);
  });

  it('tell that Slack holds back events, and leave alone what they do not know', async () => {
    const { workspace, ana, heard, log } = await connected();

    const limited = { type: 'app_rate_limited', minute_rate_limited: 1_518_467_820 };
    for (const frame of [
      { type: 'events_api', envelope_id: 'e1', payload: limited },
      { type: 'telepathy', envelope_id: 'e2', payload: { thought: 'a new kind' } },
    ]) {
      workspace.faults.sendFrame(JSON.stringify(frame), 'all');
    }
    await ana.say('/triage one');
    await ana.say('/triage two');

    expect(heard).toEqual(['one', 'two']);
    expect(log.lines.filter(({ message }) => /holds back events/.test(message))).toHaveLength(2);
  });

  it('are opened anew when Slack leaves the attempt hanging, at the address or before its greeting', async () => {
    const { workspace, ana, heard, ready } = await connected({ addressMs: 300, greetingMs: 1_000 });

    workspace.faults.nextCalls('apps.connections.open', { kind: 'hang' }, 2);
    workspace.faults.leaveUngreeted(2);
    workspace.faults.dropSockets('all');
    await until('the bot knows', () => !ready());
    await until('the bot is back', () => ready() && ana.view().appConnections === 2);
    await ana.say('/triage after the silence');

    expect(heard).toEqual(['after the silence']);
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
    const receiver = createTwinSocketReceiver({ appToken, apiUrl, log });
    const ana = createPerson(workspace, 'ana', workspace.channelId('incidents'));

    await expect(receiver.start()).rejects.toMatchObject({ data: { error: 'invalid_auth' } });

    await until('none is open', () => ana.view().appConnections === 0);
  });

  it('are closed by a stop when what came over them is acknowledged, and not before', async () => {
    const { workspace, app, ana, heard, release } = await connected();

    const said = ana.say('/triage slowly');
    await until('the listener runs', () => heard.length === 1);
    const stopped = app.stop();
    await delay(100);
    release();
    await Promise.all([said, stopped]);

    expect(workspace.journal.envelopes().map(({ outcome }) => outcome)).toEqual(['acked']);
    await until('both are closed', () => ana.view().appConnections === 0);
  });

  it('are closed by a stop and not opened again', async () => {
    const { app, ana, ready } = await connected();

    await app.stop();

    await until('both are closed', () => ana.view().appConnections === 0);
    expect(ready()).toBe(false);
  });
});
