import type { Store } from '../../ports.ts';
import { auditCodec, documentCodec, messageCodec } from '../codec.ts';
import type { AuditRetention } from '../limits.ts';
import type { RedisContext } from './context.ts';
import { recordAuditScript, saveDocumentScript, saveMessageScript } from './scripts/records.ts';

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

export function createRecords(
  { connection, keys }: RedisContext,
  retention: AuditRetention,
): RecordMethods {
  return {
    async saveMessage(message) {
      const { incidentId, slot, channelId, threadTs } = message;
      const messages = keys.messages(incidentId);
      const body = messageCodec.encode(message);
      const thread = threadTs === null ? messages : keys.thread(channelId, threadTs);
      const scriptKeys = [messages, keys.snapshot(incidentId), thread];
      const values = [slot, body, incidentId];
      await connection.keep(() => connection.run(saveMessageScript, scriptKeys, values));
    },
    async readMessages(incidentId) {
      const key = keys.messages(incidentId);
      const bodies = await connection.ask((client) => client.hgetall(key));
      return Object.entries(bodies)
        .map(([slot, body]) => messageCodec.decode(body, `${key}/${slot}`))
        .sort((one, other) => (one.slot < other.slot ? -1 : 1));
    },
    async findIncidentByThread(channelId, threadTs) {
      const key = keys.thread(channelId, threadTs);
      const [newest = null] = await connection.ask((client) => client.zrevrange(key, 0, 0));
      return newest;
    },
    async saveDocument(document) {
      const { incidentId, ofVersion } = document;
      const scriptKeys = [keys.document(incidentId), keys.snapshot(incidentId)];
      const values = [documentCodec.encode(document), ofVersion];
      return connection.keep(() => connection.run(saveDocumentScript, scriptKeys, values));
    },
    async readDocument(incidentId) {
      const key = keys.document(incidentId);
      const body = await connection.ask((client) => client.get(key));
      return body === null ? null : documentCodec.decode(body, key);
    },
    async recordAudit(entry) {
      const values = [auditCodec.encode(entry), retention.entriesMax, retention.keepMs];
      await connection.run(recordAuditScript, [keys.audit], values);
    },
    async readAudit(limit) {
      const entries = await connection.ask((client) =>
        client.xrevrange(keys.audit, '+', '-', 'COUNT', limit),
      );
      return entries.map(([id, [, body = '']]) => auditCodec.decode(body, `${keys.audit}/${id}`));
    },
  };
}
