import type { Store } from '../../src/ports.ts';
import {
  aDeletion,
  aDocument,
  aMessage,
  anAppend,
  anAuditEntry,
  anInquiry,
  aRewrite,
  aScheduled,
} from './store-builders.ts';

const claim = {
  workId: 'render-1',
  work: aScheduled().work,
  attempt: 1,
  generation: 1,
  failureCount: 0,
};

/** One harmless call of every method, so that no method is forgotten when the port grows. */
export const EVERY_STORE_CALL: Readonly<
  Record<Exclude<keyof Store, 'close'>, (store: Store) => Promise<unknown>>
> = {
  append: (store) => store.append(anAppend({ incidentId: 'RT-DOWN', work: [aScheduled()] })),
  readState: (store) => store.readState('RT-1'),
  readEvents: (store) => store.readEvents('RT-1'),
  listIncidents: (store) => store.listIncidents({ limit: 5 }),
  listIdleIncidents: (store) => store.listIdleIncidents({ idleSinceMs: 1, limit: 5 }),
  deleteIncident: (store) => store.deleteIncident(aDeletion()),
  rewriteIncident: (store) => store.rewriteIncident(aRewrite()),
  schedule: (store) => store.schedule([aScheduled()], 'tap'),
  claimWork: (store) => store.claimWork({ leaseMs: 1_000, limit: 1 }),
  renewWork: (store) => store.renewWork(claim, 1_000),
  completeWork: (store) => store.completeWork(claim),
  releaseWork: (store) => store.releaseWork(claim, 0),
  failWork: (store) => store.failWork(claim, { reason: 'no', delayMs: 0, failuresMax: 3 }),
  listDeadWork: (store) => store.listDeadWork(5),
  workCounts: (store) => store.workCounts(),
  saveMessage: (store) => store.saveMessage(aMessage()),
  readMessages: (store) => store.readMessages('RT-1'),
  findIncidentByThread: (store) => store.findIncidentByThread('C1', '17.1'),
  saveDocument: (store) => store.saveDocument(aDocument()),
  readDocument: (store) => store.readDocument('RT-1'),
  saveInquiry: (store) => store.saveInquiry(anInquiry()),
  readInquiry: (store) => store.readInquiry('inquiry-1'),
  reserveCall: (store) => store.reserveCall('a', 600),
  tryReserveCall: (store) => store.tryReserveCall('a', 600),
  holdCalls: (store) => store.holdCalls('a', 600),
  recordAudit: (store) => store.recordAudit(anAuditEntry()),
  readAudit: (store) => store.readAudit(5),
  readCached: (store) => store.readCached('window'),
  saveCached: (store) => store.saveCached('window', 'body', 1_000),
  ping: (store) => store.ping(),
};
