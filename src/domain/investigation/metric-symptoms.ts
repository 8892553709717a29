import type { Symptom } from './symptom.ts';

export type MetricRow = readonly [metric: RegExp, below: Symptom, above: Symptom];

/** By namespace and metric: what it means to be below and above the threshold. First fit decides. */
export const BY_NAMESPACE: readonly (readonly [namespace: RegExp, rows: readonly MetricRow[]])[] = [
  [/^AWS\/(?:Billing)$/, [[/./, 'cost', 'cost']]],
  [/^AWS\/(?:Usage|TrustedAdvisor)$/, [[/./, 'usage', 'usage']]],
  [
    /^(?:CloudTrailMetrics|LogMetrics|CISBenchmark|SecurityMetrics)$/i,
    [
      [/unauthori[sz]ed|denied/i, 'denied', 'denied'],
      [/./, 'security', 'security'],
    ],
  ],
  [
    /^AWS\/(?:GuardDuty|SecurityHub|Inspector|Macie|AccessAnalyzer)/,
    [[/./, 'security', 'security']],
  ],
  [/^AWS\/Cognito$/, [[/Risk|Compromised|Override/, 'security', 'security']]],
  [/^AWS\/Logs$/, [[/^Incoming/, 'traffic-drop', 'cost']]],
  [/^AWS\/S3$/, [[/^BucketSize|^NumberOfObjects/, 'filling', 'cost']]],
  [/^AWS\/SNS$/, [[/FilteredOut/, 'traffic-surge', 'traffic-drop']]],
  [/^AWS\/MQ$/, [[/Messages$|MessageCount|QueueSize/, 'traffic-drop', 'backlog']]],
  [/^AWS\/DX$/, [[/LightLevel/, 'host-fault', 'host-fault']]],
  [/^AWS\/EBS$/, [[/Stalled/, 'host-fault', 'host-fault']]],
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
      [/^KMSKey/, 'denied', 'denied'],
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
      [/Drop/, 'errors', 'errors'],
      [/^Bytes|^Packets/, 'traffic-drop', 'cost'],
      [/^Error|^ActiveConnection/, 'traffic-drop', 'saturated'],
    ],
  ],
];

/** For every namespace, one's own metrics too: by what metrics are usually called. */
export const BY_METRIC: readonly MetricRow[] = [
  [/usage_idle|idlepercent/i, 'saturated', 'traffic-drop'],
  [/tokencount/i, 'traffic-drop', 'usage'],
  [
    /denied|unauthori[sz]ed|forbidden|auth(?:entication|orization)?_?(?:failure|error)|failed_?auth|40[13](?!\d)/i,
    'denied',
    'denied',
  ],
  [
    /tlsnegotiation|certificate|daystoexpiry|untilkeymaterialexpiration/i,
    'certificate',
    'certificate',
  ],
  [
    /unhealthy|statuscheck|healthcheckfailed|severe|degraded|downtime|maintenancemode/i,
    'unhealthy',
    'unhealthy',
  ],
  [/healthyhost|healthcheckpercentage|successpercent|availability/i, 'unhealthy', 'traffic-surge'],
  [
    /health|tunnelstate|connectionstate|bgpstatus|ismaster|heartbeat(?!.?age)|instancesok/i,
    'unhealthy',
    'unhealthy',
  ],
  [/success(?:rate|ratio)|\.success$/i, 'errors', 'traffic-surge'],
  [/throttl|rejectedconnection|exceeded|429/i, 'traffic-drop', 'throttled'],
  [/temperature/i, 'host-fault', 'host-fault'],
  [
    /disk_?queue|volumequeue|surgequeue|spillover(?!inv)|deadlock|blocked_?trans|exhaust/i,
    'traffic-drop',
    'saturated',
  ],
  [/concurren/i, 'traffic-drop', 'usage'],
  [/restart|uptime|oom_?kill|out_?of_?memory|crash_?loop/i, 'restarts', 'restarts'],
  [
    /ageofoldest|messages(?:not)?visible|messagesdelayed|iteratorage|(?<!f)lag|backlog|queuedepth|queue_?size|queued|dlq|deadletter|freshness|millisbehind|unacked|pending_?(?:replication|request|message|byte|record|job)|replicationlatency|replication_?delay|stale|since_?last/i,
    'traffic-drop',
    'backlog',
  ],
  // The age of a heartbeat, an export, a job: what should come does not. “Usage” has no age.
  [/Age(?![a-z])|(?:^|[_.])age(?:$|[_.])/, 'traffic-surge', 'backlog'],
  [/pending/i, 'few-instances', 'few-instances'],
  [
    /running_?task|runningcount|inservice|taskcount|node_?count|nodes$|replicas|pid_count|consumercount|fulfilledcapacity/i,
    'few-instances',
    'usage',
  ],
  [/4xx|404/i, 'traffic-drop', 'errors'],
  [
    /5xx|(?<!\d)50[0234](?!\d)|error|fail(?:ed|ure|ing|s$)|fault|exception|timed?_?-?out|reset_count|rstpackets|blocked(?!req)|abort|drop(?:ped|count)|blackhole|noroute|crash|reject|bounce|complaint|declin|retr(?:y|ies)|invalid|panic|corrupt|inaccessible|misconfig|missed/i,
    'traffic-drop',
    'errors',
  ],
  [
    /latency|responsetime|duration|p9\d|firstbyte|connectiontime|slow|delay|(?<!io_?)wait|time$/i,
    'traffic-drop',
    'latency',
  ],
  [
    /free(?:able)?_?(?:local)?_?(?:storage|memory|space|disk|percent|capacity)|(?:disk|inodes|storage|memory)_?(?:free|available)|balance|cpucredit|capacityremaining/i,
    'filling',
    'saturated',
  ],
  [
    /disk_?(?:space)?_?us(?:ed|age)|logsdisk|filesystem|volumebytes|storage_?(?:used|bytes)|endpointdisk|storepercent|bytesusedfor|mem(?:ory)?_?(?:used|util)|inode/i,
    'traffic-drop',
    'filling',
  ],
  [
    /cpu|memory|heap|swap|utili[sz]ation|(?<!down|up)load|evictions|connections|(?<!active|new)connection_?count|iolimit|portallocation|pressure|capacityunits|databasecapacity|ocu$|kpus|iops|queuelength|queue$|percentused|percentusage|wraparound|transactionids/i,
    'traffic-drop',
    'saturated',
  ],
  [/cost|spend|spent|charges|dollars|usd$/i, 'traffic-drop', 'cost'],
];
