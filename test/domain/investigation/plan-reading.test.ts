import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Alarm } from '../../../src/domain/alarm/alarm.ts';
import { findOnset } from '../../../src/domain/investigation/onset.ts';
import {
  isAboutFailures,
  nextReading,
  type PlannedReading,
  planReadings,
  type ReadingKnowledge,
  readingKey,
  roleOf,
} from '../../../src/domain/investigation/plan-reading.ts';
import { findAnchor } from '../../../src/domain/investigation/reading-anchor.ts';
import { coveredWrites, coversWindow } from '../../../src/domain/investigation/reading-coverage.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { anAlarm, MINUTE_MS, minutes, ONSET_MS } from './builders.ts';

const place = { accountId: '111122223333', region: 'eu-west-1' };
const usEast1 = { accountId: '111122223333', region: 'us-east-1' };
const window = { fromMs: minutes(-45), toMs: minutes(15) };

function known(
  alarms: readonly Alarm[],
  changes: Partial<ReadingKnowledge> = {},
): ReadingKnowledge {
  return {
    window,
    anchor: findAnchor({ window, startedAtMs: null, alarms, transitions: [] }),
    onset: findOnset(alarms, [], window.toMs),
    oldestMs: ONSET_MS - 90 * 24 * 60 * MINUTE_MS,
    resources: [],
    tied: [],
    ...changes,
  };
}

/** Reads the whole plan: each reading has so many pages. In the order of the pages. */
function readThrough(plan: readonly PlannedReading[], pagesOf = 1, isFailing = false) {
  const pages = new Map<string, number>();
  const order: PlannedReading[] = [];
  for (;;) {
    const next = nextReading(
      plan,
      (reading) => {
        const pageCount = pages.get(readingKey(reading)) ?? 0;
        return { pageCount, isOver: pageCount >= pagesOf };
      },
      isFailing,
    );
    if (next === null) return order;
    pages.set(readingKey(next), (pages.get(readingKey(next)) ?? 0) + 1);
    order.push(next);
  }
}

const words = (order: readonly PlannedReading[]) =>
  order.map(({ purpose, attribute }) =>
    attribute?.key === 'ResourceName' ? `${purpose} ${attribute.value}` : purpose,
  );

const onInstance = anAlarm('host-down', {
  namespace: 'AWS/EC2',
  metric: 'StatusCheckFailed',
  dimensions: [{ name: 'InstanceId', value: untrusted('i-0abc') }],
});

describe('what is read first', () => {
  it('are the newest writes before the onset, then what the alarm names', () => {
    const order = readThrough(planReadings(known([onInstance]), place, 'alarms'), 3);

    expect(words(order).slice(0, 3)).toEqual([
      'writes-before',
      'own-resource i-0abc',
      'writes-before',
    ]);
    expect(order[0]?.toMs).toBeLessThan(minutes(3));
    expect(order[0]?.toMs).toBeGreaterThanOrEqual(minutes(1));
  });

  it('are calls that may be failing, where the alarm counts refused ones', () => {
    const denied = anAlarm('denied', { metric: 'AccessDeniedCount' });
    const plan = planReadings(known([denied]), place, 'alarms');
    const isFailing = isAboutFailures(findOnset([denied], [], window.toMs));

    expect(words(readThrough(plan, 3, isFailing)).slice(0, 3)).toContain('reads-after');
    expect(words(readThrough(plan, 3, false)).slice(0, 3)).not.toContain('reads-after');
  });

  it('is, once and early, what CloudTrail itself found unusual, where there is an alarm to explain', () => {
    const plan = planReadings(known([onInstance]), place, 'alarms');
    const order = readThrough(plan, 2);

    expect(plan.filter(({ category }) => category === 'insight')).toMatchObject([
      { purpose: 'insights', attribute: null, toMs: window.toMs },
    ]);
    expect(words(order).indexOf('insights')).toBeLessThan(10);
    expect(words(readThrough(planReadings(known([]), place, 'alarms')))).not.toContain('insights');
  });

  it('is a longer time where little is done', () => {
    const quiet = words(readThrough(planReadings(known([onInstance]), place, 'alarms'), 1));
    const busy = words(readThrough(planReadings(known([onInstance]), place, 'alarms'), 9));

    expect(quiet.indexOf('older-writes')).toBeLessThan(5);
    expect(busy.indexOf('older-writes')).toBeGreaterThan(9);
  });

  it('is not what hangs together with it, once all writes of two weeks were read', () => {
    const tied = [{ name: 'sg-0abc', strength: 0.6, region: 'eu-west-1', isRole: false }];
    const plan = planReadings(known([onInstance], { tied }), place, 'alarms');
    const isRead = ({ purpose }: PlannedReading) => purpose.endsWith('writes');
    const next = (over: (reading: PlannedReading) => boolean) =>
      nextReading(
        plan.filter(({ purpose }) => purpose === 'tied-resource' || purpose === 'oldest-writes'),
        (reading) => ({ pageCount: 0, isOver: over(reading) }),
        false,
      );

    expect(next(() => false)?.purpose).toBe('tied-resource');
    expect(next(isRead)).toBeNull();
  });
});

describe('what is tied to the alarms', () => {
  const tied = [
    { name: 'sg-0abc', strength: 0.6, region: 'eu-west-1', isRole: false },
    {
      name: 'arn:aws:iam::111122223333:role/orders-task',
      strength: 0.5,
      region: 'eu-west-1',
      isRole: true,
    },
  ];

  it('is looked up where it is recorded: a role by its name, with the global services', () => {
    const here = words(planReadings(known([onInstance], { tied }), place, 'alarms'));
    const globally = words(planReadings(known([onInstance], { tied }), usEast1, 'global'));

    expect(here).toContain('tied-resource sg-0abc');
    expect(here).not.toContain('tied-resource orders-task');
    expect(globally).toContain('tied-resource orders-task');
    expect(globally).not.toContain('tied-resource sg-0abc');
  });

  it('reaches back days, as a change may only show now', () => {
    const plan = planReadings(known([onInstance], { tied }), place, 'alarms');

    const ofGroup = plan.find(({ attribute }) => attribute?.value === 'sg-0abc');
    expect(ofGroup?.fromMs).toBeLessThan(minutes(-7 * 24 * 60));
  });
});

describe('a place', () => {
  it('is that of the alarms, that of their global services, or another', () => {
    const onset = findOnset([onInstance], [], window.toMs);

    expect(roleOf(onset, place)).toBe('alarms');
    expect(roleOf(onset, usEast1)).toBe('global');
    expect(roleOf(onset, { ...place, region: 'eu-north-1' })).toBe('other');
    expect(roleOf(onset, { ...place, accountId: '444455556666' })).toBe('other');
    expect(roleOf(null, { ...place, region: 'eu-north-1' })).toBe('alarms');
  });

  it('is read further where money is counted, wherever it was spent', () => {
    const cost = anAlarm('spend', { namespace: 'AWS/Billing', metric: 'EstimatedCharges' });

    expect(roleOf(findOnset([cost], [], window.toMs), { ...place, region: 'eu-north-1' })).toBe(
      'global',
    );
  });

  it('without alarms is read for what was asked about, and nothing else', () => {
    const plan = planReadings(known([]), place, 'alarms');

    expect(words(readThrough(plan))).toEqual(['writes-before']);
    expect(coversWindow(coveredWrites(plan.map(readWhole)), window)).toBe(true);
  });
});

const readWhole = (planned: PlannedReading) => ({ planned, readDownToMs: planned.fromMs });

const anyTime = fc.integer({ min: -3 * 24 * 60, max: 3 * 24 * 60 }).map(minutes);
const anyKnowledge = fc
  .record({
    fromMs: anyTime,
    lengthMs: fc.integer({ min: 0, max: 2 * 24 * 60 * MINUTE_MS }),
    alarmedAtMs: fc.option(anyTime),
    startedAtMs: fc.option(anyTime),
    oldestMs: anyTime.map((atMs) => atMs - 30 * 24 * 60 * MINUTE_MS),
    names: fc.array(fc.constantFrom('orders', 'i-0abc', 'sg-0abc', 'app/edge/1'), { maxLength: 6 }),
  })
  .map(({ fromMs, lengthMs, alarmedAtMs, startedAtMs, oldestMs, names }): ReadingKnowledge => {
    const asked = {
      fromMs: Math.max(fromMs, oldestMs),
      toMs: Math.max(fromMs, oldestMs) + lengthMs,
    };
    const alarms =
      alarmedAtMs === null
        ? []
        : [
            anAlarm('orders-5xx', {
              transitionedAtMs: alarmedAtMs + 4 * MINUTE_MS,
              evaluation: { breachedFromMs: alarmedAtMs, periodSeconds: 60 },
            }),
          ];
    return {
      window: asked,
      anchor: findAnchor({ window: asked, startedAtMs, alarms, transitions: [] }),
      onset: findOnset(alarms, [], asked.toMs),
      oldestMs,
      resources: names,
      tied: names.map((name) => ({ name, strength: 0.5, region: 'eu-west-1', isRole: false })),
    };
  });

const anyRole = fc.constantFrom('alarms', 'global', 'other' as const);

describe('any plan', () => {
  it('reads no time of an attribute twice, and none that was not asked for or is too old', () => {
    fc.assert(
      fc.property(anyKnowledge, anyRole, (knowledge, role) => {
        const plan = planReadings(knowledge, place, role);
        for (const reading of plan) {
          expect(reading.fromMs).toBeLessThanOrEqual(reading.toMs);
          expect(reading.toMs).toBeLessThanOrEqual(knowledge.window.toMs);
          expect(reading.fromMs).toBeGreaterThan(knowledge.oldestMs - 1_000);
        }
        const byAttribute = Map.groupBy(plan, ({ attribute }) => JSON.stringify(attribute));
        for (const readings of byAttribute.values()) {
          const sorted = readings.toSorted((a, b) => a.fromMs - b.fromMs);
          for (const [index, { fromMs }] of sorted.slice(1).entries()) {
            expect(Math.ceil(fromMs / 1_000)).toBeGreaterThan(
              Math.floor((sorted[index]?.toMs ?? 0) / 1_000),
            );
          }
        }
      }),
    );
  });

  it('covers the time asked for when all of it was read', () => {
    fc.assert(
      fc.property(anyKnowledge, anyRole, (knowledge, role) => {
        const plan = planReadings(knowledge, place, role);
        expect(coversWindow(coveredWrites(plan.map(readWhole)), knowledge.window)).toBe(true);
      }),
    );
  });

  it('comes to an end, each reading read once', () => {
    fc.assert(
      fc.property(
        anyKnowledge,
        anyRole,
        fc.integer({ min: 1, max: 4 }),
        (knowledge, role, pages) => {
          const plan = planReadings(knowledge, place, role);
          const order = readThrough(plan, pages);
          const counts = Map.groupBy(order, readingKey);
          for (const read of counts.values()) expect(read).toHaveLength(pages);
        },
      ),
    );
  });
});
