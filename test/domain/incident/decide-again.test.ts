import { describe, expect, test } from 'vitest';
import { decide } from '../../../src/domain/incident/decide.ts';
import type { RecordedEvent } from '../../../src/domain/incident/events.ts';
import { LIMITS } from '../../../src/domain/incident/limits.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { anAlarmChange, anAllClear, FIRED_AT_MS } from '../../support/alarm-builders.ts';
import {
  ana,
  answer,
  bot,
  commands,
  eventsUpTo,
  MINUTE_MS,
  OPENED_AT_MS,
  openCommand,
  play,
  stateOf,
} from '../../support/incident-builders.ts';

const opened = eventsUpTo('open');
const documented = eventsUpTo('document');
const rollBack = { type: 'roll-back', planId: 'plan-1', reason: 'Side effects.' } as const;
const otherPlan = { ...commands.plan, planId: 'plan-2' };
const abandon = { type: 'abandon-work', task: 'Upload', reason: 'Slack refused.' } as const;
const toHypotheses = {
  type: 'move-to-step',
  step: 'hypothesize',
  reason: 'Once more.',
} as const;
const byAlarm = play([
  [openCommand({ alarm: anAlarmChange(), alarmNames: ['checkout-5xx'] }), bot],
]);
const latency = anAlarmChange({ name: untrusted('checkout-latency') });
const report = (change: ReturnType<typeof anAlarmChange>, gatheringId: string | null = null) =>
  ({
    type: 'record-alarm',
    change,
    mergedFrom: null,
    gatheringId,
    gatherWindow: { fromMs: 1, toMs: 2 },
  }) as const;
const accepted = play([[{ type: 'accept-proposal' }, ana]], byAlarm);
const joined = play([[report(latency), bot]], accepted);
const separate = (alarm = latency) =>
  ({ type: 'separate-alarm', alarm, intoId: 'RT-OTHER' }) as const;

describe('what counts as the same again', () => {
  const refused = { kind: 'rejected', code: 'already-done' };
  const taken = { kind: 'accepted' };

  test('is a problem with every word of it, a start that is left out included', () => {
    const stated = eventsUpTo('isolate');

    expect(answer(stated, { ...commands.state, startedAtMs: null })).toMatchObject(refused);
    expect(answer(stated, { ...commands.state, startedAtMs: 7 })).toMatchObject(taken);
    for (const field of ['symptoms', 'affected', 'recentChanges'] as const) {
      expect(answer(stated, { ...commands.state, [field]: 'Else.' })).toMatchObject(taken);
    }
  });

  test('is a component with its finding, findings with their lessons and measures', () => {
    const changed = [
      answer(eventsUpTo('isolate'), { ...commands.isolate, finding: 'Else.' }),
      answer(eventsUpTo('isolate'), { ...commands.isolate, component: 'Else.' }),
      answer(documented, { ...commands.document, rootCause: 'Else.' }),
      answer(documented, { ...commands.document, lessons: 'Else.' }),
      answer(documented, { ...commands.document, preventiveMeasures: [] }),
      answer(opened, { type: 'change-title', title: 'Else' }),
      answer(play([[abandon, bot]], opened), { ...abandon, task: 'Else' }, bot),
      answer(play([[abandon, bot]], opened), { ...abandon, reason: 'Else' }, bot),
    ];

    expect(changed.map(({ kind }) => kind)).toEqual(changed.map(() => 'accepted'));
    expect(answer(opened, { type: 'change-title', title: 'Else' })).toMatchObject({
      events: [{ type: 'title-changed', title: 'Else' }],
    });
    expect(answer(opened, abandon, bot)).toEqual({
      kind: 'accepted',
      events: [{ ...abandon, type: 'work-abandoned' }],
    });
  });

  test('is a publication of the same version in the same places', () => {
    const publish = {
      type: 'record-publication',
      ofVersion: 3,
      permalink: 'https://acme.slack.com/files/1',
      canvasLink: null,
    } as const;
    const published = play([[publish, bot]], opened);
    const others = [
      { ofVersion: 4 },
      { permalink: null },
      { canvasLink: 'https://acme.slack.com/docs/1' },
    ];

    expect(answer(published, publish, bot)).toEqual({ kind: 'accepted', events: [] });
    for (const change of others) {
      expect(answer(published, { ...publish, ...change }, bot)).toMatchObject({
        events: [{ type: 'document-published', ...change }],
      });
    }
  });
});

describe('the alarms of an incident', () => {
  test('are reported with a new look at AWS where one was asked for and there is room', () => {
    expect(answer(accepted, report(latency, 'gathering-2'), bot)).toMatchObject({
      events: [
        { type: 'alarm-changed' },
        { type: 'gathering-requested', gatheringId: 'gathering-2', fromMs: 1, toMs: 2 },
      ],
    });
    expect(answer(accepted, report(latency), bot)).toMatchObject({
      events: [{ type: 'alarm-changed' }],
    });
    const full = play(
      Array.from(
        { length: LIMITS.gatheringsMax - 1 },
        (_, index) =>
          [
            report(anAlarmChange({ atMs: FIRED_AT_MS + 1 + index }), `gathering-${index + 2}`),
            bot,
          ] as const,
      ),
      accepted,
    );
    const gatherings = stateOf(full).gatherings.length;
    const state = {
      ...stateOf(full),
      gatherings: Array.from({ length: LIMITS.gatheringsMax }, () => stateOf(full).gatherings[0]!),
    };
    expect(gatherings).toBeLessThanOrEqual(LIMITS.gatheringsMax);
    expect(decide(state, report(latency, 'one-more'), bot, FIRED_AT_MS)).toMatchObject({
      events: [{ type: 'alarm-changed' }],
    });
  });

  test('are as many as fit; one that is known may always fire again', () => {
    const many = Array.from(
      { length: LIMITS.alarmsMax - 1 },
      (_, index) => [report(anAlarmChange({ name: untrusted(`alarm-${index}`) })), bot] as const,
    );
    const full = play(many, accepted);

    expect(answer(full, report(latency), bot)).toMatchObject({
      code: 'too-many',
      sentence: expect.stringContaining(`${LIMITS.alarmsMax} alarms`),
    });
    expect(
      answer(full, report(anAlarmChange({ atMs: FIRED_AT_MS + MINUTE_MS })), bot),
    ).toMatchObject({ kind: 'accepted' });
  });

  test('that nobody knows, or that tell nothing, change nothing', () => {
    const nothing = { kind: 'accepted', events: [] };

    expect(answer(accepted, report(anAllClear({ name: latency.name })), bot)).toEqual(nothing);
    expect(answer(accepted, report(anAlarmChange({ to: 'INSUFFICIENT_DATA' })), bot)).toEqual(
      nothing,
    );
    expect(answer(accepted, report(anAllClear({ atMs: FIRED_AT_MS - 1 })), bot)).toEqual(nothing);
    expect(answer(accepted, report(anAllClear({ atMs: FIRED_AT_MS })), bot)).toMatchObject({
      events: [{ type: 'alarm-changed' }],
    });
  });

  test('are given to another incident by their own event', () => {
    expect(answer(joined, separate())).toEqual({
      kind: 'accepted',
      events: [{ type: 'alarm-separated', alarm: latency, intoId: 'RT-OTHER' }],
    });
  });

  test('belong, with their incident, to whoever accepts it', () => {
    expect(answer(byAlarm, { type: 'accept-proposal' })).toEqual({
      kind: 'accepted',
      events: [
        { type: 'proposal-decided', verdict: 'accepted', mergedInto: null },
        { type: 'owner-changed', ownerId: 'UANA' },
      ],
    });
  });
});

describe('the reason for entering a step', () => {
  const reasonOf = (events: readonly RecordedEvent[]) => stateOf(events).visits.at(-1)?.reason;
  const mitigation = { ...commands.plan, hypothesisId: null };

  test('is told where the method did not lead there', () => {
    const back = play([[toHypotheses, ana]], eventsUpTo('approve'));

    expect(reasonOf(play([[commands.implement, ana]], back))).toBe('The solution was implemented.');
    expect(reasonOf(play([[mitigation, ana]], eventsUpTo('isolate')))).toBe(
      'Mitigation first: no hypothesis is confirmed yet.',
    );
    expect(reasonOf(play([[otherPlan, ana]], eventsUpTo('implement')))).toBe(
      'A further solution was planned.',
    );
    expect(reasonOf(play([[commands.confirm, ana]], eventsUpTo('propose')))).toBe(
      'Hypothesis 1 was confirmed.',
    );
    expect(reasonOf(play([[rollBack, ana]], eventsUpTo('implement')))).toBe(
      'The solution was rolled back: Side effects.',
    );
    expect(
      reasonOf(
        play([[{ type: 'reopen-incident', reason: 'It is back.' }, ana]], eventsUpTo('close')),
      ),
    ).toBe('Reopened: It is back.');
  });
});

describe('a window that somebody waits for', () => {
  test('is told of a plan that needs no approval, and of one whose approval is missing', () => {
    const fromMs = OPENED_AT_MS + 60 * MINUTE_MS;
    const window = { fromMs, toMs: null };
    const planned = stateOf(play([[{ ...commands.plan, window }, ana]], eventsUpTo('confirm')));
    const begin = { type: 'begin-window', planId: 'plan-1' } as const;
    const none = {
      rules: { sev1: 'none', sev2: 'none', sev3: 'none', sev4: 'none' },
      entitledIds: [],
    } as const;

    expect(decide(planned, begin, bot, fromMs, none)).toEqual({
      kind: 'accepted',
      events: [{ type: 'window-began', planId: 'plan-1' }],
    });
    expect(decide(planned, begin, bot, fromMs).kind).toBe('accepted');
    expect(decide(planned, begin, bot, fromMs - 60_001, none)).toEqual({
      kind: 'rejected',
      code: 'not-now',
      sentence: 'The window of this plan is not open.',
    });
    expect(decide(planned, begin, bot, fromMs - 60_000, none).kind).toBe('accepted');
  });
});
