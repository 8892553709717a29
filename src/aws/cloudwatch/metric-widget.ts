import type { AlarmMetric } from '../../domain/alarm/alarm.ts';
import type { Graph, GraphMark } from '../../domain/graph/graph.ts';

/** AWS's letters have one size: the smaller the picture, the larger they are on a phone. */
const SIZE = { width: 560, height: 360 } as const;
/** AWS writes labels over each other: marks closer than this share one. */
const SHARED_LABEL_SHARE = 0.08;

/**
 * The graph as GetMetricWidgetImage takes it:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Metric-Widget-Structure.html
 */
export function metricWidget(metric: AlarmMetric, graph: Graph): string {
  const { fromMs, toMs, threshold } = graph;
  return JSON.stringify({
    ...SIZE,
    metrics: [metricOf(metric)],
    view: 'timeSeries',
    title: graph.title,
    legend: { position: 'hidden' },
    start: new Date(fromMs).toISOString(),
    end: new Date(toMs).toISOString(),
    timezone: '+0000',
    annotations: {
      horizontal: threshold === null ? [] : [{ value: threshold.value, label: threshold.label }],
      vertical: verticalOf(graph),
    },
  });
}

function metricOf({ namespace, name, dimensions, ...metric }: AlarmMetric): readonly unknown[] {
  return [
    namespace,
    name,
    ...dimensions.flatMap((dimension) => [dimension.name, dimension.value]),
    {
      stat: metric.statistic,
      period: metric.periodSeconds,
      ...(metric.ownerAccountId !== null && { accountId: metric.ownerAccountId }),
    },
  ];
}

/** The first of marks that are close to each other has the labels of all of them. */
function verticalOf({ fromMs, toMs, marks }: Graph) {
  const groups: [GraphMark, ...GraphMark[]][] = [];
  for (const mark of marks.toSorted((a, b) => a.atMs - b.atMs)) {
    const group = groups.at(-1);
    const isClose =
      group !== undefined && mark.atMs - group[0].atMs < (toMs - fromMs) * SHARED_LABEL_SHARE;
    if (isClose) group.push(mark);
    else groups.push([mark]);
  }
  return groups.flatMap((group) =>
    group.map(({ atMs }, index) => ({
      value: new Date(atMs).toISOString(),
      ...(index === 0 && { label: group.map(({ label }) => label).join(', ') }),
    })),
  );
}
