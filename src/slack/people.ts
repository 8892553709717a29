import { z } from 'zod';
import type { Logger, People, Person } from '../ports.ts';
import type { SlackClients } from './connect/clients.ts';

const PEOPLE_MAX = 2_000;
const FRESH_MS = 60 * 60_000;
/** A name that could not be had is asked for again soon, but not at every message. */
const RETRY_MS = 60_000;

const userInfo = z.object({
  user: z.object({
    id: z.string(),
    name: z.string().optional(),
    real_name: z.string().optional(),
    tz: z.string().optional(),
    profile: z.object({ display_name: z.string().optional() }).optional(),
  }),
});

/** People by Slack id, asked for one by one and remembered for an hour. */
export function createPeople(options: {
  readonly clients: SlackClients;
  readonly log: Logger;
  readonly nowMs: () => number;
}): People {
  const known = new Map<string, { readonly person: Person; readonly untilMs: number }>();
  return {
    describe: async (userId) => {
      const hit = known.get(userId);
      if (hit !== undefined && hit.untilMs > options.nowMs()) return hit.person;
      const found = await ask(options, userId);
      const person = found ?? hit?.person ?? { userId, name: userId, timeZone: 'UTC' };
      if (known.size >= PEOPLE_MAX) known.clear();
      const keepMs = found === null ? RETRY_MS : FRESH_MS;
      known.set(userId, { person, untilMs: options.nowMs() + keepMs });
      return person;
    },
  };
}

async function ask(
  options: { readonly clients: SlackClients; readonly log: Logger },
  userId: string,
): Promise<Person | null> {
  try {
    const { user } = userInfo.parse(await options.clients.interactive.users.info({ user: userId }));
    const name = user.real_name || user.profile?.display_name || user.name || userId;
    return { userId, name, timeZone: isTimeZone(user.tz) ? user.tz : 'UTC' };
  } catch (error) {
    options.log.warn('a person could not be looked up', { userId, problem: String(error) });
    return null;
  }
}

function isTimeZone(name: string | undefined): name is string {
  if (name === undefined) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
