import { describe, expect, test } from 'vitest';
import {
  durationsOf,
  incidentDurations,
  stepDurations,
} from '../../../src/domain/incident/durations.ts';
import type { RecordedEvent } from '../../../src/domain/incident/events.ts';
import {
  ana,
  commands,
  eventsUpTo,
  MINUTE_MS,
  OPENED_AT_MS,
  openCommand,
  play,
  STRAIGHT_PATH,
  stateOf,
} from '../../support/incident-builders.ts';

function minutes(events: readonly RecordedEvent[]): Readonly<Record<string, number | null>> {
  return Object.fromEntries(
    incidentDurations(events).map((row) => [row.id, row.ms === null ? null : row.ms / MINUTE_MS]),
  );
}

describe('durations', () => {
  test('run from the start of the problem, and the acknowledgement from the opening', () => {
    expect(minutes(play(STRAIGHT_PATH))).toEqual({
      detect: 3,
      acknowledge: 1,
      isolate: 6,
      mitigate: 12,
      resolve: 13,
    });
  });

  test('are null where the record does not say', () => {
    const events = play([[openCommand({ startedAtMs: null }), ana]]);
    expect(Object.values(minutes(events))).toEqual([null, null, null, null, null]);
  });

  test('are null rather than negative when the start lies after the opening', () => {
    const events = play([[openCommand({ startedAtMs: OPENED_AT_MS + MINUTE_MS }), ana]]);
    expect(minutes(events)).toMatchObject({ detect: null });
  });

  test('count only a solution that lasted', () => {
    const failed = play(
      [[{ type: 'fail-verification', finding: 'Still 503.' }, ana]],
      eventsUpTo('verify'),
    );
    expect(minutes(failed)).toMatchObject({ mitigate: null, resolve: null });
  });
});

describe('the moments of a state', () => {
  test('tell the same durations as the whole log, at every step of the way', () => {
    const events = play(
      [[{ type: 'fail-verification', finding: 'Still 503.' }, ana]],
      eventsUpTo('verify'),
    );
    for (const count of events.keys()) {
      const soFar = events.slice(0, count + 1);
      const told = Object.entries(durationsOf(stateOf(soFar).moments));
      expect(told.map(([id, ms]) => ({ id, ms }))).toEqual(incidentDurations(soFar));
    }
  });
});

describe('time per step', () => {
  test('adds up over visits and ends now for the current step', () => {
    const events = eventsUpTo('isolate');
    const nowMs = (events.at(-1)?.atMs ?? 0) + 5 * MINUTE_MS;
    expect(stepDurations(events, nowMs).slice(0, 4)).toEqual([
      { step: 'identify', visitCount: 1, ms: 2 * MINUTE_MS },
      { step: 'isolate', visitCount: 1, ms: MINUTE_MS },
      { step: 'hypothesize', visitCount: 1, ms: 5 * MINUTE_MS },
      { step: 'test', visitCount: 0, ms: 0 },
    ]);
  });

  test('leaves out the time the incident was closed', () => {
    const closed = play([[{ type: 'close-incident', reason: 'Later.' }, ana]], eventsUpTo('open'));
    const reopenedAtMs = OPENED_AT_MS + 600 * MINUTE_MS;
    const reopened = play(
      [
        [{ type: 'reopen-incident', reason: 'Again.' }, ana],
        [commands.state, ana],
      ],
      closed,
      reopenedAtMs,
    );
    const [identify] = stepDurations(reopened, reopenedAtMs + MINUTE_MS);
    expect(identify).toEqual({ step: 'identify', visitCount: 1, ms: 2 * MINUTE_MS });
  });
});
