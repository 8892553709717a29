import { describe, expect, it } from 'vitest';
import { chooseAlarms } from '../../../src/domain/graph/choose-alarms.ts';
import { graphWindow, windowAfter } from '../../../src/domain/graph/graph-window.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { anAlarm, MINUTE_MS, ONSET_MS } from './builders.ts';

const NOW_MS = ONSET_MS + 15 * MINUTE_MS;
const DAY_MS = 86_400_000;

function breachedAt(name: string, breachedFromMs: number) {
  return anAlarm({
    name: untrusted(name),
    transitionedAtMs: breachedFromMs + 2 * MINUTE_MS,
    evaluation: { breachedFromMs, periodSeconds: 60 },
  });
}

describe('alarms worth a picture', () => {
  const early = breachedAt('early', ONSET_MS);
  const late = breachedAt('late', ONSET_MS + 4 * MINUTE_MS);

  it('come in the order in which they were breached', () => {
    const chosen = chooseAlarms([late, early], [], NOW_MS);
    expect(chosen).toEqual([
      { alarm: early, onsetMs: ONSET_MS },
      { alarm: late, onsetMs: ONSET_MS + 4 * MINUTE_MS },
    ]);
  });

  it('are in ALARM now', () => {
    expect(chooseAlarms([{ ...early, state: 'OK' }], [], NOW_MS)).toEqual([]);
  });

  it('are not those that have been in ALARM for weeks', () => {
    const old = breachedAt('monthly-charges', ONSET_MS - 20 * DAY_MS);
    expect(chooseAlarms([old, early], [], NOW_MS).map(({ alarm }) => alarm)).toEqual([early]);
  });

  it('are composite only when there is no other', () => {
    const composite = anAlarm({ kind: 'composite', drawable: null, evaluation: null });
    expect(chooseAlarms([composite, early], [], NOW_MS)).toHaveLength(1);
    expect(chooseAlarms([composite], [], NOW_MS)).toMatchObject([{ alarm: composite }]);
  });
});

describe('the window of a graph', () => {
  it.each([
    ['a minute', 60_000, 60],
    ['five minutes', 300_000, 24],
    ['an hour', 3_600_000, 24],
    ['ten seconds', 10_000, 360],
  ])('shows what was usual before the onset at a period of %s', (_name, periodMs, periods) => {
    const { fromMs, toMs } = graphWindow(ONSET_MS, periodMs, NOW_MS);
    expect(Math.floor((ONSET_MS - fromMs) / periodMs)).toBe(periods);
    expect([fromMs % periodMs, toMs % periodMs]).toEqual([0, 0]);
    expect(toMs).toBeGreaterThan(fromMs);
  });

  it('ends now, and for what lasts days after its first hours', () => {
    expect(graphWindow(ONSET_MS, 60_000, NOW_MS).toMs).toBe(NOW_MS);
    expect(graphWindow(ONSET_MS, 60_000, NOW_MS + 5 * DAY_MS).toMs).toBe(ONSET_MS + DAY_MS / 2);
  });

  it.each([
    ['begins before a change of two hours earlier', 120, true],
    ['is not stretched for a change of the day before', 24 * 60, false],
  ])('%s', (_what, minutes, isInside) => {
    const changeAtMs = ONSET_MS - minutes * MINUTE_MS;
    const { fromMs } = graphWindow(ONSET_MS, 60_000, NOW_MS, [changeAtMs]);
    expect(fromMs < changeAtMs).toBe(isInside);
    expect(fromMs).toBeGreaterThan(ONSET_MS - 4 * 60 * MINUTE_MS);
  });

  it('covers the onset and now once there is a solution', () => {
    const nowMs = ONSET_MS + 20 * 60 * MINUTE_MS;
    const { fromMs, toMs } = windowAfter(ONSET_MS, 60_000, nowMs);
    expect([fromMs < ONSET_MS, toMs]).toEqual([true, nowMs]);
  });

  it('covers the last days of what took weeks to be solved', () => {
    const nowMs = ONSET_MS + 20 * DAY_MS;
    expect(windowAfter(ONSET_MS, 60_000, nowMs)).toEqual({
      fromMs: nowMs - 2 * DAY_MS,
      toMs: nowMs,
    });
  });
});
