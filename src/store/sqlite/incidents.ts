import { z } from 'zod';
import type { AppendOutcome, AppendRequest, IncidentSummary, Logger, Store } from '../../ports.ts';
import { checkAppend } from '../check-append.ts';
import { eventCodec, summaryCodec } from '../codec.ts';
import { encodeSnapshot } from '../decoded-snapshots.ts';
import { readListed } from '../read-listed.ts';
import { readSnapshot } from '../read-snapshot.ts';
import { summarize } from '../summarize.ts';
import type { SqliteContext } from './context.ts';
import type { Database } from './database.ts';
import { scheduleWork } from './work.ts';

const versionRow = z.object({ version: z.int() });
const stateRow = z.object({ state: z.string() });
const eventRow = z.object({ version: z.int(), body: z.string() });
const summaryRow = z.object({ incident_id: z.string(), summary: z.string() });

export function createIncidents({
  database,
  dedupe,
  log,
}: SqliteContext): Pick<
  Store,
  'append' | 'readState' | 'readEvents' | 'listIncidents' | 'listIdleIncidents'
> {
  const append = (request: AppendRequest): AppendOutcome => {
    const earlier = dedupe.find('append', request.dedupeId);
    if (earlier !== null) return { kind: 'duplicate', version: earlier };
    const current = currentVersion(database, request.incidentId);
    if (current !== request.expectedVersion) return { kind: 'conflict', version: current };
    insertEvents(database, request);
    saveSnapshot(database, request);
    scheduleWork(database, request.work);
    dedupe.remember('append', request.dedupeId, request.state.version);
    return { kind: 'appended', version: request.state.version };
  };
  const readEvents: Store['readEvents'] = async (incidentId) => {
    const sql = 'SELECT version, body FROM events WHERE incident_id = $incidentId ORDER BY version';
    const rows = database.all(eventRow, sql, { incidentId });
    return rows.map((row) => eventCodec.decode(row.body, `events/${incidentId}/${row.version}`));
  };
  return {
    async append(request) {
      checkAppend(request);
      return database.transaction(() => append(request));
    },
    async readState(incidentId) {
      const sql = 'SELECT state FROM incidents WHERE incident_id = $incidentId';
      const row = database.first(stateRow, sql, { incidentId });
      if (row === null) return null;
      const snapshot = { incidentId, text: row.state, key: `incidents/${incidentId}` };
      return readSnapshot(snapshot, readEvents, log);
    },
    readEvents,
    async listIncidents({ channelId = null, status = null, limit }) {
      const sql = `SELECT incident_id, summary FROM incidents
        WHERE ($channelId IS NULL OR channel_id = $channelId) AND ($status IS NULL OR status = $status)
        ORDER BY last_activity_at_ms DESC, incident_id DESC LIMIT $limit`;
      const rows = database.all(summaryRow, sql, { channelId, status, limit });
      return rows.flatMap((row) => readSummary(row, log) ?? []);
    },
    async listIdleIncidents({ idleSinceMs, limit }) {
      const sql = `SELECT incident_id, summary FROM incidents
        WHERE status = 'closed' AND last_activity_at_ms < $idleSinceMs
        ORDER BY last_activity_at_ms, incident_id LIMIT $limit`;
      const rows = database.all(summaryRow, sql, { idleSinceMs, limit });
      return rows.flatMap((row) => readSummary(row, log) ?? []);
    },
  };
}

function readSummary(row: z.output<typeof summaryRow>, log: Logger): IncidentSummary | null {
  return readListed(summaryCodec, row.summary, `incidents/${row.incident_id}`, log);
}

export function currentVersion(database: Database, incidentId: string): number {
  const sql = 'SELECT version FROM incidents WHERE incident_id = $incidentId';
  return database.first(versionRow, sql, { incidentId })?.version ?? 0;
}

export function insertEvents(
  database: Database,
  { incidentId, events }: Pick<AppendRequest, 'incidentId' | 'events'>,
): void {
  const sql = `INSERT INTO events (incident_id, version, body) VALUES ($incidentId, $version, $body)`;
  for (const event of events) {
    database.run(sql, { incidentId, version: event.version, body: eventCodec.encode(event) });
  }
}

export function saveSnapshot(database: Database, { state }: Pick<AppendRequest, 'state'>): void {
  const sql = `INSERT INTO incidents VALUES
      ($incidentId, $version, $state, $summary, $channelId, $status, $openedAtMs, $lastActivityAtMs)
    ON CONFLICT (incident_id) DO UPDATE SET
      version = excluded.version, state = excluded.state, summary = excluded.summary,
      channel_id = excluded.channel_id, status = excluded.status,
      opened_at_ms = excluded.opened_at_ms, last_activity_at_ms = excluded.last_activity_at_ms`;
  database.run(sql, {
    incidentId: state.incidentId,
    version: state.version,
    state: encodeSnapshot(state, `incidents/${state.incidentId}`),
    summary: summaryCodec.encode(summarize(state)),
    channelId: state.channelId,
    status: state.status,
    openedAtMs: state.openedAtMs,
    lastActivityAtMs: state.lastActivityAtMs,
  });
}
