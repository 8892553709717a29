import { buildDocument } from '../domain/incident/document.ts';
import type { RecordedEvent } from '../domain/incident/events.ts';
import { renderMarkdown } from '../domain/incident/render-markdown.ts';
import type { FlowDependencies, People, StoredDocument } from '../ports.ts';

const PEOPLE_NAMED_MAX = 100;

/**
 * Builds the document from the record alone, in both forms, and keeps it. Null when there is no
 * such incident. The bot's own bookkeeping (publications) does not make a new version of it.
 */
export async function writeDocument(
  deps: Pick<FlowDependencies, 'store' | 'clock'> & { readonly people: People },
  incidentId: string,
  /** Links by message slot, where Slack could give them. */
  permalinks: ReadonlyMap<string, string> = new Map(),
): Promise<StoredDocument | null> {
  const state = await deps.store.readState(incidentId);
  if (state === null) return null;
  const events = await deps.store.readEvents(incidentId);
  const told = events.findLast(({ event }) => event.type !== 'document-published');
  const names = await namesIn(deps.people, events);
  const nowMs = deps.clock.nowMs();
  const document = buildDocument({ state, events, names, generatedAtMs: nowMs, permalinks });
  const stored: StoredDocument = {
    incidentId,
    ofVersion: told?.version ?? state.version,
    markdown: renderMarkdown(document),
    json: `${JSON.stringify(document, null, 2)}\n`,
    savedAtMs: nowMs,
  };
  await deps.store.saveDocument(stored);
  return stored;
}

/** Names instead of Slack ids: the document is read by people who are not in Slack. */
async function namesIn(
  people: People,
  events: readonly RecordedEvent[],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Set<string>();
  for (const recorded of events) {
    if (recorded.actor.kind === 'person') ids.add(recorded.actor.userId);
    for (const [, id] of JSON.stringify(recorded.event).matchAll(/\b([UW][A-Z0-9]{5,})\b/g)) {
      if (id !== undefined) ids.add(id);
    }
  }
  const described = await Promise.all(
    [...ids].slice(0, PEOPLE_NAMED_MAX).map((id) => people.describe(id)),
  );
  return new Map(described.map((person) => [person.userId, person.name]));
}
