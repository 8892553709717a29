import type { RecordedEvent } from '../../../src/domain/incident/events.ts';
import type { Store } from '../../../src/ports.ts';
import type { ApiCall } from '../../../src/simulator/workspace/journal.ts';
import type { Workspace } from '../../../src/simulator/workspace/start-workspace.ts';
import { renderIncident } from '../../../src/slack/blocks/render-incident.ts';

/** Something that a person did, and what it leaves on the record when it counts. */
export interface DoneAction {
  readonly name: string;
  /** The bot said to Slack that it had it. */
  readonly isAcknowledged: boolean;
  readonly isIn: (recorded: RecordedEvent) => boolean;
}

/** Every list is empty when nothing is wrong. */
export interface ActionFaults {
  /** Acknowledged, and not on the record. */
  readonly lostActions: readonly string[];
  /** More than once on the record. */
  readonly doubledActions: readonly string[];
}

export interface LogFaults {
  /** Where a version is not the one after the version before it. */
  readonly versionGaps: readonly number[];
  /** More than once in Slack. */
  readonly doubledMessages: readonly string[];
}

export interface ShownFaults {
  /** The record needs them, and Slack does not have them. */
  readonly missingMessages: readonly string[];
  readonly unfinishedGatherings: readonly string[];
}

/** Holds after every kill, whatever is still under way. */
export function checkActions(
  events: readonly RecordedEvent[],
  actions: readonly DoneAction[],
): ActionFaults {
  const timesOf = ({ isIn }: DoneAction) => events.filter(isIn).length;
  return {
    lostActions: namesOf(actions.filter((one) => one.isAcknowledged && timesOf(one) === 0)),
    doubledActions: namesOf(actions.filter((one) => timesOf(one) > 1)),
  };
}

/** Holds after every kill, too. */
export async function checkLog(
  store: Pick<Store, 'readEvents' | 'readState'>,
  incidentId: string,
  postedSlots: readonly string[],
): Promise<LogFaults> {
  const events = await store.readEvents(incidentId);
  const state = await store.readState(incidentId);
  const versions = [...events.map(({ version }) => version), state?.version ?? 0];
  return {
    versionGaps: versions.filter(
      (version, index) => version !== Math.min(index + 1, events.length),
    ),
    doubledMessages: postedSlots.filter((slot, index) => postedSlots.indexOf(slot) !== index),
  };
}

/** Holds once the bot has nothing left to do. */
export async function checkShown(
  store: Pick<Store, 'readEvents' | 'readState'>,
  incidentId: string,
  postedSlots: readonly string[],
): Promise<ShownFaults> {
  const events = await store.readEvents(incidentId);
  const state = await store.readState(incidentId);
  if (state === null) return { missingMessages: ['all'], unfinishedGatherings: [] };
  const wanted = renderIncident({ state, events, nowMs: Date.now() });
  return {
    missingMessages: wanted.map(({ slot }) => slot).filter((slot) => !postedSlots.includes(slot)),
    unfinishedGatherings: state.gatherings
      .filter(({ finishedAtMs }) => finishedAtMs === null)
      .map(({ gatheringId }) => gatheringId),
  };
}

function namesOf(actions: readonly DoneAction[]): readonly string[] {
  return actions.map(({ name }) => name);
}

/** Everything that the bot has put into Slack for incidents, and not taken back. */
export interface PostLedger {
  /** Reads what is new; the workspace forgets the oldest after some thousand calls. */
  collect(): void;
  /** Slots and names of files of this incident, one for each time it was posted, sorted. */
  slotsOf(incidentId: string): readonly string[];
}

interface Post {
  readonly incidentId: string;
  readonly slot: string;
}

/** Of cards by the metadata they carry, of files by their name. */
export function createPostLedger({ journal }: Pick<Workspace, 'journal'>): PostLedger {
  const posts = new Map<string, Post>();
  return {
    collect: () => {
      for (const call of journal.calls().filter(({ answer }) => answer['ok'] === true)) {
        for (const [key, post] of postsIn(call)) posts.set(key, post);
        if (call.method === 'chat.delete') posts.delete(String(call.args['ts']));
      }
    },
    slotsOf: (incidentId) =>
      [...posts.values()]
        .filter((post) => post.incidentId === incidentId)
        .map(({ slot }) => slot)
        .sort(),
  };
}

/** By what names them in Slack. */
function postsIn({ method, args, answer }: ApiCall): readonly (readonly [string, Post])[] {
  switch (method) {
    case 'chat.postMessage': {
      const metadata = JSON.parse(String(args['metadata'] ?? 'null')) as Metadata | null;
      if (metadata === null) return [];
      const { incident_id: incidentId, slot } = metadata.event_payload;
      return [[String(answer['ts']), { incidentId, slot }]];
    }
    case 'files.completeUploadExternal':
      return (answer['files'] as readonly NamedFile[]).map(({ id, name }) => [
        id,
        { incidentId: /RT-[0-9A-Z]{5}/.exec(name)?.[0] ?? '', slot: name },
      ]);
    default:
      return [];
  }
}

interface Metadata {
  readonly event_payload: { readonly incident_id: string; readonly slot: string };
}

interface NamedFile {
  readonly id: string;
  readonly name: string;
}
