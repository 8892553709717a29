import type { DeletionRequest, RewriteRequest, Store } from '../../ports.ts';
import { checkRewrite } from '../check-append.ts';
import { auditCodec, documentCodec, eventCodec, stateCodec, summaryCodec } from '../codec.ts';
import { type AuditRetention, STORE_LIMITS } from '../limits.ts';
import { summarize } from '../summarize.ts';
import type { RedisContext } from './context.ts';
import { deleteIncidentScript, rewriteIncidentScript } from './scripts/removal.ts';
import { workValues } from './work.ts';

const DEDUPE_SECONDS = STORE_LIMITS.dedupeTtlMs / 1_000;

/** What takes something out of the record again. */
export function createRemoval(
  { connection, keys }: RedisContext,
  { entriesMax, keepMs }: AuditRetention,
): Pick<Store, 'deleteIncident' | 'rewriteIncident'> {
  const kept = [entriesMax, keepMs] as const;
  const keysOfDeletion = (incidentId: string): readonly string[] => [
    keys.events(incidentId),
    keys.snapshot(incidentId),
    keys.summaries,
    keys.messages(incidentId),
    keys.document(incidentId),
    keys.workDue,
    keys.workItems,
    keys.deadWork,
    keys.audit,
    keys.threadPrefix,
    keys.indexPrefix,
  ];
  const keysOfRewrite = ({ incidentId, dedupeId, state }: RewriteRequest): readonly string[] => [
    keys.dedupe('append', dedupeId),
    keys.events(incidentId),
    keys.snapshot(incidentId),
    keys.summaries,
    keys.document(incidentId),
    keys.workDue,
    keys.workItems,
    keys.workSequence,
    keys.audit,
    keys.cacheBodies,
    keys.cacheExpiry,
    keys.cacheBytes,
    ...['*', state.channelId].flatMap((channelId) => [
      keys.index(channelId, '*'),
      keys.index(channelId, state.status),
    ]),
  ];
  return {
    async deleteIncident({ incidentId, expectedVersion, audit }: DeletionRequest) {
      const values = [incidentId, expectedVersion, auditCodec.encode(audit), ...kept];
      return connection.keep(() =>
        connection.run(deleteIncidentScript, keysOfDeletion(incidentId), values),
      );
    },
    async rewriteIncident(request) {
      if (!checkRewrite(request)) return { kind: 'unreadable' };
      const { incidentId, expectedVersion, events, state, document } = request;
      const values = [
        incidentId,
        expectedVersion,
        DEDUPE_SECONDS,
        stateCodec.encode(state),
        summaryCodec.encode(summarize(state)),
        state.lastActivityAtMs,
        document === null ? '' : documentCodec.encode(document),
        auditCodec.encode(request.audit),
        ...kept,
        events.length,
        ...events.map((event) => eventCodec.encode(event)),
        ...workValues(request.work),
      ];
      const [kind, version] = await connection.keep(() =>
        connection.run(rewriteIncidentScript, keysOfRewrite(request), values),
      );
      return { kind, version };
    },
  };
}
