import { isUndecided } from '../../../domain/incident/incident-alarms.ts';
import type { IncidentState } from '../../../domain/incident/state.ts';
import { renderCatchUpOffer } from '../../blocks/catch-up-offer.ts';
import type { SlackContext } from '../../context.ts';
import { type Addressee, tellPerson } from '../../send/tell-person.ts';

/** Whoever writes earlier was there from the beginning. */
const BEGINNING_MS = 10 * 60_000;
/** Whoever comes back within this time is not new; one offer too many does no harm. */
const KNOWN_FOR_MS = 30 * 24 * 60 * 60_000;

interface Talk {
  readonly incidentId: string;
  readonly to: Omit<Addressee, 'replyUrl'>;
}

/**
 * Offers somebody who first writes in the thread of an incident that is under way to be caught up.
 * Once, to them alone; who has done anything on it needs no offer.
 */
export async function offerCatchUp(context: SlackContext, { incidentId, to }: Talk): Promise<void> {
  const { store, clock, access } = context;
  const { userId, channelId } = to;
  const state = await store.readState(incidentId);
  if (state === null || state.status === 'closed' || state.isDrill || isUndecided(state)) return;
  const nowMs = clock.nowMs();
  const key = `talk:${incidentId}:${userId}`;
  const isKnown = (await store.readCached(key)) !== null;
  // Two deliveries of the first words are told apart by the store.
  if (isKnown || !(await store.schedule([], key))) return;
  await store.saveCached(key, 'spoken', KNOWN_FOR_MS);
  if (nowMs - state.openedAtMs < BEGINNING_MS) return;
  if (await hasPart(context, state, userId)) return;
  const { kind } = await access.check(userId, channelId);
  if (kind !== 'allowed') return;
  await tellPerson(context, { ...to, replyUrl: null, content: renderCatchUpOffer(state) });
}

/** Owners, openers and whoever else is on the record. */
async function hasPart(
  { store }: SlackContext,
  state: IncidentState,
  userId: string,
): Promise<boolean> {
  if (state.ownerId === userId) return true;
  if (state.capturedMessages.some(({ authorId }) => authorId === userId)) return true;
  const events = await store.readEvents(state.incidentId);
  return events.some(({ actor }) => actor.kind === 'person' && actor.userId === userId);
}
