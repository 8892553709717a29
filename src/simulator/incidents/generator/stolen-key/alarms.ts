import type { AlarmRule } from '../alarm-rule.ts';
import { INSTANCES } from '../cast.ts';
import { noiseOf, type Series, series } from '../metric-series.ts';
import type { SeededRandom } from '../seeded-random.ts';
import { clock } from '../story-time.ts';

type SeriesName =
  | 'iamChanges'
  | 'trailChanges'
  | 'refused'
  | 'rootCalls'
  | 'searchCpu'
  | 'ordersCpu';

const PERIOD = 300;
const NAMESPACE = 'CloudTrailMetrics';

/** Counted from the trail's log group, to which records come some minutes late. */
const COUNTS = {
  iamChanges: [
    ['08:35:00', 2],
    ['10:25:00', 2],
  ],
  trailChanges: [['10:25:00', 1]],
  refused: [
    ['08:50:00', 1],
    ['10:10:00', 9],
  ],
  rootCalls: [],
} as const satisfies Partial<Record<SeriesName, readonly (readonly [string, number])[]>>;

/** The trail's own end is the last that it delivers: from here on nothing is counted. */
const LAST_COUNT_MS = clock('10:25:00');

const METRICS = {
  iamChanges: 'IAMPolicyChanges',
  trailChanges: 'CloudTrailConfigChanges',
  refused: 'UnauthorizedAPICalls',
  rootCalls: 'RootAccountUsage',
} as const;

export function createSeries(random: SeededRandom): Readonly<Record<SeriesName, Series>> {
  const noise = noiseOf(random);
  const counted = (name: keyof typeof COUNTS) =>
    series({ Namespace: NAMESPACE, MetricName: METRICS[name], Period: PERIOD }, {}, (timeMs) => {
      if (timeMs > LAST_COUNT_MS) return null;
      return COUNTS[name].find(([time]) => clock(time) === timeMs)?.[1] ?? 0;
    });
  return {
    iamChanges: counted('iamChanges'),
    trailChanges: counted('trailChanges'),
    refused: counted('refused'),
    rootCalls: counted('rootCalls'),
    searchCpu: series(
      { Namespace: 'AWS/EC2', MetricName: 'CPUUtilization', Period: PERIOD },
      { InstanceId: INSTANCES.search.id },
      (timeMs) => (Math.floor(timeMs / 900_000) % 8 === 6 ? noise(84, 12) : noise(52, 18)),
    ),
    ordersCpu: series(
      { Namespace: 'AWS/RDS', MetricName: 'CPUUtilization', Period: PERIOD },
      { DBInstanceIdentifier: 'orders-prod' },
      () => noise(41, 8),
    ),
  };
}

export const ALARM_RULES: readonly AlarmRule<SeriesName>[] = [
  counting('CIS-4.1-UnauthorizedAPICalls', 'refused', 'Many calls are refused.', 10),
  counting('CIS-4.3-RootAccountUsage', 'rootCalls', 'Somebody works as root.', 0),
  counting('CIS-4.4-IAMPolicyChanges', 'iamChanges', 'Somebody changed who may do what.', 0),
  counting('CIS-4.5-CloudTrailChanges', 'trailChanges', 'Somebody changed what is recorded.', 0),
  busy(
    'search-cpu-high',
    'searchCpu',
    'Known to flap since the reindexing job runs more often.',
    70,
  ),
  busy('orders-db-cpu-high', 'ordersCpu', 'The orders database is short of CPU.', 85),
];

type Rule = AlarmRule<SeriesName>;

function counting(
  name: string,
  seriesName: SeriesName,
  description: string,
  threshold: number,
): Rule {
  const counted = rule({ name, series: seriesName, description, threshold }, 'Sum', 1);
  return { ...counted, missing: 'ignore' };
}

function busy(name: string, seriesName: SeriesName, description: string, threshold: number): Rule {
  return rule({ name, series: seriesName, description, threshold }, 'Average', 2);
}

function rule(
  named: Pick<Rule, 'name' | 'series' | 'description' | 'threshold'>,
  statistic: Rule['statistic'],
  periods: number,
): Rule {
  return { ...named, statistic, direction: 'GreaterThanThreshold', periods, breaching: periods };
}
