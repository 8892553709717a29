import { createHash } from 'node:crypto';
import type { RecordedEvent } from '../src/domain/incident/events.ts';
import type { ScheduledWork, Store } from '../src/ports.ts';
import type { Workspace } from '../src/simulator/workspace/start-workspace.ts';
import { renderIncident } from '../src/slack/blocks/render-incident.ts';
import { MESSAGE_METADATA_TYPE } from '../src/slack/ids.ts';
import { aTrailRecord, fullIncident } from '../test/support/full-incident.ts';
import { ben, bot, MINUTE_MS, play, stateOf } from '../test/support/incident-builders.ts';
import { aRankedCause, aRanking } from '../test/support/ranking-builders.ts';

/** Opened, taken, read for: before anybody has said what the matter is. */
const EVENTS_OF_FULL = 8;
const RECORDS = 12;
const CAUSES = 5;
const AT_ONCE = 16;
/** Of so many, one belongs to nobody: people can take it. */
export const UNOWNED_EVERY = 10;
/** As in a bot that has run for long: each is looked at every so often, one after the other. */
const LOOKS_WITHIN_MS = 2 * MINUTE_MS;
const SCHEDULED_AT_ONCE = 500;

export interface OpenIncident {
  readonly incidentId: string;
  readonly channelId: string;
  readonly ownerId: string;
  readonly rootTs: string;
  /** As Slack shows it, with the ids that it gave to them. */
  readonly rootBlocks: readonly Readonly<Record<string, unknown>>[];
}

export interface Opening {
  readonly store: Store;
  readonly workspace: Workspace;
  readonly channelIds: readonly string[];
  readonly personIds: readonly string[];
}

/** So many open incidents, some ten events each, on record and with their card in Slack. */
export async function openMany(opening: Opening, count: number): Promise<readonly OpenIncident[]> {
  const [owned, unowned] = [storyOfOne(true), storyOfOne(false)];
  const opened: OpenIncident[] = [];
  const openNext = async (): Promise<void> => {
    for (;;) {
      const index = opened.length;
      if (index >= count) return;
      const place = placeOf(opening, index);
      opened.push({ ...place, rootTs: '', rootBlocks: [] });
      const story = index % UNOWNED_EVERY === 0 ? unowned : owned;
      opened[index] = await openOne(opening, story, place);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, openNext));
  await scheduleLooks(opening.store, opened);
  return opened;
}

/** The work that every open incident has: whether somebody has to be reminded. */
async function scheduleLooks(store: Store, opened: readonly OpenIncident[]): Promise<void> {
  const fromMs = Date.now();
  const looks = opened.map(({ incidentId }, index): ScheduledWork => {
    const dueAtMs = fromMs + Math.floor((LOOKS_WITHIN_MS * index) / opened.length);
    return { workId: `nudge-${incidentId}`, dueAtMs, work: { kind: 'nudge', incidentId } };
  });
  for (let from = 0; from < looks.length; from += SCHEDULED_AT_ONCE) {
    await store.schedule(looks.slice(from, from + SCHEDULED_AT_ONCE), null);
  }
}

type Place = Pick<OpenIncident, 'incidentId' | 'channelId' | 'ownerId'>;

function placeOf({ channelIds, personIds }: Opening, index: number): Place {
  return {
    incidentId: `RT-${index.toString(32).toUpperCase().padStart(5, '2')}`,
    channelId: channelIds[index % channelIds.length] ?? '',
    ownerId: personIds[Math.floor(index / 7) % personIds.length] ?? '',
  };
}

function storyOfOne(isOwned: boolean): readonly RecordedEvent[] {
  const records = Array.from({ length: RECORDS }, (_, index) =>
    aTrailRecord({ eventId: `event-${index}` }),
  );
  const read = fullIncident()
    .slice(0, EVENTS_OF_FULL)
    .filter(({ event }) => isOwned || event.type !== 'owner-changed')
    .map((recorded, index) => ({ ...recorded, version: index + 1 }))
    .map(({ event, ...recorded }) =>
      event.type === 'evidence-recorded' && event.evidence.kind === 'changes'
        ? { ...recorded, event: { ...event, evidence: { ...event.evidence, records } } }
        : { ...recorded, event },
    );
  const causes = Array.from({ length: CAUSES }, (_, index) =>
    aRankedCause({ eventId: `event-${index}`, probability: 0.5 / (index + 1) }),
  );
  const ranking = aRanking({ gatheringId: 'gathering-1', causes });
  return play(
    [
      [{ type: 'rank-causes', ranking }, bot],
      [{ type: 'add-note', noteId: 'note-1', text: 'Two customers called.' }, ben],
      [{ type: 'add-note', noteId: 'note-2', text: 'The standby answers.' }, ben],
    ],
    read,
  );
}

async function openOne(
  opening: Opening,
  story: readonly RecordedEvent[],
  place: Place,
): Promise<OpenIncident> {
  const { store } = opening;
  const { incidentId, channelId } = place;
  const events = told(opening, story, place);
  const state = stateOf(events);
  const nowMs = Date.now();
  await store.append({
    incidentId,
    expectedVersion: 0,
    dedupeId: incidentId,
    events,
    state,
    work: [],
  });
  const [root] = renderIncident({ state, events, nowMs });
  if (root === undefined) throw new Error('An incident without a card.');
  const posted = await post(opening.workspace, { incidentId, channelId, ...root });
  const { ts: rootTs } = posted;
  const digest = digestOf([root.text, root.blocks]);
  const sent = { incidentId, channelId, slot: 'root', sentAtMs: nowMs, digest };
  await store.saveMessage({ ...sent, ts: rootTs, threadTs: rootTs });
  return { ...place, rootTs, rootBlocks: posted.message.blocks };
}

/** The story with the names, the place and the time of this one. */
function told(
  { workspace, personIds }: Opening,
  story: readonly RecordedEvent[],
  { incidentId, channelId, ownerId }: Place,
): readonly RecordedEvent[] {
  const names = [
    ['RT-7K3F9', incidentId],
    ['C1', channelId],
    ['T1', workspace.teamId],
    ['UANA', ownerId],
    ['UBEN', personIds[0] ?? ''],
  ];
  const text = names.reduce(
    (all, [from, to]) => all.replaceAll(`"${from}"`, `"${to}"`),
    JSON.stringify(story),
  );
  const shiftMs = Date.now() - MINUTE_MS - (story.at(-1)?.atMs ?? 0);
  const events = JSON.parse(text) as readonly RecordedEvent[];
  return events.map((recorded) => ({ ...recorded, atMs: recorded.atMs + shiftMs }));
}

interface Posted {
  readonly ts: string;
  readonly message: { readonly blocks: OpenIncident['rootBlocks'] };
}

async function post(
  { apiUrl, botToken }: Workspace,
  card: {
    readonly incidentId: string;
    readonly channelId: string;
    readonly text: string;
    readonly blocks: readonly unknown[];
  },
): Promise<Posted> {
  const payload = { incident_id: card.incidentId, slot: 'root' };
  const answer = await fetch(`${apiUrl}chat.postMessage`, {
    method: 'POST',
    headers: { authorization: `Bearer ${botToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      channel: card.channelId,
      text: card.text,
      blocks: card.blocks,
      metadata: { event_type: MESSAGE_METADATA_TYPE, event_payload: payload },
    }),
  });
  const posted = (await answer.json()) as Posted & { readonly ok: boolean };
  if (!posted.ok) throw new Error(`Slack's simulator refused a card: ${JSON.stringify(posted)}`);
  return posted;
}

function digestOf(content: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url');
}
