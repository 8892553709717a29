import { z } from 'zod';
import type { Standing } from '../domain/access/decide-access.ts';
import type { Account, Directory, FoundAccount, Logger, Person } from '../ports.ts';
import type { SlackClients } from './connect/clients.ts';
import { slackFailureOf } from './send/slack-failure.ts';

const PEOPLE_MAX = 2_000;
const FRESH_MS = 60 * 60_000;
/** A name that could not be had is asked for again soon, but not at every message. */
const RETRY_MS = 60_000;

const userInfo = z.object({
  user: z.object({
    id: z.string(),
    team_id: z.string().optional(),
    name: z.string().optional(),
    real_name: z.string().optional(),
    tz: z.string().optional(),
    profile: z.object({ display_name: z.string().optional() }).optional(),
    deleted: z.boolean().optional(),
    is_bot: z.boolean().optional(),
    is_restricted: z.boolean().optional(),
    is_ultra_restricted: z.boolean().optional(),
    is_stranger: z.boolean().optional(),
    /** In an Enterprise organisation, a member's `team_id` may be another of its workspaces. */
    enterprise_user: z.object({ teams: z.array(z.string()).optional() }).optional(),
  }),
});

type User = z.output<typeof userInfo>['user'];

interface PeopleOptions {
  readonly clients: SlackClients;
  readonly log: Logger;
  readonly nowMs: () => number;
  /** Our own workspace: who is of another one is a stranger. */
  readonly teamId: string;
}

/** People by Slack id, asked for one by one and remembered for an hour. */
export function createPeople(options: PeopleOptions): Directory {
  const known = new Map<string, { readonly person: Person; readonly untilMs: number }>();
  const { clients } = options;
  const ask = (call: () => Promise<unknown>) => askSlack(options, call);
  const keep = (person: Person, keepMs: number): void => {
    if (known.size >= PEOPLE_MAX) known.clear();
    known.set(person.userId, { person, untilMs: options.nowMs() + keepMs });
  };
  const findAccount = async (userId: string): Promise<FoundAccount> => {
    const found = await ask(() => clients.interactive.users.info({ user: userId }));
    // Who was just looked up for another reason need not be asked for by name again.
    if (found.kind === 'found') keep(personOf(found.account), FRESH_MS);
    return found;
  };
  return {
    describe: async (userId) => {
      const hit = known.get(userId);
      if (hit !== undefined && hit.untilMs > options.nowMs()) return hit.person;
      const found = await findAccount(userId);
      if (found.kind === 'found') return personOf(found.account);
      const person = hit?.person ?? nameless(userId);
      keep(person, RETRY_MS);
      return person;
    },
    findByEmail: (email) => ask(() => clients.interactive.users.lookupByEmail({ email })),
    findAccount,
  };
}

const nameless = (userId: string): Person => ({ userId, name: userId, timeZone: 'UTC' });

const personOf = ({ userId, name, timeZone }: Account): Person => ({ userId, name, timeZone });

const NOBODY: ReadonlySet<string> = new Set([
  'users_not_found',
  'user_not_found',
  'user_not_visible',
]);

async function askSlack(
  options: PeopleOptions,
  call: () => Promise<unknown>,
): Promise<FoundAccount> {
  try {
    const { user } = userInfo.parse(await call());
    return { kind: 'found', account: accountOf(user, options.teamId) };
  } catch (error) {
    const failure = slackFailureOf(error);
    if (failure.kind === 'refused' && NOBODY.has(failure.code)) return { kind: 'nobody' };
    options.log.warn('a person could not be looked up', { problem: String(error) });
    const sentence =
      failure.kind === 'scope-missing' ? failure.sentence : 'Slack did not answer just now.';
    return { kind: 'unknown', sentence };
  }
}

function accountOf(user: User, teamId: string): Account {
  return {
    userId: user.id,
    name: user.real_name || user.profile?.display_name || user.name || user.id,
    timeZone: isTimeZone(user.tz) ? user.tz : 'UTC',
    standing: standingOf(user, teamId),
  };
}

/** The first that fits decides. */
function standingOf(user: User, teamId: string): Standing {
  if (user.deleted === true) return 'deactivated';
  if (user.is_bot === true) return 'bot';
  const isOwn =
    user.team_id === undefined ||
    user.team_id === teamId ||
    user.enterprise_user?.teams?.includes(teamId) === true;
  if (user.is_stranger === true || !isOwn) return 'stranger';
  return user.is_restricted === true || user.is_ultra_restricted === true ? 'guest' : 'member';
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
