/** What the flows need from outside. The adapters are in `slack/`, `aws/` and `store/`. */

import type { ApprovalPolicy } from './domain/incident/approval.ts';
import type { Clock, Ids, Logger } from './ports/basics.ts';
import type { Store } from './ports/store.ts';
import type { WebhookTarget } from './ports/webhooks.ts';

export type * from './ports/alarms.ts';
export type * from './ports/aws.ts';
export type * from './ports/basics.ts';
export type * from './ports/calls.ts';
export type * from './ports/graphs.ts';
export type * from './ports/home.ts';
export type * from './ports/store.ts';
export type * from './ports/trail.ts';
export type * from './ports/webhooks.ts';
export type * from './ports/work.ts';

/** What every flow gets. */
export interface FlowDependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
  /** A hint that work was just scheduled; losing it costs one polling interval. */
  readonly wakeWorkers: () => void;
  /** What plans need before they go in; absent: the approval of anybody but the planner. */
  readonly approval?: ApprovalPolicy;
  /** Who outside hears of incidents; absent: nobody. */
  readonly webhooks?: readonly WebhookTarget[];
}
