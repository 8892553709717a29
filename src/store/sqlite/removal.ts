import { z } from 'zod';
import type { AppendOutcome, DeletionRequest, RewriteRequest, Store } from '../../ports.ts';
import { checkRewrite } from '../check-append.ts';
import type { AuditRetention } from '../limits.ts';
import type { SqliteContext } from './context.ts';
import type { Database } from './database.ts';
import { currentVersion, insertEvents, saveSnapshot } from './incidents.ts';
import { addAudit, saveDocument } from './records.ts';
import { scheduleWork } from './work.ts';

const OF_THE_INCIDENT = ['incidents', 'events', 'messages', 'threads', 'documents'] as const;
const checkpointRow = z.object({ busy: z.int() });

/** What takes something out of the record again. */
export function createRemoval(
  { database, dedupe, now }: SqliteContext,
  retention: AuditRetention,
): Pick<Store, 'deleteIncident' | 'rewriteIncident'> {
  const remove = ({ incidentId, expectedVersion, audit }: DeletionRequest): boolean => {
    const current = currentVersion(database, incidentId);
    if (current === 0 || current !== expectedVersion) return false;
    for (const table of OF_THE_INCIDENT) {
      database.run(`DELETE FROM ${table} WHERE incident_id = $incidentId`, { incidentId });
    }
    const named = "json_extract(payload, '$.incidentId') = $incidentId";
    database.run(`DELETE FROM work WHERE ${named}`, { incidentId });
    const buried = "json_extract(body, '$.work.incidentId') = $incidentId";
    database.run(`DELETE FROM dead_work WHERE ${buried}`, { incidentId });
    addAudit(database, audit, now(), retention);
    return true;
  };
  const rewrite = (request: RewriteRequest): AppendOutcome => {
    const { incidentId, dedupeId, state, document } = request;
    const earlier = dedupe.find('append', dedupeId);
    if (earlier !== null) return { kind: 'duplicate', version: earlier };
    const current = currentVersion(database, incidentId);
    if (current !== request.expectedVersion) return { kind: 'conflict', version: current };
    database.run('DELETE FROM events WHERE incident_id = $incidentId', { incidentId });
    database.run('DELETE FROM documents WHERE incident_id = $incidentId', { incidentId });
    database.run('DELETE FROM cache');
    insertEvents(database, request);
    saveSnapshot(database, request);
    if (document !== null) saveDocument(database, document);
    addAudit(database, request.audit, now(), retention);
    scheduleWork(database, request.work);
    dedupe.remember('append', dedupeId, state.version);
    return { kind: 'appended', version: state.version };
  };
  return {
    async deleteIncident(request) {
      const isDeleted = database.transaction(() => remove(request));
      if (isDeleted) emptyJournal(database);
      return isDeleted;
    },
    async rewriteIncident(request) {
      if (!checkRewrite(request)) return { kind: 'unreadable' };
      const outcome = database.transaction(() => rewrite(request));
      if (outcome.kind === 'appended') emptyJournal(database);
      return outcome;
    },
  };
}

/** Until then the journal beside the file still holds the pages as they were. */
function emptyJournal(database: Database): void {
  database.first(checkpointRow, 'PRAGMA wal_checkpoint(TRUNCATE)');
}
