import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/ports.ts';
import { describeIncidentContract } from './contract/incidents.ts';
import { describeInquiryContract } from './contract/inquiries.ts';
import { describeRecordContract } from './contract/records.ts';
import { describeRemovalContract } from './contract/removal.ts';
import { describeWorkContract } from './contract/work.ts';

/** A store on an empty database whose time stands still until the test moves it. */
export interface StoreFixture {
  readonly store: Store;
  /** A second client of the same data; the same one where only one can be open. */
  readonly other: Store;
  nowMs(): number;
  advance(ms: number): void;
  close(): Promise<void>;
}

/** What every adapter of the `Store` port must do: each sentence of the port is a test here. */
export function describeStoreContract(name: string, open: () => Promise<StoreFixture>): void {
  describe(`${name} keeps the store contract`, () => {
    let fixture: StoreFixture;
    beforeEach(async () => {
      fixture = await open();
    });
    afterEach(async () => {
      await fixture.close();
    });
    const current = (): StoreFixture => fixture;
    describeIncidentContract(current);
    describeWorkContract(current);
    describeRecordContract(current);
    describeInquiryContract(current);
    describeRemovalContract(current);

    it('answers a ping', async () => {
      await expect(fixture.store.ping()).resolves.toBeUndefined();
    });

    it('refuses calls after it was closed', async () => {
      await fixture.store.close();
      await expect(fixture.store.readState('RT-1')).rejects.toMatchObject({
        code: 'store-unavailable',
      });
    });

    it('can be closed twice', async () => {
      await fixture.store.close();
      await expect(fixture.store.close()).resolves.toBeUndefined();
    });
  });
}
