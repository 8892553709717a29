import { z } from 'zod';
import type { Clock, CurrentMemberships, Logger } from '../ports.ts';
import type { SlackClients } from './connect/clients.ts';
import { createRemembered } from './remember.ts';

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
  const ask = async (userId: string): Promise<ReadonlySet<string> | null> => {
    try {
      return await askSlack(clients, userId);
    } catch (error) {
      log.warn('the channels of a person could not be had', { problem: String(error) });
      return null;
    }
  };
  const { of: channelsOf, now: channelsNow } = createRemembered({
    ask,
    nowMs: clock.nowMs,
    freshMs: FRESH_MS,
    staleMs: 0,
    keysMax: PEOPLE_MAX,
  });
  return { channelsOf, channelsNow };
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
