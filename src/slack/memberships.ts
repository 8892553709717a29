import { z } from 'zod';
import type { Clock, CurrentMemberships, Logger } from '../ports.ts';
import type { SlackClients } from './connect/clients.ts';

const PEOPLE_MAX = 2_000;
/** Somebody who leaves a channel still sees its incidents on Home for this long. */
const FRESH_MS = 3 * 60_000;
const PAGE_SIZE = 500;
const PAGES_MAX = 10;

const page = z.object({
  channels: z.array(z.object({ id: z.string() })),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

/** Channels by person, asked for when needed and remembered for some minutes. */
export function createMemberships(options: {
  readonly clients: Pick<SlackClients, 'history'>;
  readonly log: Logger;
  readonly clock: Clock;
}): CurrentMemberships {
  const { clients, log, clock } = options;
  const known = new Map<string, { readonly ids: ReadonlySet<string>; readonly untilMs: number }>();
  const channelsNow = async (userId: string): Promise<ReadonlySet<string> | null> => {
    try {
      const ids = await askSlack(clients, userId);
      if (known.size >= PEOPLE_MAX) known.clear();
      known.set(userId, { ids, untilMs: clock.nowMs() + FRESH_MS });
      return ids;
    } catch (error) {
      log.warn('the channels of a person could not be had', { problem: String(error) });
      return null;
    }
  };
  return {
    channelsNow,
    channelsOf: async (userId) => {
      const hit = known.get(userId);
      const isFresh = hit !== undefined && hit.untilMs > clock.nowMs();
      return isFresh ? hit.ids : channelsNow(userId);
    },
  };
}

/** Private channels are listed only where the bot is a member too. Beyond the last page nothing is known, and nothing shown. */
async function askSlack(
  { history }: Pick<SlackClients, 'history'>,
  userId: string,
): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  let cursor = '';
  for (let pages = 0; pages < PAGES_MAX; pages += 1) {
    const answer = await history.users.conversations({
      user: userId,
      types: 'public_channel,private_channel',
      limit: PAGE_SIZE,
      ...(cursor === '' ? {} : { cursor }),
    });
    const { channels, response_metadata } = page.parse(answer);
    for (const { id } of channels) ids.add(id);
    cursor = response_metadata?.next_cursor ?? '';
    if (cursor === '') break;
  }
  return ids;
}
