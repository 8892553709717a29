import { hasLeft } from '../../../domain/incident/places.ts';
import { movedWords } from '../../../flows/find-incident.ts';
import type { SlackContext } from '../../context.ts';
import type { Target } from '../../ids.ts';
import type { BlockAction } from '../../payloads.ts';

/** For a button in a channel that its incident has left: where it is now. Null for all others. */
export async function leftBehind(
  { store }: Pick<SlackContext, 'store'>,
  { channel }: BlockAction,
  { incidentId }: Target,
): Promise<string | null> {
  if (channel == null || incidentId === null) return null;
  const state = await store.readState(incidentId);
  return state !== null && hasLeft(state, channel.id) ? movedWords(state) : null;
}
