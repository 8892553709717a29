import type { PlaybookDependencies } from '../flows/choose-playbook.ts';
import type { Directory, FlowDependencies, Memberships } from '../ports.ts';
import type { SlackClients } from './connect/clients.ts';
import type { TokenWatch } from './connect/token-watch.ts';

/** What every listener gets. */
export interface SlackContext extends FlowDependencies, PlaybookDependencies {
  readonly clients: SlackClients;
  readonly people: Directory;
  readonly memberships: Memberships;
  readonly token: TokenWatch;
  readonly apiUrl: string;
  /** The AWS console that links go to. */
  readonly consoleUrl: string;
  readonly botUserId: string;
}
