import { z } from 'zod';
import type { Core } from '../core.ts';
import { Refusal } from '../refusal.ts';
import { userPayload } from '../render.ts';
import { count, optionalText, page, text } from './arguments.ts';
import { requirePerson } from './lookup.ts';
import { type MethodTable, method } from './method.ts';

const READ = ['users:read'];
const PAGE_MAX = 1_000;

function mayReadEmail(core: Core): boolean {
  return core.settings.manifest.botScopes?.has('users:read.email') ?? true;
}

const info = method(
  { tier: 'tier4', scopes: READ },
  z.object({ user: text }),
  ({ core }, args) => ({
    user: userPayload(core, requirePerson(core, args.user), mayReadEmail(core)),
  }),
);

const list = method(
  { tier: 'tier2', scopes: READ },
  z.object({ limit: count(PAGE_MAX, PAGE_MAX), cursor: optionalText }),
  ({ core }, args) => {
    const { items, nextCursor } = page([...core.state.people.values()], args.limit, args.cursor);
    return {
      members: items.map((person) => userPayload(core, person, mayReadEmail(core))),
      cache_ts: Math.floor(Date.now() / 1_000),
      response_metadata: { next_cursor: nextCursor },
    };
  },
);

const byEmail = method(
  { tier: 'tier3', scopes: ['users:read.email'] },
  z.object({ email: text }),
  ({ core }, args) => {
    const wanted = args.email.toLowerCase();
    // Slack finds members of its own workspace only, and no deactivated ones.
    const person = [...core.state.people.values()].find(
      ({ email, isDeactivated, teamId }) =>
        email?.toLowerCase() === wanted && !isDeactivated && teamId === core.settings.teamId,
    );
    if (person === undefined) throw new Refusal('users_not_found');
    return { user: userPayload(core, person, true) };
  },
);

function requirePaidPlan(core: Core): void {
  if (!core.settings.isPaidPlan) throw new Refusal('plan_upgrade_required');
}

const groupList = method(
  { tier: 'tier2', scopes: ['usergroups:read'] },
  z.object({}),
  ({ core }) => {
    requirePaidPlan(core);
    return {
      usergroups: [...core.state.userGroups.values()].map((group) => ({
        id: group.id,
        team_id: core.settings.teamId,
        is_usergroup: true,
        name: group.name,
        handle: group.handle,
        date_delete: 0,
        users: group.userIds,
        user_count: group.userIds.length,
      })),
    };
  },
);

const groupUsers = method(
  { tier: 'tier2', scopes: ['usergroups:read'] },
  z.object({ usergroup: text }),
  ({ core }, args) => {
    requirePaidPlan(core);
    const group = core.state.userGroups.get(args.usergroup);
    if (group === undefined) throw new Refusal('no_such_subteam');
    return { users: group.userIds };
  },
);

export const userMethods = {
  'users.info': info,
  'users.list': list,
  'users.lookupByEmail': byEmail,
  'usergroups.list': groupList,
  'usergroups.users.list': groupUsers,
} as const satisfies MethodTable;
