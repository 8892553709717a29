import { lastRoot } from '../../../domain/incident/places.ts';
import type { IncidentState } from '../../../domain/incident/state.ts';
import { searchIncidents } from '../../../domain/knowledge/search-incidents.ts';
import { lineFor } from '../../../domain/triage/line-for.ts';
import type { TriageCommand } from '../../../domain/triage/triage-command.ts';
import { type FoundIncident, findIncident, movedWords } from '../../../flows/find-incident.ts';
import { isReadable } from '../../../flows/read-home.ts';
import type { IncidentSummary } from '../../../ports.ts';
import {
  INCIDENTS_SHOWN_MAX,
  type ListedIncident,
  renderIncidentList,
} from '../../blocks/incident-list.ts';
import { readPermalink } from '../../send/read-permalink.ts';
import { say, type TriageAnswer, type Turn } from './turn.ts';

const OPEN_MAX = 20;
/** Of all that are open, the most recently active ones. */
const OWNED_MAX = 2_000;
const SEARCHED_MAX = 2_000;

/** What is asked of one incident; `incidentId` null: the one that is meant here. */
type OneIncidentRequest =
  | Extract<TriageCommand, { readonly incidentId: string | null }>
  | { readonly kind: 'menu'; readonly incidentId: null };

const linesFor = (request: OneIncidentRequest) => (incidentId: string) =>
  lineFor(request, incidentId);

/** Runs on the incident with this id, or on the one that is open here; several are shown to choose from. */
export async function onIncident(
  turn: Turn,
  request: OneIncidentRequest,
  run: (state: IncidentState) => TriageAnswer | Promise<TriageAnswer>,
): Promise<TriageAnswer> {
  const { incidentId } = request;
  const found: FoundIncident =
    incidentId === null
      ? await findIncident(turn.context, turn.asker)
      : { kind: 'one', incidentId };
  switch (found.kind) {
    case 'moved':
      return say(movedWords(found));
    case 'none':
      return say(noneHere(found.movedAway));
    case 'several':
      return listed(turn, 'Several are open here. Which one?', found.choices, {
        lineFor: linesFor(request),
        startAnother: true,
      });
    case 'one': {
      const state = await turn.context.store.readState(found.incidentId);
      const isSeen = state !== null && (incidentId === null || (await mayRead(turn, state)));
      return isSeen ? run(state) : say(unknownIncident(found.incidentId));
    }
  }
}

function noneHere(movedAway: readonly IncidentSummary[]): string {
  if (movedAway.length > 0) {
    return `No incident is open in this channel. ${movedAway.map(movedWords).join(' ')}`;
  }
  return 'No incident is open in this channel. Open one with /triage and a few words about what is wrong.';
}

export async function listHere(turn: Turn): Promise<TriageAnswer> {
  const { channelId } = turn.asker;
  const filter = { channelId, status: 'open', limit: OPEN_MAX } as const;
  return listed(turn, 'Open in this channel', await turn.context.store.listIncidents(filter));
}

export async function listMine(turn: Turn): Promise<TriageAnswer> {
  const open = await turn.context.store.listIncidents({ status: 'open', limit: OWNED_MAX });
  const mine = open.filter((row) => row.ownerId === turn.asker.userId);
  const here = open.filter((row) => row.channelId === turn.asker.channelId).length;
  if (mine.length === 0 && here > 0) return say(noneIsYours(here));
  return listed(turn, 'Open and yours', mine);
}

function noneIsYours(here: number): string {
  const which =
    here === 1 ? 'The open incident here is not' : `None of the ${here} open incidents here is`;
  return `${which} yours. /triage list shows what is open.`;
}

/** The last ones that were closed here, for whoever says why but not which. */
export async function chooseClosed(
  turn: Turn,
  request: Extract<TriageCommand, { readonly kind: 'reopen' }>,
): Promise<TriageAnswer> {
  const { channelId } = turn.asker;
  const filter = { channelId, status: 'closed', limit: INCIDENTS_SHOWN_MAX } as const;
  const closed = await turn.context.store.listIncidents(filter);
  if (closed.length === 0) return say('No incident of this channel is closed.');
  const heading = 'Which one? These were closed here last.';
  return listed(turn, heading, closed, { lineFor: linesFor(request) });
}

/** Those of this channel only: who reads here may not read there. */
export async function findHere(turn: Turn, words: string): Promise<TriageAnswer> {
  const filter = { channelId: turn.asker.channelId, limit: SEARCHED_MAX };
  const all = await turn.context.store.listIncidents(filter);
  const known = all.filter(({ isCounted }) => isCounted);
  const found = searchIncidents(words, known);
  if (found.length > 0) return listed(turn, 'Best matches in this channel', found);
  const searched =
    known.length === 0 ? 'there are none yet' : `I searched ${known.length}, open and closed`;
  return say(`No incident of this channel holds these words (${searched}). Try fewer, or a name.`);
}

/** An id is soon guessed: whoever names one must be where it is worked on, or have to do with it. */
async function mayRead({ context, asker }: Turn, state: IncidentState): Promise<boolean> {
  const { channelId, ownerId, openedBy } = state;
  if (channelId === asker.channelId) return true;
  const { userId } = asker;
  const channelIds = await context.memberships.channelsOf(userId);
  const openedById = openedBy.kind === 'person' ? openedBy.userId : null;
  return isReadable({ userId, channelIds }, { channelId, ownerId, openedById });
}

/** Says nothing of whether there is one elsewhere. */
export function unknownIncident(incidentId: string): string {
  return `I know no incident ${incidentId} in a channel that you are in. /triage list shows those that are open here.`;
}

/** Link to the root card; null while it is not posted. */
export async function rootPermalink(turn: Turn, incidentId: string): Promise<string | null> {
  const messages = await turn.context.store.readMessages(incidentId);
  const root = lastRoot(messages);
  if (root === null) return null;
  return readPermalink(turn.context, root.channelId, root.ts);
}

async function listed(
  turn: Turn,
  heading: string,
  summaries: readonly IncidentSummary[],
  offer: Omit<Parameters<typeof renderIncidentList>[0], 'heading' | 'incidents'> = {},
): Promise<TriageAnswer> {
  const incidents = await Promise.all(
    summaries.map(async (summary, index): Promise<ListedIncident> => {
      const isShown = index < INCIDENTS_SHOWN_MAX;
      const permalink = isShown ? await rootPermalink(turn, summary.incidentId) : null;
      return { summary, permalink };
    }),
  );
  return { kind: 'content', content: renderIncidentList({ ...offer, heading, incidents }) };
}
