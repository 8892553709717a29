import { describe, expect, it } from 'vitest';
import type { Store } from '../../../src/ports.ts';
import {
  aDeletion,
  aDocument,
  aMessage,
  anAppend,
  anAuditEntry,
  aRewrite,
  aScheduled,
  claimOne,
  OPENED_AT_MS,
} from '../../support/store-builders.ts';
import type { StoreFixture } from '../store-contract.ts';

const RENDER = { kind: 'render', incidentId: 'RT-1', replyUrl: null } as const;
const OTHERS = { kind: 'render', incidentId: 'RT-12', replyUrl: null } as const;

async function inRounds(
  count: number,
  run: (round: number) => Promise<boolean>,
): Promise<readonly boolean[]> {
  const sound: boolean[] = [];
  for (let round = 0; round < count; round += 1) sound.push(await run(round));
  return sound;
}

/** One with something in every place, beside another whose id begins the same. */
async function fill(store: Store): Promise<void> {
  await store.append(anAppend({ work: [aScheduled({ workId: 'mine', work: RENDER })] }));
  await store.append(anAppend({ incidentId: 'RT-12' }));
  await store.saveMessage(aMessage({ threadTs: '17.1' }));
  await store.saveMessage(aMessage({ incidentId: 'RT-12', threadTs: '17.1' }));
  await store.saveMessage(aMessage({ slot: 'intent', ts: null, threadTs: null }));
  await store.saveDocument(aDocument());
}

export function describeRemovalContract(current: () => StoreFixture): void {
  describe('idle incidents', () => {
    it('are closed ones that nothing happened in since, longest idle first', async () => {
      const { store } = current();
      const rows = [
        ['RT-B', 'closed', 200],
        ['RT-A', 'closed', 100],
        ['RT-OPEN', 'open', 50],
        ['RT-C', 'closed', 300],
      ] as const;
      for (const [incidentId, status, lastActivityAtMs] of rows) {
        await store.append(anAppend({ incidentId, state: { status, lastActivityAtMs } }));
      }
      const idle = async (limit: number) =>
        (await store.listIdleIncidents({ idleSinceMs: 300, limit })).map((row) => row.incidentId);
      expect(await idle(9)).toEqual(['RT-A', 'RT-B']);
      expect(await idle(1)).toEqual(['RT-A']);
    });
  });

  describe('deleting an incident', () => {
    it('leaves nothing of it in any place, and everything of the others', async () => {
      const { store } = current();
      await fill(store);
      expect(await store.deleteIncident(aDeletion())).toBe(true);
      expect(await store.readState('RT-1')).toBeNull();
      expect(await store.readEvents('RT-1')).toEqual([]);
      expect(await store.readMessages('RT-1')).toEqual([]);
      expect(await store.readDocument('RT-1')).toBeNull();
      expect(await store.workCounts()).toMatchObject({ pending: 0 });
      const listed = await Promise.all([
        store.listIncidents({ limit: 9 }),
        store.listIncidents({ channelId: 'C1', limit: 9 }),
        store.listIncidents({ channelId: 'C1', status: 'open', limit: 9 }),
      ]);
      expect(listed.map((rows) => rows.map(({ incidentId }) => incidentId))).toEqual([
        ['RT-12'],
        ['RT-12'],
        ['RT-12'],
      ]);
      expect(await store.findIncidentByThread('C1', '17.1')).toBe('RT-12');
      expect(await store.readEvents('RT-12')).toHaveLength(1);
      expect(await store.readMessages('RT-12')).toHaveLength(1);
    });

    it('takes it out of the thread that it alone had', async () => {
      const { store } = current();
      await store.append(anAppend());
      await store.saveMessage(aMessage({ threadTs: '17.9' }));
      await store.deleteIncident(aDeletion());
      expect(await store.findIncidentByThread('C1', '17.9')).toBeNull();
    });

    it('takes work with it that somebody holds, and dead letters, and no one else’s', async () => {
      const { store } = current();
      await store.append(anAppend({ work: [aScheduled({ workId: 'a', work: RENDER })] }));
      const failure = { reason: 'no', delayMs: 0, failuresMax: 1 };
      await store.failWork(await claimOne(store), failure);
      await store.schedule([aScheduled({ workId: 'b', work: OTHERS })], null);
      await store.failWork(await claimOne(store), failure);
      await store.schedule([aScheduled({ workId: 'c', work: RENDER })], null);
      const held = await claimOne(store);
      await store.schedule([aScheduled({ workId: 'd', work: OTHERS })], null);
      await store.deleteIncident(aDeletion());
      expect(await store.completeWork(held)).toBe(false);
      expect((await store.listDeadWork(9)).map(({ workId }) => workId)).toEqual(['b']);
      expect(await store.workCounts()).toMatchObject({ pending: 1 });
    });

    it('is refused when something has happened since, and when there is no such incident', async () => {
      const { store } = current();
      await store.append(anAppend());
      await store.append(anAppend({ expectedVersion: 1 }));
      expect(await store.deleteIncident(aDeletion())).toBe(false);
      expect(await store.deleteIncident(aDeletion({ incidentId: 'RT-9' }))).toBe(false);
      expect(
        await store.deleteIncident(aDeletion({ incidentId: 'RT-9', expectedVersion: 0 })),
      ).toBe(false);
      expect(await store.readEvents('RT-1')).toHaveLength(2);
      expect(await store.readAudit(9)).toEqual([]);
    });

    it('is audited in the same step, once, however many ask', async () => {
      const { store, other } = current();
      await store.append(anAppend());
      const done = await Promise.all([
        store.deleteIncident(aDeletion()),
        other.deleteIncident(aDeletion()),
      ]);
      expect(done.filter((one) => one)).toHaveLength(1);
      expect(await store.readAudit(9)).toEqual([aDeletion().audit]);
    });

    it('races an append: either it is gone, or it stays whole', async () => {
      const { store, other } = current();
      const sound = await inRounds(30, async (round) => {
        const incidentId = `RT-R${round}`;
        await store.append(anAppend({ incidentId }));
        const [isDeleted, appended] = await Promise.all([
          store.deleteIncident(aDeletion({ incidentId })),
          other.append(anAppend({ incidentId, expectedVersion: 1 })),
        ]);
        const left = (await store.readEvents(incidentId)).length;
        return isDeleted ? left === 0 && appended.kind === 'conflict' : left === 2;
      });
      expect(sound).toEqual(Array(30).fill(true));
    });

    it('leaves the id free for an incident that begins anew', async () => {
      const { store } = current();
      await store.append(anAppend());
      await store.deleteIncident(aDeletion());
      const again = await store.append(anAppend({ dedupeId: 'again' }));
      expect(again).toEqual({ kind: 'appended', version: 1 });
    });
  });

  describe('rewriting an incident', () => {
    it('replaces events, snapshot, summary and document, audits it and schedules work', async () => {
      const { store } = current();
      await fill(store);
      const request = aRewrite({
        state: { ...aRewrite().state, title: 'rewritten', lastActivityAtMs: OPENED_AT_MS + 5 },
        document: aDocument({ markdown: 'rewritten' }),
        work: [aScheduled({ workId: 'publish' })],
      });
      expect(await store.rewriteIncident(request)).toEqual({ kind: 'appended', version: 2 });
      expect(await store.readEvents('RT-1')).toEqual(request.events);
      expect(await store.readState('RT-1')).toEqual(request.state);
      expect(await store.readDocument('RT-1')).toEqual(request.document);
      expect(await store.readAudit(9)).toEqual([request.audit]);
      expect(await store.workCounts()).toMatchObject({ pending: 2 });
      const [first] = await store.listIncidents({ channelId: 'C1', status: 'open', limit: 1 });
      expect(first).toMatchObject({ incidentId: 'RT-1', title: 'rewritten' });
      expect(await store.readMessages('RT-1')).toHaveLength(2);
    });

    it('empties the cache, which may hold what was taken out', async () => {
      const { store } = current();
      await store.append(anAppend());
      await store.saveCached('window', 'body', 1_000);
      await store.rewriteIncident(aRewrite());
      expect(await store.readCached('window')).toBeNull();
    });

    it('refuses what nobody could read again, and then changes nothing', async () => {
      const { store } = current();
      await store.append(anAppend());
      const [first, second] = aRewrite().events;
      const events = [{ ...first, actor: { kind: '[redacted]' } }, second] as never;
      expect(await store.rewriteIncident(aRewrite({ events }))).toEqual({ kind: 'unreadable' });
      expect(await store.readEvents('RT-1')).toEqual(anAppend().events);
    });

    it('lets the log go on after it', async () => {
      const { store } = current();
      await store.append(anAppend());
      await store.rewriteIncident(aRewrite());
      const next = anAppend({ expectedVersion: 2 });
      expect(await store.append(next)).toEqual({ kind: 'appended', version: 3 });
      expect((await store.readEvents('RT-1')).map(({ version }) => version)).toEqual([1, 2, 3]);
    });

    it('drops the document when none is given', async () => {
      const { store } = current();
      await fill(store);
      await store.rewriteIncident(aRewrite());
      expect(await store.readDocument('RT-1')).toBeNull();
    });

    it('loses to whoever wrote since, and then changes nothing', async () => {
      const { store } = current();
      await fill(store);
      await store.append(anAppend({ expectedVersion: 1 }));
      const before = await store.readEvents('RT-1');
      const late = await store.rewriteIncident(aRewrite());
      expect(late).toEqual({ kind: 'conflict', version: 2 });
      expect(await store.readEvents('RT-1')).toEqual(before);
      expect(await store.readDocument('RT-1')).toEqual(aDocument());
      expect(await store.readAudit(9)).toEqual([]);
    });

    it('happens once under one dedupe id', async () => {
      const { store } = current();
      await store.append(anAppend());
      await store.rewriteIncident(aRewrite());
      expect(await store.rewriteIncident(aRewrite())).toEqual({ kind: 'duplicate', version: 2 });
      expect(await store.readAudit(9)).toHaveLength(1);
    });

    it('races an append: one of them waits its turn, and nothing is lost', async () => {
      const { store, other } = current();
      const sound = await inRounds(30, async (round) => {
        const incidentId = `RT-W${round}`;
        await store.append(anAppend({ incidentId }));
        const { state } = anAppend({ incidentId, expectedVersion: 1 });
        const rewrite = aRewrite({ incidentId, state, dedupeId: `rewrite-${round}` });
        const outcomes = await Promise.all([
          store.rewriteIncident(rewrite),
          other.append(anAppend({ incidentId, expectedVersion: 1 })),
        ]);
        const kinds = outcomes.map(({ kind }) => kind).sort();
        return (await store.readEvents(incidentId)).length === 2 && kinds[0] === 'appended';
      });
      expect(sound).toEqual(Array(30).fill(true));
    });

    it('is refused when the log would have a gap or be shorter than before', async () => {
      const { store } = current();
      const [first, second] = aRewrite().events;
      const gap = [first, second].flatMap((event) => event ?? []).slice(1);
      const refused = { code: 'internal' };
      await expect(store.rewriteIncident(aRewrite({ events: gap }))).rejects.toMatchObject(refused);
      const shorter = aRewrite({ expectedVersion: 2 });
      await expect(store.rewriteIncident(shorter)).rejects.toMatchObject(refused);
    });
  });

  it('keeps entries about deletions and redactions in the audit log', async () => {
    const { store } = current();
    const entries = [anAuditEntry({ action: 'deletion' }), anAuditEntry({ action: 'redaction' })];
    for (const entry of entries) await store.recordAudit(entry);
    expect(await store.readAudit(2)).toEqual(entries.toReversed());
  });
}
