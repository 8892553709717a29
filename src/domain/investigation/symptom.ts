import type { Alarm } from '../alarm/alarm.ts';

/** What is going wrong, as the metric of an alarm shows it. */
export const SYMPTOMS = [
  'errors',
  'denied',
  'latency',
  'unhealthy',
  'traffic-drop',
  'traffic-surge',
  'saturated',
  'filling',
  'throttled',
  'backlog',
  'few-instances',
  'no-data',
  'cost',
  'usage',
  'security',
  'restarts',
  'certificate',
  'host-fault',
] as const;

export type Symptom = (typeof SYMPTOMS)[number];

type Row = readonly [metric: RegExp, below: Symptom, above: Symptom];

/** By namespace and metric: what it means to be below and above the threshold. First fit decides. */
const BY_NAMESPACE: readonly (readonly [namespace: RegExp, rows: readonly Row[]])[] = [
  [/^AWS\/(?:Billing)$/, [[/./, 'cost', 'cost']]],
  [/^AWS\/(?:Usage|TrustedAdvisor)$/, [[/./, 'usage', 'usage']]],
  [
    /^(?:CloudTrailMetrics|LogMetrics|CISBenchmark|SecurityMetrics)$/i,
    [
      [/unauthori[sz]ed|denied/i, 'denied', 'denied'],
      [/./, 'security', 'security'],
    ],
  ],
  [/^AWS\/GuardDuty|^AWS\/SecurityHub/, [[/./, 'security', 'security']]],
  [
    /^AWS\/EC2$/,
    [
      [/^StatusCheckFailed_(?:System|AttachedEBS)$/, 'host-fault', 'host-fault'],
      [/^StatusCheckFailed/, 'unhealthy', 'unhealthy'],
      [/^Network/, 'traffic-drop', 'traffic-surge'],
    ],
  ],
  [/^AWS\/AutoScaling$/, [[/^Group/, 'few-instances', 'usage']]],
  [
    /^AWS\/ElastiCache$/,
    [
      [/^(?:CurrItems|CacheHit|CurrConnections|NewConnections)/, 'errors', 'saturated'],
      [/^(?:Reclaimed|SwapUsage|DatabaseMemory)/, 'filling', 'saturated'],
    ],
  ],
  [
    /^AWS\/(?:ES|Kafka)$/,
    [
      [
        /^(?:ClusterStatus|Nodes|MasterReachable|ActiveController|OfflinePartition|UnderReplicated)/,
        'unhealthy',
        'unhealthy',
      ],
      [/^JVMMemory/, 'saturated', 'saturated'],
    ],
  ],
  [
    /^ContainerInsights$/,
    [
      [
        /failed_node|status_failed|condition_ready|unknown|number_of_running|replicas_ready/,
        'few-instances',
        'unhealthy',
      ],
    ],
  ],
  [
    /^AWS\/NATGateway$/,
    [
      [/^Bytes|^Packets/, 'traffic-drop', 'cost'],
      [/^Error|^ActiveConnection/, 'traffic-drop', 'saturated'],
    ],
  ],
];

/** For every namespace, one's own metrics too: by what metrics are usually called. */
const BY_METRIC: readonly Row[] = [
  [
    /denied|unauthori[sz]ed|forbidden|auth(?:entication)?(?:failure|error)|403/i,
    'denied',
    'denied',
  ],
  [/tlsnegotiation|certificate|daystoexpiry/i, 'certificate', 'certificate'],
  [/unhealthy|statuscheck|healthcheckfailed/i, 'unhealthy', 'unhealthy'],
  [
    /healthcheckstatus|healthyhost|healthcheckpercentage|successpercent|availability/i,
    'unhealthy',
    'traffic-surge',
  ],
  [/throttl|rejectedconnection|provisionedthroughputexceeded/i, 'traffic-drop', 'throttled'],
  [/concurren/i, 'traffic-drop', 'usage'],
  [/restart/i, 'restarts', 'restarts'],
  [/pending/i, 'few-instances', 'few-instances'],
  [
    /ageofoldest|messages(?:not)?visible|messagesdelayed|iteratorage|lag|backlog|queuedepth|dlq|deadletter/i,
    'traffic-drop',
    'backlog',
  ],
  [/running_?task|runningcount|inservice|taskcount|nodecount|replicas/i, 'few-instances', 'usage'],
  [/4xx|404/i, 'traffic-drop', 'errors'],
  [
    /5xx|error|fail(?:ed|ure|ing|s$)|fault|exception|timed?_?-?out|reset_count|writesblocked|abort|dropped|crash|rejected/i,
    'traffic-drop',
    'errors',
  ],
  [
    /latency|responsetime|duration|p9\d|firstbyte|connectiontime|slow|delay|time$/i,
    'traffic-drop',
    'latency',
  ],
  [
    /free(?:able)?(?:storage|memory|space)|burstbalance|creditbalance|cpucredit/i,
    'filling',
    'saturated',
  ],
  [
    /disk_?used|filesystem|volumebytes|storageused|mem(?:ory)?_?(?:used|util)|inode/i,
    'traffic-drop',
    'filling',
  ],
  [
    /cpu|memory|utili[sz]ation|load|evictions|connections|iolimit|portallocation|pressure|capacityunits|iops|queuelength/i,
    'traffic-drop',
    'saturated',
  ],
  [/cost|spend|spent|charges|dollars/i, 'traffic-drop', 'cost'],
];

const VOLUME: Row = [/./, 'traffic-drop', 'traffic-surge'];

/** What an alarm shows, the surest first. */
export function symptomsOf(alarm: Alarm): readonly Symptom[] {
  const state = alarm.state === 'INSUFFICIENT_DATA' ? 'INSUFFICIENT_DATA' : 'ALARM';
  const byMetric = symptomOf(alarm, state);
  const found: Symptom[] = [byMetric];
  // A number of orders falls whatever fails.
  if (isOwnNamespace(alarm) && byMetric === 'traffic-drop') found.push('errors');
  if (isVolume(alarm) && byMetric !== 'no-data') {
    const row = BY_METRIC.find(([pattern]) => pattern.test(alarm.name));
    if (row !== undefined) found.push(isBelow(alarm) ? row[1] : row[2]);
  }
  return [...new Set(found)];
}

/** The symptom that namespace, metric and comparison of an alarm stand for. */
export function symptomOf(alarm: Alarm, state: Alarm['state'] = alarm.state): Symptom {
  if (state === 'INSUFFICIENT_DATA') return 'no-data';
  const [, below, above] = rowOf(alarm);
  return isBelow(alarm) ? below : above;
}

/** Measured by one's own programs, not by AWS. */
export function isOwnNamespace({ namespace }: Alarm): boolean {
  return (
    namespace !== null &&
    !/^AWS\/|^CloudTrailMetrics$|^CloudWatchSynthetics$|Insights$|^CWAgent$/.test(namespace)
  );
}

function rowOf({ namespace, metric }: Alarm): Row {
  const own = BY_NAMESPACE.find(([pattern]) => pattern.test(namespace ?? ''))?.[1] ?? [];
  return [...own, ...BY_METRIC].find(([pattern]) => pattern.test(metric ?? '')) ?? VOLUME;
}

function isVolume(alarm: Alarm): boolean {
  return rowOf(alarm) === VOLUME;
}

function isBelow({ comparison }: Alarm): boolean {
  return /^LessThan/.test(comparison ?? '');
}
