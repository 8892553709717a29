import type { RecordedEvent } from '../../domain/incident/events.ts';
import type { AppendOutcome, AppendRequest, IncidentSummary, Store } from '../../ports.ts';
import { checkAppend } from '../check-append.ts';
import { eventCodec, summaryCodec } from '../codec.ts';
import { encodeSnapshot } from '../decoded-snapshots.ts';
import { STORE_LIMITS } from '../limits.ts';
import { readListed } from '../read-listed.ts';
import { readSnapshot } from '../read-snapshot.ts';
import { summarize } from '../summarize.ts';
import type { RedisContext } from './context.ts';
import { appendScript } from './scripts/append.ts';
import { listIdleScript, listIncidentsScript } from './scripts/records.ts';
import { workValues } from './work.ts';

const DEDUPE_SECONDS = STORE_LIMITS.dedupeTtlMs / 1_000;

export function createIncidents(
  context: RedisContext,
): Pick<Store, 'append' | 'readState' | 'readEvents' | 'listIncidents' | 'listIdleIncidents'> {
  const { connection, keys } = context;
  return {
    async append(request) {
      checkAppend(request);
      return connection.keep(() => append(context, request));
    },
    async readState(incidentId) {
      const key = keys.snapshot(incidentId);
      const text = await connection.ask((client) => client.hget(key, 'state'));
      if (text === null) return null;
      return readSnapshot({ incidentId, text, key }, (id) => readEvents(context, id), context.log);
    },
    async readEvents(incidentId) {
      return readEvents(context, incidentId);
    },
    async listIncidents({ channelId, status, limit }) {
      const index = keys.index(channelId ?? '*', status ?? '*');
      const listed = await connection.run(listIncidentsScript, [index, keys.summaries], [limit]);
      return readSummaries(context, listed);
    },
    async listIdleIncidents({ idleSinceMs, limit }) {
      const scriptKeys = [keys.index('*', 'closed'), keys.summaries];
      const listed = await connection.run(listIdleScript, scriptKeys, [idleSinceMs, limit]);
      return readSummaries(context, listed);
    },
  };
}

function readSummaries(
  { keys, log }: RedisContext,
  listed: readonly (readonly [string, string])[],
): readonly IncidentSummary[] {
  return listed.flatMap(
    ([incidentId, summary]) =>
      readListed(summaryCodec, summary, `${keys.summaries}/${incidentId}`, log) ?? [],
  );
}

async function append(
  { connection, keys }: RedisContext,
  request: AppendRequest,
): Promise<AppendOutcome> {
  const { incidentId, events, state, work } = request;
  const { channelId, status } = state;
  const otherStatus = status === 'open' ? 'closed' : 'open';
  const [kind, version] = await connection.run(
    appendScript,
    [
      keys.dedupe('append', request.dedupeId),
      keys.events(incidentId),
      keys.snapshot(incidentId),
      keys.summaries,
      ...['*', channelId].flatMap((channel) => [
        keys.index(channel, '*'),
        keys.index(channel, status),
        keys.index(channel, otherStatus),
      ]),
      keys.workDue,
      keys.workItems,
      keys.workSequence,
      ...(['*', 'open', 'closed'] as const).map((one) => keys.index(leftChannel(request), one)),
    ],
    [
      incidentId,
      request.expectedVersion,
      DEDUPE_SECONDS,
      encodeSnapshot(state, keys.snapshot(incidentId)),
      summaryCodec.encode(summarize(state)),
      state.lastActivityAtMs,
      state.openedAtMs,
      events.length,
      ...events.map((event) => eventCodec.encode(event)),
      ...workValues(work),
    ],
  );
  return { kind, version };
}

/** A name that no channel has, where it stays. */
function leftChannel({ events, state }: AppendRequest): string {
  const left = events.flatMap(({ event }) =>
    event.type === 'incident-moved' ? [event.fromChannelId] : [],
  );
  return left.find((channelId) => channelId !== state.channelId) ?? '-';
}

/** A page at a time, so that a long log keeps within the time-out. Logs only grow: pages fit together. */
async function readEvents(
  { connection, keys }: RedisContext,
  incidentId: string,
): Promise<readonly RecordedEvent[]> {
  const key = keys.events(incidentId);
  const pageSize = STORE_LIMITS.eventsPerReadMax;
  const events: RecordedEvent[] = [];
  for (;;) {
    const from = `0-${events.length + 1}`;
    const page = await connection.ask((client) => client.xrange(key, from, '+', 'COUNT', pageSize));
    for (const [id, [, body = '']] of page) events.push(eventCodec.decode(body, `${key}/${id}`));
    if (page.length < pageSize) return events;
  }
}
