import type { AlarmRule } from '../alarm-rule.ts';
import { INSTANCES } from '../cast.ts';
import { noiseOf, type Series, series } from '../metric-series.ts';
import { GLOBAL } from '../recorder.ts';
import type { SeededRandom } from '../seeded-random.ts';
import { clock } from '../story-time.ts';
import { WEBSITE } from './website.ts';

type SeriesName = 'canary' | 'health' | 'networkIn' | 'status' | 'cpu' | 'searchCpu' | 'ordersCpu';

const ONSET_MS = clock('10:40:00');
const ABOVE = 'GreaterThanThreshold';
const BELOW = 'LessThanThreshold';

/** The machine is well, and idles: nothing reaches it any more. */
export function createSeries(random: SeededRandom): Readonly<Record<SeriesName, Series>> {
  const noise = noiseOf(random);
  const isCut = (timeMs: number) => timeMs >= ONSET_MS;
  const instance = { InstanceId: WEBSITE.instanceId };
  const ec2 = { Namespace: 'AWS/EC2', Period: 300 } as const;
  return {
    canary: series(
      { Namespace: 'CloudWatchSynthetics', MetricName: 'SuccessPercent', Period: 60 },
      { CanaryName: 'www-home' },
      (timeMs) => (isCut(timeMs) ? 0 : 100),
    ),
    health: series(
      { Namespace: 'AWS/Route53', MetricName: 'HealthCheckStatus', Period: 60, Region: GLOBAL },
      { HealthCheckId: WEBSITE.healthCheckId },
      (timeMs) => (isCut(timeMs) ? 0 : 1),
    ),
    networkIn: series({ ...ec2, MetricName: 'NetworkIn' }, instance, (timeMs) =>
      Math.round(isCut(timeMs) ? noise(9_000, 4_000) : noise(5_400_000, 2_200_000)),
    ),
    status: series({ ...ec2, MetricName: 'StatusCheckFailed' }, instance, () => 0),
    cpu: series({ ...ec2, MetricName: 'CPUUtilization' }, instance, (timeMs) =>
      isCut(timeMs) ? noise(3, 1) : noise(24, 10),
    ),
    searchCpu: series(
      { ...ec2, MetricName: 'CPUUtilization' },
      { InstanceId: INSTANCES.search.id },
      (timeMs) => (Math.floor(timeMs / 900_000) % 8 === 6 ? noise(84, 12) : noise(52, 18)),
    ),
    ordersCpu: series(
      { Namespace: 'AWS/RDS', MetricName: 'CPUUtilization', Period: 300 },
      { DBInstanceIdentifier: 'orders-prod' },
      () => noise(41, 8),
    ),
  };
}

export const ALARM_RULES: readonly AlarmRule<SeriesName>[] = [
  rule('www-canary', 'canary', 'The home page cannot be loaded from outside.', {
    statistic: 'Average',
    threshold: 90,
    direction: BELOW,
    periods: 3,
  }),
  rule('www-health-check', 'health', 'Route 53 cannot reach the website.', {
    statistic: 'Minimum',
    threshold: 1,
    direction: BELOW,
    periods: 3,
  }),
  rule('www-network-in-low', 'networkIn', 'Hardly any traffic reaches the website.', {
    statistic: 'Average',
    threshold: 100_000,
    direction: BELOW,
    periods: 1,
  }),
  rule('www-status-check', 'status', 'The machine of the website or its host is broken.', {
    statistic: 'Maximum',
    threshold: 0,
    direction: ABOVE,
    periods: 2,
  }),
  rule('www-cpu-high', 'cpu', 'The website is short of CPU.', {
    statistic: 'Average',
    threshold: 85,
    direction: ABOVE,
    periods: 3,
  }),
  rule('search-cpu-high', 'searchCpu', 'Known to flap since the reindexing job runs more often.', {
    statistic: 'Average',
    threshold: 70,
    direction: ABOVE,
    periods: 2,
  }),
  rule('orders-db-cpu-high', 'ordersCpu', 'The orders database is short of CPU.', {
    statistic: 'Average',
    threshold: 85,
    direction: ABOVE,
    periods: 3,
  }),
];

function rule(
  name: string,
  seriesName: SeriesName,
  description: string,
  demand: Pick<AlarmRule, 'statistic' | 'threshold' | 'direction' | 'periods'>,
): AlarmRule<SeriesName> {
  return { name, series: seriesName, description, breaching: demand.periods, ...demand };
}
