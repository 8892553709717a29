import { canvasNews } from '../domain/incident/canvas.ts';
import { buildDocument, lastToldVersion } from '../domain/incident/document.ts';
import type { IncidentEvent, RecordedEvent } from '../domain/incident/events.ts';
import { renderMarkdown } from '../domain/incident/render-markdown.ts';
import type { FlowDependencies, People, StoredDocument } from '../ports.ts';

const PEOPLE_NAMED_MAX = 100;
/** Text may be taken out of the record while a document is made of it. */
const WRITE_TRIES_MAX = 3;
/** `<@U123>` as Slack writes it into what people type. */
const MENTION = /<@([UW][A-Z0-9]{1,20})(?:\|[^>]{0,100})?>/g;

/**
 * Builds the document from the record alone, in both forms, and keeps it. Null when there is no
 * such incident (any more). The bot's own bookkeeping (publications) does not make a new version of it.
 */
export async function writeDocument(
  deps: Pick<FlowDependencies, 'store' | 'clock'> & { readonly people: People },
  incidentId: string,
  /** Links by message slot, where Slack could give them. */
  permalinks: ReadonlyMap<string, string> = new Map(),
): Promise<StoredDocument | null> {
  for (let tries = 0; tries < WRITE_TRIES_MAX; tries += 1) {
    const document = await build(deps, incidentId, permalinks);
    if (document === null || (await deps.store.saveDocument(document))) return document;
  }
  return null;
}

async function build(
  deps: Parameters<typeof writeDocument>[0],
  incidentId: string,
  permalinks: ReadonlyMap<string, string>,
): Promise<StoredDocument | null> {
  const state = await deps.store.readState(incidentId);
  if (state === null) return null;
  const events = await deps.store.readEvents(incidentId);
  const names = await namesIn(deps.people, events);
  const nowMs = deps.clock.nowMs();
  const document = buildDocument({ state, events, names, generatedAtMs: nowMs, permalinks });
  return {
    incidentId,
    ofVersion: lastToldVersion(events),
    markdown: renderMarkdown(document),
    json: `${JSON.stringify(document, null, 2)}\n`,
    savedAtMs: nowMs,
  };
}

/** What is new in the record since a version of it, as a section for the end of a canvas. */
export async function writeNews(
  deps: Pick<FlowDependencies, 'store' | 'clock'> & { readonly people: People },
  incidentId: string,
  { sinceVersion, version }: { readonly sinceVersion: number; readonly version: number },
): Promise<string | null> {
  const events = (await deps.store.readEvents(incidentId)).filter((row) => row.version <= version);
  const names = Object.fromEntries(await namesIn(deps.people, events));
  return canvasNews(events, names, { sinceVersion, version, nowMs: deps.clock.nowMs() });
}

/** Names instead of Slack ids: the document is read by people who are not in Slack. */
async function namesIn(
  people: People,
  events: readonly RecordedEvent[],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Set(events.flatMap(peopleIn));
  const described = await Promise.all(
    [...ids].slice(0, PEOPLE_NAMED_MAX).map((id) => people.describe(id)),
  );
  return new Map(described.map((person) => [person.userId, person.name]));
}

/** Who acted, who is named, and whom people mentioned. What AWS wrote names nobody of Slack. */
function peopleIn({ actor, event }: RecordedEvent): readonly string[] {
  const acting = actor.kind === 'person' ? [actor.userId] : [];
  if (event.type === 'evidence-recorded') return [...acting, ...namedIn(event)];
  const mentioned = [...JSON.stringify(event).matchAll(MENTION)].flatMap(([, id]) => id ?? []);
  return [...acting, ...namedIn(event), ...mentioned];
}

function namedIn(event: IncidentEvent): readonly string[] {
  switch (event.type) {
    case 'owner-changed':
      return event.ownerId === null ? [] : [event.ownerId];
    case 'evidence-recorded': {
      const { evidence } = event;
      return evidence.kind === 'statement' ? [evidence.personId, evidence.askedBy] : [];
    }
    case 'message-captured':
      return event.authorId === null ? [] : [event.authorId];
    case 'findings-documented':
      return event.preventiveMeasures.flatMap(({ ownerId }) => ownerId ?? []);
    default:
      return [];
  }
}
