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
    [[/./, 'security', 'security']],
  ],
  [/^AWS\/GuardDuty|^AWS\/SecurityHub/, [[/./, 'security', 'security']]],
  [
    /^AWS\/EC2$/,
    [
      [/^StatusCheckFailed_System$/, 'host-fault', 'host-fault'],
      [/^StatusCheckFailed/, 'unhealthy', 'unhealthy'],
      [/^Network/, 'traffic-drop', 'traffic-surge'],
    ],
  ],
  [/^AWS\/AutoScaling$/, [[/^Group/, 'few-instances', 'usage']]],
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
  [/throttle|rejectedconnection|throttled/i, 'traffic-drop', 'throttled'],
  [/concurren/i, 'traffic-drop', 'usage'],
  [/restart/i, 'restarts', 'restarts'],
  [/pending/i, 'few-instances', 'few-instances'],
  [
    /ageofoldest|messagesvisible|iteratorage|lag|backlog|queuedepth|dlq|deadletter/i,
    'traffic-drop',
    'backlog',
  ],
  [/runningtask|runningcount|inservice|taskcount|nodecount|replicas/i, 'few-instances', 'usage'],
  [/4xx|404/i, 'traffic-drop', 'errors'],
  [
    /5xx|error|fail(?:ed|ure)|fault|exception|timeout|abort|dropped|crash|rejected/i,
    'traffic-drop',
    'errors',
  ],
  [/latency|responsetime|duration|p9\d|delay|time$/i, 'traffic-drop', 'latency'],
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
    /cpu|memory|utili[sz]ation|load|evictions|connections|capacityunits|iops|queuelength/i,
    'traffic-drop',
    'saturated',
  ],
  [/bytes|cost|spend|charges/i, 'traffic-drop', 'cost'],
];

const VOLUME: Row = [/./, 'traffic-drop', 'traffic-surge'];

/** The symptom of an alarm, and whether it is measured by AWS itself or by one's own programs. */
export function symptomOf(alarm: Alarm, state: Alarm['state'] = alarm.state): Symptom {
  const { namespace, metric, comparison } = alarm;
  if (state === 'INSUFFICIENT_DATA') return 'no-data';
  const own = BY_NAMESPACE.find(([pattern]) => pattern.test(namespace ?? ''))?.[1] ?? [];
  const rows = [...own, ...BY_METRIC, VOLUME];
  const [, below, above] = rows.find(([pattern]) => pattern.test(metric ?? '')) ?? VOLUME;
  return /^LessThan/.test(comparison ?? '') ? below : above;
}
