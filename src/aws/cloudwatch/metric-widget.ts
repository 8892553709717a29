import type { AlarmMetric } from '../../domain/alarm/alarm.ts';
import type { Graph, GraphMark } from '../../domain/graph/graph.ts';

/** AWS's letters have one size: the smaller the picture, the larger they are on a phone. */
const SIZE = { width: 400, height: 300 } as const;
/** Of the plot's width, about what a letter of a label takes. */
const LETTER_SHARE = 0.02;

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

interface LabelledGroup {
  /** Oldest first. */
  readonly marks: [GraphMark, ...GraphMark[]];
  label: string;
}

/** AWS writes labels over each other, so marks that are too close for theirs share the first one's. */
function verticalOf({ fromMs, toMs, marks }: Graph) {
  const groups: LabelledGroup[] = [];
  for (const mark of marks.toSorted((a, b) => a.atMs - b.atMs)) {
    const group = groups.at(-1);
    if (group === undefined || !covers(group, mark, toMs - fromMs)) {
      groups.push({ marks: [mark], label: mark.label });
      continue;
    }
    group.marks.push(mark);
    group.label += `, ${mark.label}`;
  }
  return groups.flatMap((group) =>
    group.marks.map(({ atMs }, index) => ({
      value: new Date(atMs).toISOString(),
      ...(index === 0 && { label: group.label }),
    })),
  );
}

/** Each label is centred above its line. */
function covers({ marks: [first], label }: LabelledGroup, mark: GraphMark, rangeMs: number) {
  const neededShare = ((label.length + mark.label.length) / 2) * LETTER_SHARE;
  return (mark.atMs - first.atMs) / rangeMs < neededShare;
}
