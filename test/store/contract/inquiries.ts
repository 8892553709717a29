import { describe, expect, it } from 'vitest';
import { STORE_LIMITS } from '../../../src/store/limits.ts';
import { anInquiry } from '../../support/store-builders.ts';
import type { StoreFixture } from '../store-contract.ts';
import { EVERY_EVIDENCE } from '../support/every-evidence.ts';

export function describeInquiryContract(current: () => StoreFixture): void {
  describe('questions to the person behind a call', () => {
    it('come back as they were kept, whichever process asks', async () => {
      const { store, other } = current();
      const inquiry = anInquiry({
        statement: EVERY_EVIDENCE.statement,
        posted: { channelId: 'D1', ts: '17.1' },
      });
      expect(await store.readInquiry('e-1-u2')).toBeNull();
      expect(await store.saveInquiry(inquiry)).toBe(true);
      expect(await other.readInquiry('e-1-u2')).toEqual(inquiry);
    });

    it('let only the first of two who change the same version through', async () => {
      const { store, other } = current();
      const first = anInquiry({ question: 'first' });
      expect(await store.saveInquiry(first)).toBe(true);
      expect(await other.saveInquiry(anInquiry({ question: 'second' }))).toBe(false);
      const next = { ...first, version: 2 };
      expect(await other.saveInquiry({ ...next, question: 'changed' })).toBe(true);
      expect(await store.saveInquiry({ ...next, question: 'too late' })).toBe(false);
      expect((await store.readInquiry('e-1-u2'))?.question).toBe('changed');
    });

    it('cannot be changed before they were made', async () => {
      const { store } = current();
      expect(await store.saveInquiry(anInquiry({ version: 2 }))).toBe(false);
      expect(await store.readInquiry('e-1-u2')).toBeNull();
    });

    it('are forgotten long after the last change, and can then be made again', async () => {
      const { store, advance } = current();
      await store.saveInquiry(anInquiry());
      advance(STORE_LIMITS.inquiryKeptMs - 1_000);
      await store.saveInquiry(anInquiry({ version: 2 }));
      advance(STORE_LIMITS.inquiryKeptMs - 1_000);
      expect((await store.readInquiry('e-1-u2'))?.version).toBe(2);
      advance(1_000);
      expect(await store.readInquiry('e-1-u2')).toBeNull();
      expect(await store.saveInquiry(anInquiry())).toBe(true);
    });
  });
}
