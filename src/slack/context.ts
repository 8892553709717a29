import type { FlowDependencies, People } from '../ports.ts';
import type { SlackClients } from './connect/clients.ts';

/** What every listener gets. */
export interface SlackContext extends FlowDependencies {
  readonly clients: SlackClients;
  readonly people: People;
  readonly apiUrl: string;
  readonly botUserId: string;
}
