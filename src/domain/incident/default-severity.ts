import type { Severity } from './events.ts';

/** Where nobody says it, typed, in the form or by an alarm: bad enough to look at, not to wake others. */
export const DEFAULT_SEVERITY: Severity = 'sev3';
