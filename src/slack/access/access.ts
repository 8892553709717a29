import {
  type AccessPolicy,
  type AccessVerdict,
  type AskedPlace,
  decideAccess,
  type Standing,
} from '../../domain/access/decide-access.ts';
import type { Channels, Directory } from '../../ports.ts';
import { createRemembered } from '../remember.ts';
import type { UserGroups } from '../user-groups.ts';

/** Somebody who loses a role keeps it here for this long. */
const FRESH_MS = 3 * 60_000;
/** While Slack does not answer, people who were let in lately go on working. */
const STALE_MS = 30 * 60_000;
const KEYS_MAX = 2_000;
const DIRECT = /^D/;

/** Direct conversations have one reader, or two. */
export function isDirect(channelId: string): boolean {
  return DIRECT.test(channelId);
}

export interface Access {
  /** `channelId`: where it is asked or shown; null for what only this person sees, as on Home. */
  check(userId: string, channelId: string | null): Promise<AccessVerdict>;
}

export interface AccessDependencies {
  readonly policy: AccessPolicy;
  readonly people: Pick<Directory, 'findAccount'>;
  readonly channels: Pick<Channels, 'look'>;
  readonly groups: UserGroups;
  readonly nowMs: () => number;
}

/** May this person use the bot here? Asked of Slack when it was not lately; what is not known is refused. */
export function createAccess(deps: AccessDependencies): Access {
  const { policy, nowMs } = deps;
  const memory = { nowMs, freshMs: FRESH_MS, staleMs: STALE_MS, keysMax: KEYS_MAX };
  const { of: standingOf } = createRemembered({
    ...memory,
    ask: (userId) => standingNow(deps.people, userId),
  });
  const { of: readersOf } = createRemembered({
    ...memory,
    ask: (channelId) => readersNow(deps.channels, channelId),
  });
  const placeOf = async (channelId: string | null): Promise<AskedPlace> =>
    channelId === null || isDirect(channelId)
      ? { kind: 'own' }
      : { kind: 'channel', channelId, readers: (await readersOf(channelId)) ?? 'unknown' };
  return {
    async check(userId, channelId) {
      const [standing, isInGroup, place] = await Promise.all([
        standingOf(userId),
        isInOneOf(deps.groups, policy.groupIds, userId),
        placeOf(channelId),
      ]);
      return decideAccess(policy, { userId, standing, isInGroup, place });
    },
  };
}

async function standingNow(
  people: Pick<Directory, 'findAccount'>,
  userId: string,
): Promise<Standing | null> {
  const found = await people.findAccount(userId);
  if (found.kind === 'found') return found.account.standing;
  // Slack knows nobody of this id here: not of this workspace.
  return found.kind === 'nobody' ? 'stranger' : null;
}

async function readersNow(
  channels: Pick<Channels, 'look'>,
  channelId: string,
): Promise<'own' | 'shared' | 'unseen' | null> {
  const seen = await channels.look(channelId);
  if (seen.kind === 'unknown') return null;
  if (seen.kind === 'unseen') return 'unseen';
  return seen.isShared ? 'shared' : 'own';
}

/** Null when none of them is known to hold the person, and one of them could not be asked. */
async function isInOneOf(
  groups: UserGroups,
  groupIds: readonly string[],
  userId: string,
): Promise<boolean | null> {
  const members = await Promise.all(groupIds.map(groups.membersOf));
  if (members.some((ids) => ids?.has(userId))) return true;
  return members.includes(null) ? null : false;
}
