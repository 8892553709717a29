import { describe, expect, it } from 'vitest';
import { findAnchor } from '../../../src/domain/investigation/reading-anchor.ts';
import { anAlarm, minutes, ONSET_MS } from './builders.ts';

const window = { fromMs: minutes(-45), toMs: minutes(15) };
const none = { window, startedAtMs: null, alarms: [], transitions: [] };

describe('from where readings go back', () => {
  it('is the first breach of the alarms, whatever people say', () => {
    const anchor = findAnchor({ ...none, alarms: [anAlarm('5xx')], startedAtMs: minutes(5) });

    expect(anchor).toMatchObject({ basis: 'alarms', earliestMs: ONSET_MS });
    expect(anchor.latestMs).toBeGreaterThanOrEqual(minutes(1));
  });

  it('is what people said when no alarm went off, with room for rounding', () => {
    const anchor = findAnchor({ ...none, startedAtMs: minutes(0) });

    expect(anchor).toEqual({ basis: 'people', earliestMs: minutes(0), latestMs: minutes(10) });
  });

  it('is what people said when the only alarm has been on for weeks', () => {
    const stale = anAlarm('disk', {
      transitionedAtMs: minutes(-20 * 24 * 60),
      evaluation: null,
    });

    expect(findAnchor({ ...none, alarms: [stale], startedAtMs: minutes(0) }).basis).toBe('people');
  });

  it('is two hours ago when nobody says anything', () => {
    expect(findAnchor(none)).toEqual({
      basis: 'guess',
      earliestMs: minutes(15 - 120),
      latestMs: minutes(15),
    });
  });

  it('is never later than what was asked about', () => {
    const late = anAlarm('5xx', { transitionedAtMs: minutes(40) });
    const anchor = findAnchor({ ...none, alarms: [late], startedAtMs: minutes(12) });

    expect(anchor).toEqual({ basis: 'people', earliestMs: minutes(12), latestMs: minutes(15) });
  });
});
