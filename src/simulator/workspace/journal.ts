import type { Json } from './json.ts';
import { limits } from './limits.ts';

/** One Web API call as it came in and what was answered (also where the answer was then dropped). */
export interface ApiCall {
  readonly kind: 'api';
  readonly atMs: number;
  readonly method: string;
  readonly args: Json;
  readonly status: number;
  readonly answer: Json;
}

/** One thing sent to the app. `outcome` is `pending` until acknowledged or given up. */
export interface EnvelopeRecord {
  readonly kind: 'envelope';
  readonly atMs: number;
  readonly type: 'slash_commands' | 'interactive' | 'events_api';
  readonly payload: Json;
  readonly retryAttempt: number;
  readonly outcome: 'pending' | 'acked' | 'timeout' | 'unreachable';
  /** What came with the acknowledgement, undefined for a bare one. */
  readonly ackPayload: unknown;
  readonly tookMs: number | null;
}

/** One use of a response_url. */
export interface ResponseCall {
  readonly kind: 'response';
  readonly atMs: number;
  readonly url: string;
  readonly body: unknown;
  readonly status: number;
}

export type JournalEntry = ApiCall | EnvelopeRecord | ResponseCall;

export interface Journal {
  entries(): readonly JournalEntry[];
  /** Calls in the order they were answered, of one method where it is given. */
  calls(method?: string): readonly ApiCall[];
  envelopes(type?: EnvelopeRecord['type']): readonly EnvelopeRecord[];
  responses(): readonly ResponseCall[];
}

export interface JournalWriter extends Journal {
  add(entry: ApiCall | ResponseCall): void;
  /** Returns the function that writes down how it ended. */
  open(
    envelope: Pick<EnvelopeRecord, 'type' | 'payload' | 'retryAttempt'>,
  ): (outcome: EnvelopeRecord['outcome'], ackPayload?: unknown) => void;
}

export function createJournal(): JournalWriter {
  const entries = new Map<number, JournalEntry>();
  let count = 0;
  const keep = (entry: JournalEntry): number => {
    count += 1;
    entries.set(count, entry);
    entries.delete(count - limits.journalEntriesMax);
    return count;
  };
  const all = () => [...entries.values()];
  return {
    entries: all,
    calls: (method) =>
      all()
        .filter((entry) => entry.kind === 'api')
        .filter((call) => method === undefined || call.method === method),
    envelopes: (type) =>
      all()
        .filter((entry) => entry.kind === 'envelope')
        .filter((envelope) => type === undefined || envelope.type === type),
    responses: () => all().filter((entry) => entry.kind === 'response'),
    add: keep,
    open(envelope) {
      const opened: EnvelopeRecord = {
        ...envelope,
        kind: 'envelope',
        atMs: Date.now(),
        outcome: 'pending',
        ackPayload: undefined,
        tookMs: null,
      };
      const key = keep(opened);
      return (outcome, ackPayload) => {
        if (!entries.has(key)) return;
        entries.set(key, { ...opened, outcome, ackPayload, tookMs: Date.now() - opened.atMs });
      };
    },
  };
}
