import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AlarmChange } from '../../../src/domain/alarm/alarm-change.ts';
import type { IncidentCommand } from '../../../src/domain/incident/commands.ts';
import { LAPSED_REASON } from '../../../src/domain/incident/decide-alarms.ts';
import type { RecordedEvent } from '../../../src/domain/incident/events.ts';
import { isCleared } from '../../../src/domain/incident/incident-alarms.ts';
import { buildTimeline } from '../../../src/domain/incident/timeline.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { anAlarmChange, anAllClear, FIRED_AT_MS } from '../../support/alarm-builders.ts';
import {
  ana,
  answer,
  ben,
  bot,
  commands,
  MINUTE_MS,
  OPENED_AT_MS,
  openCommand,
  play,
  stateOf,
} from '../../support/incident-builders.ts';
import { aSimilarIncident } from '../../support/ranking-builders.ts';

const opened = (): readonly RecordedEvent[] =>
  play([[openCommand({ alarm: anAlarmChange(), alarmNames: ['checkout-5xx'] }), bot]]);

const report = (change: AlarmChange): IncidentCommand => ({
  type: 'record-alarm',
  change,
  mergedFrom: null,
  gatheringId: null,
  gatherWindow: { fromMs: 0, toMs: 0 },
});

const ofTypes = (decision: ReturnType<typeof answer>): readonly string[] =>
  decision.kind === 'accepted' ? decision.events.map(({ type }) => type) : [decision.code];

describe('an incident that an alarm opened', () => {
  test('has the alarm, evidence on its way, and nobody who has decided', () => {
    const state = stateOf(opened());
    expect(state.alarms).toEqual([
      { firing: anAlarmChange(), hasJoined: false, firingCount: 1, clearedAtMs: null },
    ]);
    expect(state.proposal).toMatchObject({ verdict: null, by: null });
    expect(state.gatherings).toHaveLength(1);
    expect(state.step).toBe('identify');
  });

  test('belongs to whoever accepts it; the second one is told who was first', () => {
    const events = play([[{ type: 'accept-proposal' }, ana]], opened());
    expect(stateOf(events)).toMatchObject({
      ownerId: 'UANA',
      proposal: { verdict: 'accepted', by: ana },
    });
    const second = answer(events, { type: 'accept-proposal' }, ben);
    expect(second).toMatchObject({
      code: 'already-done',
      sentence: 'This was already accepted by <@UANA> 20 s ago.',
    });
  });

  test.each([
    ['a reason', 'A load test', 'Not an incident: A load test'],
    ['none', null, 'Not an incident'],
    ['a blank one', '  ', 'Not an incident'],
  ])('closes as no incident, with %s', (_what, reason, closing) => {
    const events = play([[{ type: 'decline-proposal', reason }, ana]], opened());
    expect(stateOf(events)).toMatchObject({
      status: 'closed',
      closure: { reason: closing, by: ana },
      proposal: { verdict: 'declined', by: ana },
    });
  });

  test('closes when it becomes part of another one, and points there', () => {
    const events = play([[{ type: 'merge-incident', intoId: 'RT-OTHER' }, ana]], opened());
    expect(stateOf(events)).toMatchObject({
      status: 'closed',
      closure: { reason: 'Merged into RT-OTHER' },
      proposal: { verdict: 'merged', mergedInto: 'RT-OTHER' },
    });
    const again = answer(opened(), { type: 'merge-incident', intoId: 'RT-7K3F9' });
    expect(again).toMatchObject({ code: 'not-allowed' });
  });

  test('is accepted by whoever works on it, and not by who only looks', () => {
    const looked = play(
      [
        [{ type: 'add-note', noteId: 'n', text: 'I see it too' }, ana],
        [{ type: 'change-severity', severity: 'sev1' }, ana],
      ],
      opened(),
    );
    expect(stateOf(looked).proposal?.verdict).toBeNull();
    const worked = play([[commands.state, ben]], looked);
    expect(stateOf(worked).proposal).toMatchObject({ verdict: 'accepted', by: ben });
  });

  test.each([
    { type: 'snooze-nudges', untilMs: OPENED_AT_MS + 24 * 60 * MINUTE_MS },
    { type: 'stop-nudges' },
    { type: 'dismiss-similar', similarId: 'RT-OLD' },
    { type: 'redact-record', reason: 'a password', places: 1 },
    report(anAlarmChange({ name: untrusted('another') })),
  ] as const satisfies readonly IncidentCommand[])('is not accepted by $type of a person, and still asks', (command) => {
    const before = play(
      [[{ type: 'note-similar', similar: [aSimilarIncident('RT-OLD')] }, bot]],
      opened(),
    );
    const events = play([[command, ana]], before);
    expect(events.length).toBeGreaterThan(before.length);
    expect(stateOf(events).proposal).toMatchObject({ verdict: null, by: null });
  });

  test('ends by itself when its alarm does before anybody came', () => {
    const events = play([[report(anAllClear()), bot]], opened());
    expect(stateOf(events)).toMatchObject({
      status: 'closed',
      closure: { reason: LAPSED_REASON, by: bot },
      proposal: { verdict: 'lapsed', by: bot },
    });
    expect(answer(events, { type: 'accept-proposal' })).toMatchObject({
      code: 'incident-closed',
    });
  });

  test('goes on when only one of its alarms is over', () => {
    const other = anAlarmChange({ name: untrusted('checkout-latency') });
    const events = play(
      [
        [report(other), bot],
        [report(anAllClear()), bot],
      ],
      opened(),
    );
    expect(stateOf(events)).toMatchObject({
      status: 'open',
      alarmNames: ['checkout-5xx', other.name],
    });
    expect(ofTypes(answer(events, report(anAllClear({ name: other.name })), bot))).toEqual([
      'alarm-changed',
      'proposal-decided',
      'incident-closed',
    ]);
  });

  test('goes on when its alarm is over after somebody took it', () => {
    const events = play(
      [
        [{ type: 'accept-proposal' }, ana],
        [report(anAllClear()), bot],
      ],
      opened(),
    );
    expect(stateOf(events).status).toBe('open');
    expect(stateOf(events).alarms.map(isCleared)).toEqual([true]);
    const told = buildTimeline(events).map(({ sentence }) => sentence);
    expect(told).toContain('Alarm reported as OK again');
    expect(told).toContain('Accepted as an incident');
  });

  test('counts an alarm that fires again, once for each time it did', () => {
    const again = report(anAlarmChange({ atMs: FIRED_AT_MS + 600_000 }));
    const events = play(
      [
        [{ type: 'accept-proposal' }, ana],
        [report(anAllClear()), bot],
        [again, bot],
      ],
      opened(),
    );
    expect(stateOf(events).alarms).toMatchObject([{ firingCount: 2 }]);
    expect(stateOf(events).alarms.map(isCleared)).toEqual([false]);
    expect(ofTypes(answer(events, again, bot))).toEqual([]);
    expect(ofTypes(answer(events, report(anAllClear()), bot))).toEqual([]);
  });

  test('takes an alarm of a merged incident, with a new look at AWS', () => {
    const decision = answer(
      play([[commands.open, ana]]),
      {
        type: 'record-alarm',
        change: anAlarmChange(),
        mergedFrom: 'RT-OTHER',
        gatheringId: 'gathering-2',
        gatherWindow: { fromMs: 1, toMs: 2 },
      },
      ana,
    );
    expect(ofTypes(decision)).toEqual(['alarm-changed', 'gathering-requested']);
  });

  test('has nothing to decide when a person opened it', () => {
    const events = play([[commands.open, ana]]);
    expect(answer(events, { type: 'accept-proposal' })).toMatchObject({ code: 'not-now' });
  });
});

test('reports in any number and order never make two of one alarm, nor take its newest firing back', () => {
  const change = fc
    .record({
      to: fc.constantFrom('OK' as const, 'ALARM' as const),
      atMs: fc.integer({ min: FIRED_AT_MS + 1, max: FIRED_AT_MS + 20 }),
    })
    .map(({ to, atMs }) => (to === 'OK' ? anAllClear({ atMs }) : anAlarmChange({ atMs })));
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
      const accepted = play([[{ type: 'accept-proposal' }, ana]], opened());
      const events = play(
        changes.map((one) => [report(one), bot]),
        accepted,
      );
      const [alarm] = stateOf(events).alarms;
      const firings = changes.filter(({ to }) => to === 'ALARM').map(({ atMs }) => atMs);
      expect(alarm?.firing.atMs).toBeLessThanOrEqual(Math.max(FIRED_AT_MS, ...firings));
      const again = play(
        changes.map((one) => [report(one), bot]),
        events,
      );
      const last = stateOf(again).alarms[0];
      expect(last?.firing.atMs).toBeGreaterThanOrEqual(alarm?.firing.atMs ?? 0);
      expect(stateOf(again).alarms).toHaveLength(1);
    }),
  );
});
