import { describe, expect, it } from 'vitest';
import { createRenderPace } from '../../../src/slack/send/pace-renders.ts';

describe('the pace of showing an incident', () => {
  function at(timesMs: readonly number[], incidentId = 'RT-7K3F9') {
    let now = 0;
    const pace = createRenderPace(500, () => now);
    return timesMs.map((timeMs) => {
      now = timeMs;
      return pace.takeTurn(incidentId);
    });
  }

  it('lets what people do appear at once', () => {
    expect(at([0, 10, 20, 30, 40, 50, 60, 70])).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('is two a second in a storm', () => {
    const calm = [0, 0, 0, 0, 0, 0, 0, 0];
    expect(at([...calm, 0, 499, 500, 500, 1_000])).toEqual([...calm, 500, 1, 0, 500, 0]);
  });

  it('is that of each incident', () => {
    const pace = createRenderPace(500, () => 0);
    for (let index = 0; index < 8; index += 1) pace.takeTurn('RT-7K3F9');
    expect(pace.takeTurn('RT-7K3F9')).toBe(500);
    expect(pace.takeTurn('RT-2M4P8')).toBe(0);
  });

  it('forgets the storm afterwards', () => {
    const storm = Array.from({ length: 8 }, () => 0);
    expect(at([...storm, ...storm.map(() => 4_000)])).toEqual([...storm, ...storm]);
  });
});
