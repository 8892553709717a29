import { describe, expect, it } from 'vitest';
import type { Store } from '../../../src/ports.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open-sqlite-store.ts';
import { createKeptLog } from '../kept-log.ts';
import { anAppend, anOpening } from '../store-builders.ts';
import { checkActions, checkLog, checkShown, type DoneAction } from './check-history.ts';

const openStore = (): Promise<Store> => openSqliteStore({ path: ':memory:', log: createKeptLog() });

const noted = (text: string, isAcknowledged = true): DoneAction => ({
  name: text,
  isAcknowledged,
  isIn: ({ event }) => event.type === 'note-added' && event.text === text,
});

/** A check that finds nothing wrong is worth as much as what it would have found. */
describe('the check of a history', () => {
  it('finds what was acknowledged and is not there, and what is there twice', async () => {
    const store = await openStore();
    const { events } = anAppend({ dedupeId: 'kept' });
    await store.append(anAppend({ dedupeId: 'kept' }));
    const text = JSON.stringify(events).match(/"text":"([^"]+)"/)?.[1] ?? '';
    const actions = [noted(text), noted('lost'), noted('never acknowledged', false)];
    expect(checkActions(await store.readEvents('RT-1'), actions)).toEqual({
      lostActions: ['lost'],
      doubledActions: [],
    });
    expect(await checkLog(store, 'RT-1', ['root', 'board', 'root'])).toEqual({
      versionGaps: [],
      doubledMessages: ['root'],
    });
    await store.close();
  });

  it('finds an event that is there twice, and a version that is missing', async () => {
    const { events, state } = anAppend();
    const [event] = events;
    const twice = events.flatMap((one) => [one, { ...one, version: one.version + 2 }]);
    const text = JSON.stringify(event).match(/"text":"([^"]+)"/)?.[1] ?? '';
    const broken = { readEvents: async () => twice, readState: async () => state };
    expect(checkActions(twice, [noted(text)]).doubledActions).toEqual([text]);
    expect((await checkLog(broken, 'RT-1', [])).versionGaps).not.toEqual([]);
  });

  it('finds a message that the record needs and Slack does not have', async () => {
    const store = await openStore();
    await store.append(anOpening());
    const { missingMessages } = await checkShown(store, 'RT-1', []);
    expect(missingMessages).toContain('root');
    expect((await checkShown(store, 'RT-1', missingMessages)).missingMessages).toEqual([]);
    await store.close();
  });
});
