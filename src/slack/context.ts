import type { PlaybookDependencies } from '../flows/choose-playbook.ts';
import type { Channels, Directory, FlowDependencies, Memberships, TrailScope } from '../ports.ts';
import type { Access } from './access/access.ts';
import type { SlackClients } from './connect/clients.ts';
import type { TokenWatch } from './connect/token-watch.ts';
import type { UserGroups } from './user-groups.ts';

/** What every listener gets. */
export interface SlackContext extends FlowDependencies, PlaybookDependencies {
  readonly clients: SlackClients;
  readonly people: Directory;
  /** Who may use the bot, and where. */
  readonly access: Access;
  readonly memberships: Memberships;
  readonly groups: UserGroups;
  readonly channels: Channels;
  /** What of AWS may be seen in a channel. */
  scopeOf(channelId: string): TrailScope;
  readonly token: TokenWatch;
  readonly apiUrl: string;
  /** The AWS console that links go to. */
  readonly consoleUrl: string;
  readonly botUserId: string;
}
