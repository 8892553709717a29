import type { AlarmRule } from '../alarm-rule.ts';
import { INSTANCES } from '../cast.ts';
import { noiseOf, type Series, series, tenths } from '../metric-series.ts';
import { GLOBAL } from '../recorder.ts';
import type { SeededRandom } from '../seeded-random.ts';
import { daysAgo } from '../story-time.ts';
import { STARTED_MS } from './spending.ts';

type SeriesName = 'charges' | 'machines' | 'storage' | 'storefront' | 'searchCpu' | 'ordersCpu';

const HOUR_MS = 3_600_000;
const MONTH_BEGAN_MS = Date.parse('2026-10-01T00:00:00Z');
export const STORY_DAYS = 5;
const FROM_MS = daysAgo(STORY_DAYS);

/** Dollars an hour: of everything before, of EC2 before, and of the twelve machines. */
const RATES = { all: 9.2, ec2: 3.6, added: 43 } as const;

export function createSeries(random: SeededRandom): Readonly<Record<SeriesName, Series>> {
  const noise = noiseOf(random);
  const since = (startMs: number, timeMs: number) => Math.max(0, timeMs - startMs) / HOUR_MS;
  const billed = (rate: number, added: number) => (timeMs: number) =>
    tenths(since(MONTH_BEGAN_MS, timeMs) * rate + since(STARTED_MS, timeMs) * added);
  const charges = (valueAt: (timeMs: number) => number, ServiceName?: string) =>
    series(
      { Namespace: 'AWS/Billing', MetricName: 'EstimatedCharges', Period: 21_600, Region: GLOBAL },
      { ...(ServiceName !== undefined && { ServiceName }), Currency: 'USD' },
      valueAt,
      FROM_MS,
    );
  const hourly = { Period: 3_600 } as const;
  return {
    charges: charges(billed(RATES.all, RATES.added)),
    machines: charges(billed(RATES.ec2, RATES.added), 'AmazonEC2'),
    storage: charges(billed(0.7, 0), 'AmazonS3'),
    storefront: series(
      { ...hourly, Namespace: 'AWS/AutoScaling', MetricName: 'GroupInServiceInstances' },
      { AutoScalingGroupName: 'storefront-prod' },
      () => 4,
      FROM_MS,
    ),
    searchCpu: series(
      { ...hourly, Namespace: 'AWS/EC2', MetricName: 'CPUUtilization' },
      { InstanceId: INSTANCES.search.id },
      () => noise(52, 18),
      FROM_MS,
    ),
    ordersCpu: series(
      { ...hourly, Namespace: 'AWS/RDS', MetricName: 'CPUUtilization' },
      { DBInstanceIdentifier: 'orders-prod' },
      () => noise(33, 8),
      FROM_MS,
    ),
  };
}

export const ALARM_RULES: readonly AlarmRule<SeriesName>[] = [
  above('monthly-charges', 'charges', 'Maximum', 5_250, 'Seven tenths of the month’s budget.'),
  above(
    'monthly-charges-ec2',
    'machines',
    'Maximum',
    3_000,
    'The machines cost more than planned.',
  ),
  above('monthly-charges-s3', 'storage', 'Maximum', 600, 'Storage costs more than planned.'),
  above('storefront-size', 'storefront', 'Maximum', 10, 'The storefront is larger than ever.'),
  above('search-cpu-high', 'searchCpu', 'Average', 85, 'The search is short of CPU.'),
  above('orders-db-cpu-high', 'ordersCpu', 'Average', 85, 'The orders database is short of CPU.'),
];

function above(
  name: string,
  seriesName: SeriesName,
  statistic: AlarmRule['statistic'],
  threshold: number,
  description: string,
): AlarmRule<SeriesName> {
  const demand = { statistic, threshold, direction: 'GreaterThanThreshold' } as const;
  return { name, series: seriesName, description, ...demand, periods: 1, breaching: 1 };
}
