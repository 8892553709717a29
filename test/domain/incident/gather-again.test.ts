import { describe, expect, test } from 'vitest';
import type { IncidentCommand } from '../../../src/domain/incident/commands.ts';
import type { RecordedEvent } from '../../../src/domain/incident/events.ts';
import { anAlarmChange, FIRED_AT_MS } from '../../support/alarm-builders.ts';
import {
  ana,
  bot,
  eventsUpTo,
  MINUTE_MS,
  play,
  STARTED_AT_MS,
  stateOf,
} from '../../support/incident-builders.ts';

const fail: IncidentCommand = { type: 'fail-verification', finding: 'Still 503.' };
const reopen: IncidentCommand = { type: 'reopen-incident', reason: 'It fires again.' };
const back: IncidentCommand = { type: 'move-to-step', step: 'verify', reason: 'Once more.' };
const fires = (atMs = FIRED_AT_MS): IncidentCommand => ({
  type: 'record-alarm',
  change: anAlarmChange({ atMs }),
  mergedFrom: null,
  gatheringId: null,
  gatherWindow: { fromMs: atMs, toMs: atMs },
});
const lastMs = (events: readonly RecordedEvent[]) => events.at(-1)?.atMs ?? 0;
const quarterLater = (events: readonly RecordedEvent[]) => lastMs(events) + 15 * MINUTE_MS;
const gatherings = (events: readonly RecordedEvent[]) => stateOf(events).gatherings;

describe('evidence is gathered again, up to now,', () => {
  test.each([
    ['when somebody says that the fix does not work', 'implement', fail],
    ['when the incident is reopened', 'close', reopen],
    ['when an alarm fires while the fix is planned', 'plan', fires()],
  ] as const)('%s', (_when, upTo, command) => {
    const before = eventsUpTo(upTo);
    const nowMs = quarterLater(before);

    const after = play([[command, bot]], before, nowMs);

    expect(gatherings(after)).toEqual([
      ...gatherings(before),
      expect.objectContaining({
        fromMs: STARTED_AT_MS - 60 * MINUTE_MS,
        toMs: nowMs,
        finishedAtMs: null,
      }),
    ]);
  });

  test('once in some minutes, however often it fails, and not without end', () => {
    const first = eventsUpTo('implement');
    const failed = play([[fail, ana]], first, quarterLater(first));
    const twice = play(
      [
        [back, ana],
        [fail, ana],
      ],
      failed,
    );
    expect(gatherings(twice)).toEqual(gatherings(failed));
    const often = Array.from({ length: 30 }).reduce<readonly RecordedEvent[]>(
      (events) =>
        play(
          [
            [back, ana],
            [fail, ana],
          ],
          events,
          quarterLater(events),
        ),
      twice,
    );
    expect(new Set(gatherings(often).map(({ gatheringId }) => gatheringId)).size).toBe(15);
  });

  test('but not for an alarm that fires while the cause is searched anyway', () => {
    const before = eventsUpTo('isolate');
    const after = play([[fires(), bot]], before, quarterLater(before));
    expect(gatherings(after)).toEqual(gatherings(before));
  });
});
