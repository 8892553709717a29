import { describe, expect, it, onTestFinished } from 'vitest';
import { northwindSeed } from '../../src/simulator/workspace/seed.ts';
import { startWorkspace } from '../../src/simulator/workspace/start-workspace.ts';
import { createSlackClients } from '../../src/slack/connect/clients.ts';
import { MANIFEST } from '../../src/slack/manifest.ts';
import { createMemberships } from '../../src/slack/memberships.ts';
import { createKeptLog } from '../support/kept-log.ts';

const MINUTE_MS = 60_000;

async function aBench() {
  const rooms = Array.from({ length: 501 }, (_, index) => ({
    name: `room-${index}`,
    hasBot: true,
  }));
  const secret = { name: 'secret', isPrivate: true, hasBot: true, members: ['ben'] };
  const channels = [...northwindSeed.channels, ...rooms, secret];
  const workspace = await startWorkspace({
    port: 0,
    manifest: MANIFEST,
    seed: { ...northwindSeed, channels },
  });
  onTestFinished(() => workspace.close());
  let nowMs = 0;
  const log = createKeptLog();
  const { botToken, apiUrl } = workspace;
  const memberships = createMemberships({
    clients: createSlackClients({ botToken, apiUrl, log }),
    log,
    clock: { nowMs: () => nowMs },
  });
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { workspace, memberships, pass };
}

describe('memberships', () => {
  it('are those of the person, over all pages, private channels included', async () => {
    const { workspace, memberships } = await aBench();
    const ofAna = await memberships.channelsOf(workspace.personId('ana'));
    const ofBen = await memberships.channelsOf(workspace.personId('ben'));
    const secret = workspace.channelId('secret');

    expect(ofAna?.has(workspace.channelId('room-500'))).toBe(true);
    expect([ofAna?.has(secret), ofBen?.has(secret)]).toEqual([false, true]);
  });

  it('are asked for again after some minutes, and are unknown when Slack does not tell', async () => {
    const { workspace, memberships, pass } = await aBench();
    const ana = workspace.personId('ana');
    const first = await memberships.channelsOf(ana);
    workspace.faults.nextCalls('users.conversations', { kind: 'error', error: 'fatal_error' });
    pass(2 * MINUTE_MS);
    expect(await memberships.channelsOf(ana)).toBe(first);
    pass(2 * MINUTE_MS);
    expect(await memberships.channelsOf(ana)).toBeNull();
    expect(await memberships.channelsOf(ana)).toEqual(first);
  });
});
