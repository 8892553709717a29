import { describe, expect, it } from 'vitest';
import { decideAccess, OPEN_ACCESS } from '../../../../src/domain/access/decide-access.ts';
import type { SlackContext } from '../../../../src/slack/context.ts';
import { onThreadTalk } from '../../../../src/slack/listeners/events/moved-once.ts';
import { openSqliteStore } from '../../../../src/store/sqlite/open-sqlite-store.ts';
import {
  commands,
  MINUTE_MS,
  OPENED_AT_MS,
  openCommand,
  play,
  stateOf,
} from '../../../support/incident-builders.ts';
import { createKeptLog } from '../../../support/kept-log.ts';

const by = (userId: string) => ({ kind: 'person', userId }) as const;

/** An incident that Ana opened and Ben took, in the thread 7.7 of C1. */
async function aThread({ isDrill = false } = {}) {
  const log = createKeptLog();
  const store = await openSqliteStore({ path: ':memory:', log });
  const events = play([
    [openCommand({ threadTs: '7.7', isDrill }), by('UANA')],
    [{ ...commands.own, ownerId: 'UBEN' }, by('UANA')],
  ]);
  const state = stateOf(events);
  const { incidentId } = state;
  await store.append({ incidentId, expectedVersion: 0, events, state, work: [], dedupeId: 'd' });
  const card = { slot: 'root', channelId: 'C1', ts: '7.8', threadTs: '7.7' };
  await store.saveMessage({ incidentId, ...card, sentAtMs: 0, digest: '' });
  const told: { readonly user: string; readonly thread_ts: string }[] = [];
  const at = { ms: 0 };
  const context = {
    store,
    log,
    apiUrl: 'https://slack.com/api/',
    clock: { nowMs: () => at.ms },
    access: {
      check: async (userId: string) => {
        const standing = userId === 'UGUEST' ? 'guest' : 'member';
        const place = { kind: 'own' } as const;
        return decideAccess(OPEN_ACCESS, { userId, standing, isInGroup: null, place });
      },
    },
    clients: { background: { chat: { postEphemeral: async (said: never) => told.push(said) } } },
  } as unknown as SlackContext;
  const says = (user: string, minutes: number, thread_ts = '7.7') => {
    at.ms = OPENED_AT_MS + minutes * MINUTE_MS;
    return onThreadTalk(context, { channel: 'C1', user, thread_ts });
  };
  return { says, told: () => told.map(({ user, thread_ts }) => `${user} in ${thread_ts}`) };
}

describe('whoever first writes in the thread of an incident', () => {
  it('is offered once, alone and in the thread, to be caught up', async () => {
    const { says, told } = await aThread();
    await says('UCHIDI', 20);
    await says('UCHIDI', 21);
    await says('UCHIDI', 60 * 48);

    expect(told()).toEqual(['UCHIDI in 7.7']);
  });

  it('is not offered it with a part in it, or when there from the beginning', async () => {
    const { says, told } = await aThread();
    await says('UDORA', 5);
    for (const user of ['UDORA', 'UANA', 'UBEN', 'UGUEST']) await says(user, 30);

    expect(told()).toEqual([]);
  });

  it('is left alone in a drill, and in a thread of no incident', async () => {
    const drill = await aThread({ isDrill: true });
    await drill.says('UCHIDI', 30);
    const { says, told } = await aThread();
    await says('UCHIDI', 30, '8.8');

    expect([...drill.told(), ...told()]).toEqual([]);
  });
});
