import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { IncidentCommand } from '../../../src/domain/incident/commands.ts';
import { decide } from '../../../src/domain/incident/decide.ts';
import type { Actor, RecordedEvent, Severity } from '../../../src/domain/incident/events.ts';
import {
  DEFAULT_NUDGES,
  nextNudge,
  tomorrowMorning,
} from '../../../src/domain/incident/nudging.ts';
import { foldEvents, record } from '../../../src/domain/incident/record.ts';
import { wallTimeAt } from '../../../src/domain/time/zone.ts';
import {
  ana,
  bot,
  commands,
  MINUTE_MS,
  OPENED_AT_MS,
  openCommand,
  play,
  stateOf,
} from '../../support/incident-builders.ts';

const HOUR_MS = 60 * MINUTE_MS;
const BERLIN = 'Europe/Berlin';

function next(
  events: readonly RecordedEvent[],
  nowMs: number,
  { timeZone = BERLIN, talkedAtMs = null as number | null, settings = DEFAULT_NUDGES } = {},
) {
  return nextNudge(stateOf(events), { nowMs, timeZone, talkedAtMs }, settings);
}

/** Opened by Ana at this time, with nothing else on the record. */
const opened = (severity: Severity, atMs = OPENED_AT_MS) =>
  play([[openCommand({ severity, startedAtMs: null }), ana]], [], atMs);
const owned = (severity: Severity, atMs = OPENED_AT_MS) =>
  play([[commands.own, ana]], opened(severity, atMs), atMs);

describe('the next nudge', () => {
  test.each([
    ['sev1', 'no-owner', 5],
    ['sev2', 'no-owner', 5],
  ] as const)('of a %s without an owner is about that, after a while', (severity, why, minutes) => {
    expect(next(opened(severity), OPENED_AT_MS)).toEqual({
      why,
      atMs: OPENED_AT_MS + minutes * MINUTE_MS,
    });
  });

  test.each([
    ['sev1', 30],
    ['sev2', 60],
  ] as const)('of a %s with an owner comes after quiet', (severity, minutes) => {
    expect(next(owned(severity), OPENED_AT_MS)).toEqual({
      why: 'quiet',
      atMs: OPENED_AT_MS + minutes * MINUTE_MS,
    });
  });

  test.each([
    ['on a Sunday noon', Date.UTC(2026, 2, 8, 11), Date.UTC(2026, 2, 9, 8)],
    ['on a Tuesday afternoon', Date.UTC(2026, 2, 10, 13), Date.UTC(2026, 2, 11, 8)],
    ['on a Friday evening', Date.UTC(2026, 2, 13, 19), Date.UTC(2026, 2, 16, 8)],
    ['shortly before the morning', Date.UTC(2026, 2, 10, 7, 50), Date.UTC(2026, 2, 11, 8)],
    ['over the change to summer time', Date.UTC(2026, 2, 27, 19), Date.UTC(2026, 2, 30, 7)],
  ])('of a sev3 opened %s waits for the next business morning of its owner', (_when, atMs, due) => {
    expect(next(owned('sev3', atMs), atMs)).toEqual({ why: 'quiet', atMs: due });
  });

  test('that was missed comes in working hours only', () => {
    const atMs = Date.UTC(2026, 2, 10, 13);
    const events = owned('sev4', atMs);

    expect(next(events, Date.UTC(2026, 2, 11, 12))?.atMs).toBe(Date.UTC(2026, 2, 11, 8));
    expect(next(events, Date.UTC(2026, 2, 11, 20))?.atMs).toBe(Date.UTC(2026, 2, 12, 8));
  });

  test('moves on with what people say in the thread', () => {
    const talkedAtMs = OPENED_AT_MS + 29 * MINUTE_MS;

    expect(next(owned('sev1'), talkedAtMs, { talkedAtMs })?.atMs).toBe(talkedAtMs + 30 * MINUTE_MS);
  });

  test('does not move on with what the bot does', () => {
    const finish = { type: 'finish-gathering', gatheringId: 'gathering-1', summary: 'x' } as const;

    expect(next(play([[finish, bot]], owned('sev1')), OPENED_AT_MS)?.atMs).toBe(
      OPENED_AT_MS + 30 * MINUTE_MS,
    );
  });

  test('is none where it is turned off', () => {
    const settings = {
      noOwner: null,
      quiet: { ...DEFAULT_NUDGES.quiet, sev1: null },
    };

    expect(next(opened('sev1'), OPENED_AT_MS, { settings })).toBeNull();
  });

  test('comes after a reopening, although they were stopped', () => {
    const stopped = play(
      [
        [{ type: 'stop-nudges' }, ana],
        [{ type: 'close-incident', reason: 'Enough.' }, ana],
      ],
      owned('sev1'),
    );

    expect(next(stopped, OPENED_AT_MS)).toBeNull();
    expect(next(play([[{ type: 'reopen-incident', reason: 'Again.' }, ana]], stopped), 0)).not.toBe(
      null,
    );
  });

  test('put off until tomorrow comes at nine of the next day', () => {
    expect(tomorrowMorning(Date.UTC(2026, 2, 28, 20), BERLIN)).toBe(Date.UTC(2026, 2, 29, 7));
  });
});

type Step =
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'talk' }
  | { readonly kind: 'act'; readonly command: IncidentCommand; readonly actor: Actor };

const acts: readonly IncidentCommand[] = [
  { type: 'assign-owner', ownerId: 'UANA' },
  { type: 'assign-owner', ownerId: null },
  { type: 'change-severity', severity: 'sev1' },
  { type: 'change-severity', severity: 'sev3' },
  { type: 'close-incident', reason: 'Enough.' },
  { type: 'reopen-incident', reason: 'Again.' },
  { type: 'stop-nudges' },
];

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.integer({ min: 1, max: 14 * HOUR_MS }),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'talk' }) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(...acts), fc.constantFrom(ana, bot))
      .map(([command, actor]): Step => ({ kind: 'act', command, actor })),
  },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 20 * HOUR_MS }).map(
      (ms): Step => ({
        kind: 'act',
        command: { type: 'snooze-nudges', untilMs: ms },
        actor: ana,
      }),
    ),
  },
);

interface Sent {
  readonly atMs: number;
  /** The last thing that a person did or said. */
  readonly activeAtMs: number;
  readonly severity: Severity;
  readonly isOpen: boolean;
  readonly isStopped: boolean;
  readonly snoozedUntilMs: number;
}

/** Lets the clock run minute by minute of what happens, and nudges whenever it is due. */
function live(steps: readonly Step[]): readonly Sent[] {
  let events = opened('sev2');
  let nowMs = OPENED_AT_MS;
  let [activeAtMs, talkedAtMs, snoozedUntilMs] = [nowMs, null as number | null, 0];
  const sent: Sent[] = [];
  const append = (command: IncidentCommand, actor: Actor): boolean => {
    const decision = decide(foldEvents(events), command, actor, nowMs);
    const decided = decision.kind === 'accepted' ? decision.events : [];
    events = [...events, ...record(decided, { fromVersion: events.length, atMs: nowMs, actor })];
    return decided.length > 0;
  };
  const nudgeUntil = (endMs: number): void => {
    for (
      let due = next(events, nowMs, { talkedAtMs });
      due !== null && due.atMs <= endMs && sent.length < 200;
    ) {
      nowMs = Math.max(nowMs, due.atMs);
      const { severity, status, nudging } = stateOf(events);
      const before = { severity, isOpen: status === 'open', isStopped: nudging.isStopped };
      append({ type: 'send-nudge', why: due.why, talkedAtMs }, bot);
      sent.push({ atMs: nowMs, activeAtMs, snoozedUntilMs, ...before });
      due = next(events, nowMs, { talkedAtMs });
    }
    nowMs = endMs;
  };
  for (const one of steps) {
    if (one.kind === 'wait') nudgeUntil(nowMs + one.ms);
    if (one.kind === 'talk') activeAtMs = talkedAtMs = nowMs;
    if (one.kind !== 'act') continue;
    const untilMs = one.command.type === 'snooze-nudges' ? nowMs + one.command.untilMs : 0;
    const command = untilMs > 0 ? { type: 'snooze-nudges' as const, untilMs } : one.command;
    const isDone = append(command, one.actor);
    if (isDone && untilMs > 0) snoozedUntilMs = untilMs;
    const isReopened = isDone && command.type === 'reopen-incident';
    if (isReopened) snoozedUntilMs = 0;
    const isHuman = isDone && untilMs === 0 && one.actor.kind === 'person';
    if (isHuman || isReopened) activeAtMs = nowMs;
  }
  nudgeUntil(nowMs + 100 * HOUR_MS);
  return sent;
}

describe('nudges over the life of an incident', () => {
  const lives = fc.array(step, { maxLength: 25, size: 'max' });

  test('are never two without a person doing or asking something between', () => {
    fc.assert(
      fc.property(lives, (steps) => {
        const sent = live(steps);
        for (const [index, { atMs, activeAtMs, snoozedUntilMs }] of sent.entries()) {
          const before = sent[index - 1]?.atMs ?? Number.NEGATIVE_INFINITY;
          expect(Math.max(activeAtMs, snoozedUntilMs)).toBeGreaterThanOrEqual(before);
          expect(atMs).toBeGreaterThan(before);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('never come within the quiet time, nor before a snooze is over', () => {
    fc.assert(
      fc.property(lives, (steps) => {
        for (const { atMs, activeAtMs, severity, snoozedUntilMs } of live(steps)) {
          const quietMs = severity === 'sev3' ? 8 * HOUR_MS : 5 * MINUTE_MS;
          expect(atMs - activeAtMs).toBeGreaterThanOrEqual(quietMs);
          expect(atMs).toBeGreaterThanOrEqual(snoozedUntilMs);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('never come once it is closed or they are stopped, and of the less urgent only in working hours', () => {
    fc.assert(
      fc.property(lives, (steps) => {
        for (const { atMs, severity, isOpen, isStopped } of live(steps)) {
          expect([isOpen, isStopped]).toEqual([true, false]);
          const { hour } = wallTimeAt(atMs, BERLIN);
          expect(severity !== 'sev3' || (hour >= 9 && hour < 17)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
