import { z } from 'zod';
import type { AuditEntry, PostedMessage, Store, StoredDocument } from '../../ports.ts';
import { auditCodec, documentCodec, messageCodec } from '../codec.ts';
import type { AuditRetention } from '../limits.ts';
import type { Database } from './database.ts';
import { currentVersion } from './incidents.ts';

type RecordMethods = Pick<
  Store,
  | 'saveMessage'
  | 'readMessages'
  | 'findIncidentByThread'
  | 'saveDocument'
  | 'readDocument'
  | 'recordAudit'
  | 'readAudit'
>;

const bodyRow = z.object({ body: z.string() });
const messageRow = z.object({ slot: z.string(), body: z.string() });
const rewriteRow = z.object({ version: z.int().nullable() });
const auditRow = z.object({ id: z.int(), body: z.string() });
const incidentRow = z.object({ incident_id: z.string() });

export function createRecords(
  database: Database,
  now: () => number,
  retention: AuditRetention,
): RecordMethods {
  return {
    async saveMessage(message) {
      database.transaction(() => saveMessage(database, message));
    },
    async readMessages(incidentId) {
      const sql = 'SELECT slot, body FROM messages WHERE incident_id = $incidentId ORDER BY slot';
      const rows = database.all(messageRow, sql, { incidentId });
      return rows.map((row) => messageCodec.decode(row.body, `messages/${incidentId}/${row.slot}`));
    },
    async findIncidentByThread(channelId, threadTs) {
      const sql = `SELECT incident_id FROM threads LEFT JOIN incidents USING (incident_id)
        WHERE threads.channel_id = $channelId AND thread_ts = $threadTs
        ORDER BY coalesce(opened_at_ms, 0) DESC, incident_id DESC LIMIT 1`;
      return database.first(incidentRow, sql, { channelId, threadTs })?.incident_id ?? null;
    },
    async saveDocument(document) {
      return database.transaction(() => {
        const rewritten = rewrittenVersion(database, document.incidentId);
        if (rewritten === null || rewritten > document.ofVersion) return false;
        saveDocument(database, document);
        return true;
      });
    },
    async readDocument(incidentId) {
      const sql = 'SELECT body FROM documents WHERE incident_id = $incidentId';
      const row = database.first(bodyRow, sql, { incidentId });
      return row === null ? null : documentCodec.decode(row.body, `documents/${incidentId}`);
    },
    async recordAudit(entry) {
      const nowMs = now();
      database.transaction(() => addAudit(database, entry, nowMs, retention));
    },
    async readAudit(limit) {
      const sql = 'SELECT id, body FROM audit ORDER BY id DESC LIMIT $limit';
      const rows = database.all(auditRow, sql, { limit });
      return rows.map((row) => auditCodec.decode(row.body, `audit/${row.id}`));
    },
  };
}

/** The version of the last rewrite, 0 without one; null when the incident is gone. */
function rewrittenVersion(database: Database, incidentId: string): number | null {
  if (currentVersion(database, incidentId) === 0) return null;
  const sql = `SELECT max(version) AS version FROM events WHERE incident_id = $incidentId
    AND json_extract(body, '$.event.type') = 'record-redacted'`;
  return database.first(rewriteRow, sql, { incidentId })?.version ?? 0;
}

function saveMessage(database: Database, message: PostedMessage): void {
  const { incidentId, slot, channelId, threadTs } = message;
  if (currentVersion(database, incidentId) === 0) return;
  const save = 'INSERT OR REPLACE INTO messages VALUES ($incidentId, $slot, $body)';
  database.run(save, { incidentId, slot, body: messageCodec.encode(message) });
  if (threadTs === null) return;
  const index = 'INSERT OR IGNORE INTO threads VALUES ($channelId, $threadTs, $incidentId)';
  database.run(index, { channelId, threadTs, incidentId });
}

export function saveDocument(database: Database, document: StoredDocument): void {
  const sql = 'INSERT OR REPLACE INTO documents VALUES ($incidentId, $body)';
  const { incidentId } = document;
  database.run(sql, { incidentId, body: documentCodec.encode(document) });
}

/** Inside a transaction. */
export function addAudit(
  database: Database,
  entry: AuditEntry,
  nowMs: number,
  retention: AuditRetention,
): void {
  const insert = 'INSERT INTO audit (recorded_at_ms, body) VALUES ($nowMs, $body)';
  database.run(insert, { nowMs, body: auditCodec.encode(entry) });
  trimAudit(database, nowMs, retention);
}

/** Ids are ascending and nothing else deletes, so the newest `entriesMax` are one range of ids. */
function trimAudit(database: Database, nowMs: number, retention: AuditRetention): void {
  database.run('DELETE FROM audit WHERE id <= (SELECT max(id) FROM audit) - $entriesMax', {
    entriesMax: retention.entriesMax,
  });
  const oldest = '(SELECT id FROM audit ORDER BY id LIMIT 100)';
  const sql = `DELETE FROM audit WHERE id IN ${oldest} AND recorded_at_ms < $keptFromMs`;
  database.run(sql, { keptFromMs: nowMs - retention.keepMs });
}
