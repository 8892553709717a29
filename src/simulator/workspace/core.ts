import type { Acknowledgement, Outgoing } from './delivery.ts';
import type { FaultPlan } from './faults.ts';
import type { Ids } from './ids.ts';
import type { JournalWriter } from './journal.ts';
import type { Json } from './json.ts';
import type { ResponseUrls } from './responses.ts';
import type { Settings } from './settings.ts';
import type { State } from './state.ts';
import type { Timers } from './timers.ts';
import type { Triggers } from './triggers.ts';
import type { Uploads } from './uploads.ts';

/** What every part of the workspace works on. */
export interface Core {
  readonly settings: Settings;
  readonly state: State;
  readonly ids: Ids;
  readonly timers: Timers;
  readonly journal: JournalWriter;
  readonly faults: FaultPlan;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly uploads: Uploads;
  /** Sends one thing to the app once and waits for its acknowledgement. Never rejects. */
  deliver(outgoing: Outgoing): Promise<Acknowledgement>;
  /** Sends an event where the manifest subscribes to it, with Slack's retries, in the background. */
  publish(subscription: string, event: Json): void;
  /** Something that pages show has changed. */
  changed(): void;
}
