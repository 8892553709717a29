interface MetricShape {
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  /** Names of kinds, outcomes and operations; never of people, channels, accounts or incidents. */
  readonly labels: readonly string[];
  /** Upper bounds in seconds, only of histograms. */
  readonly buckets?: readonly number[];
}

/** Slack waits three seconds for an acknowledgement. */
const ACK = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3] as const;
const STORE = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1] as const;
const CALLS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40] as const;

/** Every metric at `/metrics`. The dashboard and the alert rules in docs/deploy name only these. */
export const METRICS = {
  redthread_build_info: {
    type: 'gauge',
    help: 'Always 1; the versions are in the labels.',
    labels: ['version', 'node'],
  },
  redthread_ready: {
    type: 'gauge',
    help: '1 when the bot can take and record what people do.',
    labels: [],
  },
  redthread_store_up: { type: 'gauge', help: '1 when the store answers.', labels: [] },
  redthread_slack_sockets: {
    type: 'gauge',
    help: 'Open Socket Mode connections; 2 when all is well, none in HTTP mode.',
    labels: [],
  },
  redthread_interactions_total: {
    type: 'counter',
    help: 'Payloads from Slack. silent: never acknowledged, the person saw a warning.',
    labels: ['kind', 'outcome'],
  },
  redthread_ack_seconds: {
    type: 'histogram',
    help: 'From the arrival of a payload to its acknowledgement.',
    labels: ['kind'],
    buckets: ACK,
  },
  redthread_work_total: {
    type: 'counter',
    help: 'Runs of work items. later: put off for a rate limit or an outcome still unknown.',
    labels: ['kind', 'outcome'],
  },
  redthread_work_seconds: {
    type: 'histogram',
    help: 'How long one run of a work item took.',
    labels: ['kind'],
    buckets: CALLS,
  },
  redthread_work_given_up_total: {
    type: 'counter',
    help: 'Work items that this process gave up; each is a line in its thread.',
    labels: ['kind'],
  },
  redthread_work_pending: {
    type: 'gauge',
    help: 'Work items that wait or are held, reminders far ahead among them.',
    labels: [],
  },
  redthread_work_dead: {
    type: 'gauge',
    help: 'Given-up work items that the store still keeps.',
    labels: [],
  },
  redthread_work_lag_seconds: {
    type: 'gauge',
    help: 'How long the next work item has been due; 0 when nothing is.',
    labels: [],
  },
  redthread_incidents_open: {
    type: 'gauge',
    help: 'Open incidents, counted up to 1000.',
    labels: [],
  },
  redthread_aws_calls_total: {
    type: 'counter',
    help: 'Calls to AWS, each with its tries.',
    labels: ['service', 'operation', 'outcome'],
  },
  redthread_aws_throttles_total: {
    type: 'counter',
    help: 'Tries that AWS told to slow down.',
    labels: ['service', 'operation'],
  },
  redthread_aws_call_seconds: {
    type: 'histogram',
    help: 'How long calls to AWS took, tries included.',
    labels: ['service', 'operation'],
    buckets: CALLS,
  },
  redthread_slack_calls_total: {
    type: 'counter',
    help: 'Calls to the Web API. unknown: Slack may or may not have done it.',
    labels: ['method', 'outcome'],
  },
  redthread_slack_call_seconds: {
    type: 'histogram',
    help: 'How long calls to the Web API took.',
    labels: ['method'],
    buckets: CALLS,
  },
  redthread_store_seconds: {
    type: 'histogram',
    help: 'How long the store took.',
    labels: ['operation'],
    buckets: STORE,
  },
  redthread_store_errors_total: {
    type: 'counter',
    help: 'Requests that the store did not carry out, or may not have.',
    labels: ['operation', 'code'],
  },
  process_cpu_seconds_total: {
    type: 'counter',
    help: 'Processor time, user and system.',
    labels: [],
  },
  process_resident_memory_bytes: { type: 'gauge', help: 'Resident memory.', labels: [] },
  process_start_time_seconds: {
    type: 'gauge',
    help: 'When the process started, in seconds since 1970.',
    labels: [],
  },
  nodejs_eventloop_lag_p99_seconds: {
    type: 'gauge',
    help: 'How late timers ran since the last look, 99th percentile.',
    labels: [],
  },
} as const satisfies Readonly<Record<string, MetricShape>>;

export type MetricName = keyof typeof METRICS;
