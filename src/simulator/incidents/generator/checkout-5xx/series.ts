import { CHECKOUT_TARGETS, INSTANCES, LOAD_BALANCER, STOREFRONT_TARGETS } from '../cast.ts';
import { noiseOf, type Series, series, tenths } from '../metric-series.ts';
import { GLOBAL } from '../recorder.ts';
import type { SeededRandom } from '../seeded-random.ts';
import { clock, STORY_START_MS } from '../story-time.ts';

type SeriesName =
  | 'checkout5xx'
  | 'checkoutHosts'
  | 'storefront5xx'
  | 'searchCpu'
  | 'ordersCpu'
  | 'pricingErrors'
  | 'ordersAge'
  | 'charges';

const ONSET_MS = clock('10:42:00');

/** What each alarm watched: 24 hours before the story's moment and one hour after. */
export function createSeries(random: SeededRandom): Readonly<Record<SeriesName, Series>> {
  const balancer = { LoadBalancer: LOAD_BALANCER };
  const checkout = { ...balancer, TargetGroup: CHECKOUT_TARGETS };
  const storefront = { ...balancer, TargetGroup: STOREFRONT_TARGETS };
  const noise = noiseOf(random);
  const elb = { Namespace: 'AWS/ApplicationELB', Period: 60 } as const;
  return {
    checkout5xx: series({ ...elb, MetricName: 'HTTPCode_ELB_5XX_Count' }, balancer, (timeMs) => {
      if (timeMs >= ONSET_MS) return Math.round(noise(228, 60));
      return random.next() < 0.04 ? random.integer(1, 3) : null;
    }),
    checkoutHosts: series({ ...elb, MetricName: 'HealthyHostCount' }, checkout, (timeMs) =>
      timeMs >= ONSET_MS ? 0 : 1,
    ),
    storefront5xx: series(
      { ...elb, MetricName: 'HTTPCode_Target_5XX_Count' },
      storefront,
      (timeMs) => {
        if (timeMs >= ONSET_MS) return random.integer(2, 7);
        return random.next() < 0.06 ? random.integer(1, 4) : null;
      },
    ),
    searchCpu: series(
      { Namespace: 'AWS/EC2', MetricName: 'CPUUtilization', Period: 300 },
      { InstanceId: INSTANCES.search.id },
      (timeMs) => (Math.floor(timeMs / 900_000) % 8 === 6 ? noise(84, 12) : noise(52, 18)),
    ),
    ordersCpu: series(
      { Namespace: 'AWS/RDS', MetricName: 'CPUUtilization', Period: 300 },
      { DBInstanceIdentifier: 'orders-prod' },
      (timeMs) => (timeMs >= ONSET_MS ? noise(19, 4) : noise(41, 8)),
    ),
    pricingErrors: series(
      { Namespace: 'AWS/Lambda', MetricName: 'Errors', Period: 60 },
      { FunctionName: 'pricing-quote' },
      () => (random.next() < 0.02 ? 1 : 0),
    ),
    ordersAge: series(
      { Namespace: 'AWS/SQS', MetricName: 'ApproximateAgeOfOldestMessage', Period: 300 },
      { QueueName: 'orders-prod' },
      (timeMs) =>
        timeMs >= clock('02:10:00') && timeMs < clock('02:35:00')
          ? random.integer(950, 1400)
          : random.integer(4, 70),
    ),
    charges: series(
      { Namespace: 'AWS/Billing', MetricName: 'EstimatedCharges', Period: 21_600, Region: GLOBAL },
      { Currency: 'USD' },
      (timeMs) => tenths(4_120 + ((timeMs - STORY_START_MS) / 3_600_000) * 9.4),
    ),
  };
}
