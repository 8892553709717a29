import { describe, expect, it } from 'vitest';
import { evaluationOf, reasonDataSchema } from '../../../src/aws/cloudwatch/evaluation.ts';

const at = (minute: number): string =>
  `2026-10-14T10:${String(minute).padStart(2, '0')}:00.000+0000`;

interface Point {
  readonly minute: number;
  readonly value?: number;
}

/** Newest first, as CloudWatch lists them. */
const data = (points: readonly Point[], more: object = {}) =>
  reasonDataSchema.parse({
    startDate: at(10),
    period: 60,
    evaluatedDatapoints: points.map(({ minute, value }) => ({ timestamp: at(minute), value })),
    ...more,
  });

const breachedFrom = (...words: Parameters<typeof evaluationOf>) => {
  const fromMs = evaluationOf(...words)?.breachedFromMs ?? Number.NaN;
  return (fromMs - Date.parse('2026-10-14T10:00:00Z')) / 60_000;
};

const GREATER = '2 out of the last 3 datapoints were greater than the threshold (10.0).';

describe('the evaluation behind a state', () => {
  it('began to breach with the first datapoint over the threshold, not with the first one read', () => {
    const points = [
      { minute: 14, value: 40 },
      { minute: 13, value: 30 },
      { minute: 12, value: 10 },
    ];

    expect(breachedFrom(data(points, { threshold: 10 }), GREATER)).toBe(13);
  });

  it('of an anomaly band began with the first value outside of what was expected then', () => {
    const points = [
      { minute: 14, value: 900 },
      { minute: 13, value: 800 },
      { minute: 12, value: 300 },
    ];
    const band = {
      recentDatapoints: [300, 800, 900],
      recentLowerThresholds: [100, 110, 120],
      recentUpperThresholds: [500, 510, 520],
    };
    const reason =
      'Thresholds Crossed: 2 out of the last 3 datapoints were less than the lower thresholds [120.0] or greater than the upper thresholds [520.0].';

    expect(breachedFrom(data(points, band), reason)).toBe(13);
  });

  it('takes every value for a breach where it is not said what was expected', () => {
    const points = [
      { minute: 14, value: 9 },
      { minute: 13, value: 8 },
    ];

    expect(breachedFrom(data(points), 'metric math')).toBe(13);
  });

  it('passes over missing datapoints between others that breach', () => {
    const points = [{ minute: 14, value: 40 }, { minute: 13 }, { minute: 12 }];

    expect(breachedFrom(data(points, { threshold: 10 }), GREATER)).toBe(14);
  });

  it('takes missing datapoints as breaching where the alarm does, and where nothing else is there', () => {
    const reason =
      'no datapoints were received for 2 periods and 2 missing datapoints were treated as [Breaching].';
    const points = [{ minute: 14, value: 40 }, { minute: 13 }, { minute: 12 }];

    expect(breachedFrom(data(points, { threshold: 10 }), reason)).toBe(12);
    expect(breachedFrom(data([{ minute: 14 }, { minute: 13 }]), '2 datapoints were unknown.')).toBe(
      13,
    );
  });

  it('falls back on the start of what was looked at, and says nothing without any data', () => {
    expect(breachedFrom(data([], { threshold: 10 }), GREATER)).toBe(10);
    expect(evaluationOf(null, GREATER)).toBeNull();
  });
});
