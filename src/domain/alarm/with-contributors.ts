import type { Alarm, AlarmContributor, AlarmDimension } from './alarm.ts';

const LIMITS = { contributorsMax: 50, dimensionsMax: 30 } as const;

/** The alarm with what breaches in it: each is about a resource, as a metric's dimensions are. */
export function withContributors(alarm: Alarm, contributors: readonly AlarmContributor[]): Alarm {
  const dimensions = new Map<string, AlarmDimension>();
  for (const one of [
    ...alarm.dimensions,
    ...contributors.flatMap(({ attributes }) => attributes),
  ]) {
    dimensions.set(JSON.stringify([one.name, one.value]), one);
  }
  return {
    ...alarm,
    dimensions: [...dimensions.values()].slice(0, LIMITS.dimensionsMax),
    contributors: contributors.slice(0, LIMITS.contributorsMax),
  };
}
