import type { PlaceRole } from './plan-reading.ts';

/** What one run of the planner may cost. */
export interface ReadingBudget {
  /** Calls in one account and Region, by what it is to the alarms. AWS allows two a second in each. */
  readonly callsMax: Readonly<Record<PlaceRole, number>>;
  /** Over all accounts and Regions. */
  readonly recordsMax: number;
  readonly timeMaxMs: number;
}

/** People wait: about ten seconds, alarms included. */
export const FAST_BUDGET: ReadingBudget = {
  callsMax: { alarms: 16, global: 8, other: 4 },
  recordsMax: 4_000,
  timeMaxMs: 9_000,
};

/** Nobody waits: what the fast one had to leave, in the background. */
export const DEEP_BUDGET: ReadingBudget = {
  callsMax: { alarms: 80, global: 30, other: 12 },
  recordsMax: 12_000,
  timeMaxMs: 3 * 60_000,
};
