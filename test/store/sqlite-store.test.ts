import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { createKeptLog } from '../support/kept-log.ts';
import { OPENED_AT_MS } from '../support/store-builders.ts';
import { describeStoreContract } from './store-contract.ts';

describeStoreContract('the SQLite store', async () => {
  let nowMs = OPENED_AT_MS;
  const store = await openSqliteStore({
    path: ':memory:',
    log: createKeptLog(),
    now: () => nowMs,
  });
  return {
    store,
    other: store,
    nowMs: () => nowMs,
    advance: (ms) => {
      nowMs += ms;
    },
    close: () => store.close(),
  };
});
