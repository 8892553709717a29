import { z } from 'zod';
import type { Logger } from '../ports.ts';
import type { SlackClients } from './connect/clients.ts';
import { createRemembered } from './remember.ts';
import { slackCodeOf } from './send/slack-failure.ts';

/** Who leaves a group keeps what it may do for this long. */
const FRESH_MS = 3 * 60_000;
/** While Slack does not answer, what it said lately holds. */
const STALE_MS = 30 * 60_000;
const GROUPS_MAX = 100;

/** Slack's word for a workspace on the free plan. */
const NO_PLAN = 'plan_upgrade_required';
const NO_PLAN_WORDS =
  'user groups need a paid plan of Slack: name people instead, until then nobody is let in by a group';

export interface UserGroups {
  /** Who is in the group now; null when Slack does not say. */
  membersOf(groupId: string): Promise<ReadonlySet<string> | null>;
}

const groupUsers = z.object({ users: z.array(z.string()) });

export function createUserGroups(options: {
  readonly clients: Pick<SlackClients, 'interactive'>;
  readonly log: Logger;
  readonly nowMs: () => number;
}): UserGroups {
  const { clients, log, nowMs } = options;
  const ask = async (groupId: string): Promise<ReadonlySet<string> | null> => {
    try {
      const answer = await clients.interactive.usergroups.users.list({ usergroup: groupId });
      return new Set(groupUsers.parse(answer).users);
    } catch (error) {
      const problem = slackCodeOf(error);
      log.warn(problem.startsWith(NO_PLAN) ? NO_PLAN_WORDS : 'a user group could not be read', {
        groupId,
        problem,
      });
      return null;
    }
  };
  const { of: membersOf } = createRemembered({
    ask,
    nowMs,
    freshMs: FRESH_MS,
    staleMs: STALE_MS,
    keysMax: GROUPS_MAX,
  });
  return { membersOf };
}

/** Those of these groups that somebody is in; null where none is known, and Slack does not say of all. */
export async function groupsWith(
  { membersOf }: UserGroups,
  groupIds: readonly string[],
  userId: string,
): Promise<readonly string[] | null> {
  const members = await Promise.all(groupIds.map(membersOf));
  const found = groupIds.filter((_, index) => members[index]?.has(userId) === true);
  return found.length === 0 && members.includes(null) ? null : found;
}
