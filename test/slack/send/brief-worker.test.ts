import { describe, expect, it, onTestFinished } from 'vitest';
import {
  decideAccess,
  OPEN_ACCESS,
  type Standing,
} from '../../../src/domain/access/decide-access.ts';
import { startWorkspace } from '../../../src/simulator/workspace/start-workspace.ts';
import { createSlackClients } from '../../../src/slack/connect/clients.ts';
import { createTokenWatch } from '../../../src/slack/connect/token-watch.ts';
import type { SlackContext } from '../../../src/slack/context.ts';
import { MANIFEST } from '../../../src/slack/manifest.ts';
import { briefWork } from '../../../src/slack/send/brief-worker.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open-sqlite-store.ts';
import { MINUTE_MS, openCommand, play, stateOf } from '../../support/incident-builders.ts';
import { createKeptLog } from '../../support/kept-log.ts';

/** Ana has handed her incident to Ben a moment ago; `standing` is whose account Ben's is. */
async function aBench(standing: Standing | null) {
  const workspace = await startWorkspace({ port: 0, manifest: MANIFEST });
  onTestFinished(() => workspace.close());
  const log = createKeptLog();
  const { botToken, apiUrl } = workspace;
  const [ana, ben] = [workspace.personId('ana'), workspace.personId('ben')];
  const channelId = workspace.channelId('incidents');
  const clients = createSlackClients({ botToken, apiUrl, log });
  const root = await clients.background.chat.postMessage({ channel: channelId, text: 'the card' });
  const rootTs = root.ts ?? '';
  const byAna = { kind: 'person', userId: ana } as const;
  const events = play([
    [openCommand({ channelId, threadTs: rootTs }), byAna],
    [{ type: 'assign-owner', ownerId: ben }, byAna],
  ]);
  const state = stateOf(events);
  const { incidentId } = state;
  const store = await openSqliteStore({ path: ':memory:', log });
  await store.append({ incidentId, expectedVersion: 0, events, state, work: [], dedupeId: 'd' });
  const clock = { ms: state.lastActivityAtMs };
  const context = {
    store,
    log,
    apiUrl,
    clients,
    clock: { nowMs: () => clock.ms },
    token: createTokenWatch({ log, retryMs: 7 }),
    access: {
      check: async (userId: string) =>
        decideAccess(OPEN_ACCESS, { userId, standing, isInGroup: null, place: { kind: 'own' } }),
    },
  } as unknown as SlackContext;
  const toldAna = () =>
    workspace
      .view(ana)
      .channels.flatMap(({ messages }) => messages.filter(({ ephemeral }) => ephemeral))
      .map(({ text, threadTs }) => ({ text, threadTs }));
  const work = { kind: 'brief', incidentId, ownerId: ben } as const;
  return { run: () => briefWork(context, work), toldAna, clock, rootTs };
}

describe('the brief of a handover', () => {
  it('waits while Slack does not say who the new owner is, and at last the giver hears it', async () => {
    const { run, toldAna, clock } = await aBench(null);

    expect(await run()).toMatchObject({ kind: 'later' });
    expect(toldAna()).toEqual([]);
    clock.ms += 60 * MINUTE_MS;
    expect(await run()).toEqual({ kind: 'done' });
    expect(toldAna().map(({ text }) => text)).toEqual([
      expect.stringMatching(/could not send .* Slack does not tell me whether they may use me\./),
    ]);
  });

  it('to somebody who may not use the bot is told to the giver, once, in the thread', async () => {
    const { run, toldAna, rootTs } = await aBench('guest');

    expect(await run()).toEqual({ kind: 'done' });
    expect(await run()).toEqual({ kind: 'done' });
    expect(toldAna()).toEqual([
      { text: expect.stringMatching(/a guest of this workspace.*make sure/), threadTs: rootTs },
    ]);
  });
});
