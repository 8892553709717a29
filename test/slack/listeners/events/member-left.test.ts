import { describe, expect, it } from 'vitest';
import type { SlackContext } from '../../../../src/slack/context.ts';
import { onMemberLeft } from '../../../../src/slack/listeners/events/member-left.ts';
import { openSqliteStore } from '../../../../src/store/sqlite/open-sqlite-store.ts';
import { commands, openCommand, play, stateOf } from '../../../support/incident-builders.ts';
import { createKeptLog } from '../../../support/kept-log.ts';

const ana = { kind: 'person', userId: 'UANA' } as const;

/** Ana owns an open incident of C1. */
async function aChannel() {
  const log = createKeptLog();
  const store = await openSqliteStore({ path: ':memory:', log });
  const events = play([
    [openCommand(), ana],
    [commands.own, ana],
  ]);
  const state = stateOf(events);
  const { incidentId } = state;
  await store.append({ incidentId, expectedVersion: 0, events, state, work: [], dedupeId: 'd' });
  const told: string[] = [];
  const postMessage = async ({ channel }: { channel: string }) => told.push(channel);
  const context = {
    store,
    log,
    ids: { next: (prefix: string) => `${prefix}-1` },
    clock: { nowMs: () => state.lastActivityAtMs + 1_000 },
    wakeWorkers: () => undefined,
    clients: { background: { chat: { postMessage } } },
  } as unknown as SlackContext;
  const leaves = (user: string, channel: string) =>
    onMemberLeft(context, { user, channel }, `left:${user}:${channel}`);
  const notes = async () => (await store.readState(incidentId))?.notes.map(({ text }) => text);
  return { leaves, notes, told };
}

describe('somebody who leaves a channel', () => {
  it('is asked to hand over what they own there, and the record says so, once', async () => {
    const { leaves, notes, told } = await aChannel();
    await leaves('UANA', 'C1');
    await leaves('UANA', 'C1');

    expect(told).toEqual(['UANA']);
    expect(await notes()).toEqual([expect.stringContaining('The owner has left this channel')]);
  });

  it('is let go when they own nothing there', async () => {
    const { leaves, notes, told } = await aChannel();
    await leaves('UBEN', 'C1');
    await leaves('UANA', 'C2');

    expect([told, await notes()]).toEqual([[], []]);
  });
});
