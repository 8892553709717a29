import { z } from 'zod';
import { Refusal } from '../refusal.ts';
import { type MethodTable, method } from './method.ts';

const nothing = z.object({});

export const authMethods = {
  'auth.test': method({ tier: 'special' }, nothing, ({ core: { settings } }) => ({
    url: `${settings.baseUrl}/`,
    team: settings.teamName,
    user: settings.manifest.botName.toLowerCase(),
    team_id: settings.teamId,
    user_id: settings.botUserId,
    bot_id: settings.botId,
    is_enterprise_install: false,
  })),
  'apps.connections.open': method(
    { tier: 'special', token: 'app' },
    nothing,
    ({ core: { settings }, socketMode }) => {
      if (!settings.manifest.isSocketModeEnabled) throw new Refusal('forbidden_team');
      const host = settings.baseUrl.replace(/^http/, 'ws');
      return { url: `${host}/link/?ticket=${socketMode.openTicket()}&app_id=${settings.appId}` };
    },
  ),
  'team.info': method(
    { tier: 'tier3', scopes: ['team:read'] },
    nothing,
    ({ core: { settings } }) => ({
      team: {
        id: settings.teamId,
        name: settings.teamName,
        domain: settings.teamDomain,
        email_domain: '',
        icon: {},
      },
    }),
  ),
  'api.test': method(
    { tier: 'tier4', token: 'none' },
    z.record(z.string(), z.unknown()),
    (_, args) => ({ args }),
  ),
} as const satisfies MethodTable;
