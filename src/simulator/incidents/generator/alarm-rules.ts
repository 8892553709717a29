import type { createSeries } from './metric-series.ts';

/** What an alarm demands of its metric: `breaching` of the last `periods` datapoints. */
export interface AlarmRule {
  readonly name: string;
  readonly series: keyof ReturnType<typeof createSeries>;
  readonly description: string;
  readonly statistic: 'Sum' | 'Minimum' | 'Average' | 'Maximum';
  readonly threshold: number;
  readonly direction: 'GreaterThanThreshold' | 'LessThanThreshold';
  readonly periods: number;
  readonly breaching: number;
}

const ABOVE = 'GreaterThanThreshold';

export const ALARM_RULES: readonly AlarmRule[] = [
  {
    name: 'checkout-5xx',
    series: 'checkout5xx',
    description: 'Checkout answers with errors. Owner: team checkout.',
    statistic: 'Sum',
    threshold: 10,
    direction: ABOVE,
    periods: 3,
    breaching: 3,
  },
  {
    name: 'checkout-healthy-hosts',
    series: 'checkoutHosts',
    description: 'No healthy host behind checkout.',
    statistic: 'Minimum',
    threshold: 1,
    direction: 'LessThanThreshold',
    periods: 2,
    breaching: 2,
  },
  {
    name: 'storefront-5xx',
    series: 'storefront5xx',
    description: 'The storefront answers with errors.',
    statistic: 'Sum',
    threshold: 25,
    direction: ABOVE,
    periods: 3,
    breaching: 3,
  },
  {
    name: 'search-cpu-high',
    series: 'searchCpu',
    description: 'Known to flap since the reindexing job runs more often.',
    statistic: 'Average',
    threshold: 70,
    direction: ABOVE,
    periods: 2,
    breaching: 2,
  },
  {
    name: 'orders-db-cpu-high',
    series: 'ordersCpu',
    description: 'The orders database is short of CPU.',
    statistic: 'Average',
    threshold: 85,
    direction: ABOVE,
    periods: 3,
    breaching: 3,
  },
  {
    name: 'pricing-quote-errors',
    series: 'pricingErrors',
    description: 'The pricing function fails.',
    statistic: 'Sum',
    threshold: 5,
    direction: ABOVE,
    periods: 2,
    breaching: 2,
  },
  {
    name: 'orders-queue-age',
    series: 'ordersAge',
    description: 'Orders wait too long; the nightly settlement may trip it.',
    statistic: 'Maximum',
    threshold: 900,
    direction: ABOVE,
    periods: 3,
    breaching: 3,
  },
  {
    name: 'monthly-charges',
    series: 'charges',
    description: 'The bill is above plan.',
    statistic: 'Maximum',
    threshold: 9000,
    direction: ABOVE,
    periods: 1,
    breaching: 1,
  },
];
