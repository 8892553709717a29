import { describe, expect, it } from 'vitest';
import { DEFAULT_CACHE_LIMITS } from '../../../src/store/limits.ts';
import {
  aDeletion,
  aDocument,
  aMessage,
  anAppend,
  anAuditEntry,
  aRewrite,
} from '../../support/store-builders.ts';
import type { StoreFixture } from '../store-contract.ts';

export function describeRecordContract(current: () => StoreFixture): void {
  describe('messages', () => {
    it('inserts by slot and replaces what the slot held', async () => {
      const { store } = current();
      await store.append(anAppend());
      const root = aMessage();
      const step = aMessage({ slot: 'step-1', ts: '1700000000.000200' });
      await store.saveMessage(root);
      await store.saveMessage(step);
      await store.saveMessage({ ...root, digest: 'digest-2' });
      expect(await store.readMessages('RT-1')).toEqual([{ ...root, digest: 'digest-2' }, step]);
      expect(await store.readMessages('RT-2')).toEqual([]);
    });

    it('keeps a first post whose place in Slack is not known yet, without a thread', async () => {
      const { store } = current();
      await store.append(anAppend());
      const intent = aMessage({ ts: null, threadTs: null });
      await store.saveMessage(intent);
      expect(await store.readMessages('RT-1')).toEqual([intent]);
      expect(await store.findIncidentByThread('C1', 'null')).toBeNull();
    });

    it('finds the incident of a thread, and null for a thread it does not know', async () => {
      const { store } = current();
      await store.append(anAppend());
      await store.saveMessage(aMessage({ threadTs: '17.1' }));
      expect(await store.findIncidentByThread('C1', '17.1')).toBe('RT-1');
      expect(await store.findIncidentByThread('C2', '17.1')).toBeNull();
      expect(await store.findIncidentByThread('C1', '17.2')).toBeNull();
    });

    it('finds the newest incident of a thread, whichever was written last', async () => {
      const { store } = current();
      await store.append(anAppend({ incidentId: 'RT-OLD', state: { openedAtMs: 1_000 } }));
      await store.append(anAppend({ incidentId: 'RT-NEW', state: { openedAtMs: 2_000 } }));
      await store.saveMessage(aMessage({ incidentId: 'RT-NEW', threadTs: '17.1' }));
      await store.saveMessage(aMessage({ incidentId: 'RT-OLD', threadTs: '17.1' }));
      expect(await store.findIncidentByThread('C1', '17.1')).toBe('RT-NEW');
    });
  });

  describe('documents', () => {
    it('keeps the last document of an incident, and null when there is none', async () => {
      const { store } = current();
      await store.append(anAppend());
      expect(await store.readDocument('RT-1')).toBeNull();
      expect(await store.saveDocument(aDocument())).toBe(true);
      expect(await store.saveDocument(aDocument({ ofVersion: 4 }))).toBe(true);
      expect(await store.readDocument('RT-1')).toEqual(aDocument({ ofVersion: 4 }));
    });
  });

  describe('what comes too late', () => {
    it('writes nothing of an incident that was deleted meanwhile, by whichever process', async () => {
      const { store, other } = current();
      await store.append(anAppend());
      await store.deleteIncident(aDeletion());
      await other.saveMessage(aMessage({ threadTs: '17.1' }));
      await other.saveMessage(aMessage({ slot: 'intent', ts: null, threadTs: null }));
      expect(await other.saveDocument(aDocument())).toBe(false);
      expect(await store.readMessages('RT-1')).toEqual([]);
      expect(await store.findIncidentByThread('C1', '17.1')).toBeNull();
      expect(await store.readDocument('RT-1')).toBeNull();
    });

    it('does not bring back a document of the record before it was rewritten', async () => {
      const { store, other } = current();
      await store.append(anAppend());
      await store.rewriteIncident(aRewrite());
      expect(await other.saveDocument(aDocument({ ofVersion: 1 }))).toBe(false);
      expect(await store.readDocument('RT-1')).toBeNull();
      await store.append(anAppend({ expectedVersion: 2 }));
      expect(await other.saveDocument(aDocument({ ofVersion: 1 }))).toBe(false);
      expect(await other.saveDocument(aDocument({ ofVersion: 2 }))).toBe(true);
      expect(await store.readDocument('RT-1')).toEqual(aDocument({ ofVersion: 2 }));
    });
  });

  describe('the limiter', () => {
    it('spaces calls under one key apart and leaves other keys alone', async () => {
      const { store, other } = current();
      expect(await store.reserveCall('a', 600)).toBe(0);
      expect(await other.reserveCall('a', 600)).toBe(600);
      expect(await store.reserveCall('a', 600)).toBe(1_200);
      expect(await store.reserveCall('b', 600)).toBe(0);
    });

    it('counts the time that has passed, and no credit for idle time', async () => {
      const { store, advance } = current();
      await store.reserveCall('a', 600);
      advance(400);
      expect(await store.reserveCall('a', 600)).toBe(200);
      advance(10_000);
      expect(await store.reserveCall('a', 600)).toBe(0);
      expect(await store.reserveCall('a', 600)).toBe(600);
    });

    it('gives nobody a slot during a hold', async () => {
      const { store, other } = current();
      await store.reserveCall('a', 600);
      await store.holdCalls('a', 2_000);
      expect(await other.reserveCall('a', 600)).toBe(2_000);
      expect(await store.reserveCall('a', 600)).toBe(2_600);
    });

    it('never makes a wait shorter by a hold', async () => {
      const { store } = current();
      await store.reserveCall('a', 5_000);
      await store.holdCalls('a', 100);
      expect(await store.reserveCall('a', 600)).toBe(5_000);
    });
  });

  describe('a slot for what nobody waits for', () => {
    it('is given when one is free now, and counts for everybody', async () => {
      const { store, other } = current();
      expect(await store.tryReserveCall('a', 600)).toBe(0);
      expect(await other.reserveCall('a', 600)).toBe(600);
    });

    it('is refused otherwise, with the time until the next, and nothing is reserved', async () => {
      const { store, other, advance } = current();
      await store.reserveCall('a', 600);
      expect(await other.tryReserveCall('a', 600)).toBe(600);
      expect(await store.reserveCall('a', 600)).toBe(600);
      advance(700);
      expect(await other.tryReserveCall('a', 600)).toBe(500);
      advance(500);
      expect(await other.tryReserveCall('a', 600)).toBe(0);
    });

    it('is refused during a hold', async () => {
      const { store, other } = current();
      await store.holdCalls('a', 2_000);
      expect(await other.tryReserveCall('a', 600)).toBe(2_000);
    });
  });

  describe('the cache', () => {
    it('gives back what was saved last, to everybody, and null for the rest', async () => {
      const { store, other } = current();
      await store.saveCached('window', 'first', 1_000);
      await store.saveCached('window', 'second', 1_000);
      expect(await other.readCached('window')).toBe('second');
      expect(await store.readCached('windows')).toBeNull();
    });

    it('forgets an entry when its time is over', async () => {
      const { store, advance } = current();
      await store.saveCached('window', 'body', 1_000);
      advance(999);
      expect(await store.readCached('window')).toBe('body');
      advance(1);
      expect(await store.readCached('window')).toBeNull();
    });

    it('counts the time of an entry from when it was last saved', async () => {
      const { store, advance } = current();
      await store.saveCached('window', 'body', 1_000);
      advance(900);
      await store.saveCached('window', '', 1_000);
      advance(900);
      expect(await store.readCached('window')).toBe('');
    });

    it('keeps nothing under a key whose last body was too large, not even the one before', async () => {
      const { store } = current();
      await store.saveCached('window', 'body', 1_000);
      await store.saveCached('window', 'x'.repeat(DEFAULT_CACHE_LIMITS.bodyBytesMax + 1), 1_000);
      expect(await store.readCached('window')).toBeNull();
      await store.saveCached('window', 'x'.repeat(DEFAULT_CACHE_LIMITS.bodyBytesMax), 1_000);
      expect(await store.readCached('window')).toHaveLength(DEFAULT_CACHE_LIMITS.bodyBytesMax);
    });
  });

  describe('the audit log', () => {
    it('reads the newest entries first, up to the limit', async () => {
      const { store } = current();
      for (const question of ['one', 'two', 'three']) {
        await store.recordAudit(anAuditEntry({ question }));
      }
      expect(await store.readAudit(2)).toEqual([
        anAuditEntry({ question: 'three' }),
        anAuditEntry({ question: 'two' }),
      ]);
    });
  });
}
