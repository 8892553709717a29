import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AwsReplayCall } from './call-journal.ts';
import { createCallers } from './callers.ts';
import type { DeliveryLagMs } from './cloudtrail/delivery-lag.ts';
import { measuredLagMs } from './cloudtrail/delivery-lag.ts';
import { type Alarm, allAlarms } from './cloudwatch/alarm-data.ts';
import type { AlarmState } from './cloudwatch/set-alarm-state.ts';
import { setAlarmState } from './cloudwatch/set-alarm-state.ts';
import type { AwsFaults } from './faults.ts';
import { createFaultPlan } from './faults.ts';
import type { Handler } from './handle-request.ts';
import { createHandler } from './handle-request.ts';
import { type Replay, readIncidentFolder, replayFolder } from './incident-folder.ts';
import { createPageTokens } from './page-token.ts';
import { createRateLimits } from './rate-limits.ts';
import { sendReply } from './send-reply.ts';
import { alarmEvent } from './sqs/alarm-event.ts';
import { createQueues, type ReplayQueue, type ReplayQueues } from './sqs/queues.ts';
import type { ReplayStore } from './stores/kept-records.ts';
import type { RoleRules } from './sts/sts.ts';

/** The key id that a replay knows unless told others: the one AWS's documentation uses. */
export const REPLAY_ACCESS_KEY_ID = 'AKIAIOSFODNN7EXAMPLE';

export interface AwsReplayOptions {
  /** Loopback only; 0 or nothing takes a free one. */
  readonly port?: number;
  /** Holds incident.json, events.jsonl(.gz), alarms.json and, if there are any, history.json and metrics.json. */
  readonly folder: string;
  readonly nowMs?: () => number;
  /** LookupEvents per second, account and Region. */
  readonly lookupsPerSecond?: number;
  /** Call to visibility, fixed or by event id; 0 turns it off. As measured on AWS by default. */
  readonly deliveryLagMs?: DeliveryLagMs;
  /** Every n-th page with events left comes empty, with a token; 0 for never. */
  readonly emptyPageEvery?: number;
  /** Access key id to account; the example key and the folder's account by default. */
  readonly accounts?: Readonly<Record<string, string>>;
  /** Roles that can be assumed; without it, any role of any account. */
  readonly roles?: RoleRules;
  /** CloudWatch log groups that CloudTrail writes to, by name; none by default. */
  readonly logGroups?: Readonly<Record<string, ReplayStore>>;
  /** Event data stores of CloudTrail Lake, by id; none by default. */
  readonly eventDataStores?: Readonly<Record<string, ReplayStore>>;
  /** Queues of SQS in the folder's account, by name; none by default. */
  readonly queues?: Readonly<Record<string, ReplayQueue>>;
  /** Which of them alarms are announced in; none by default. */
  readonly alarmQueue?: string;
}

export interface AwsReplay {
  readonly endpointUrl: string;
  /** Calls answered so far, oldest first; the latest 2,000 are kept. */
  readonly calls: readonly AwsReplayCall[];
  readonly faults: AwsFaults;
  readonly queues: ReplayQueues;
  /**
   * Starts the folder afresh with its `at` on this moment, to the minute below: datapoints stay on
   * whole minutes, as CloudWatch has them. States set by hand are forgotten.
   */
  moveTo(atMs: number): void;
  /** Milliseconds from the folder's own times to the replayed ones. */
  shiftMs(): number;
  /** Also announced in `alarmQueue`, if there is one. */
  setAlarmState(name: string, state: AlarmState, reason: string): void;
  /** Puts the alarm's present state into `alarmQueue`, as EventBridge does when it has changed. */
  announceAlarm(name: string): void;
  resetLimits(): void;
  close(): Promise<void>;
}

const LOOKUPS_PER_SECOND_DEFAULT = 2;
const MINUTE_MS = 60_000;

/** Serves an incident folder as CloudTrail, CloudWatch, its Logs and STS on one loopback endpoint. */
export async function startAwsReplay(options: AwsReplayOptions): Promise<AwsReplay> {
  const nowMs = options.nowMs ?? Date.now;
  const folder = readIncidentFolder(options.folder);
  const plan = createFaultPlan();
  const limits = createRateLimits(options.lookupsPerSecond ?? LOOKUPS_PER_SECOND_DEFAULT, nowMs);
  const shiftTo = (atMs: number) => Math.floor((atMs - folder.atMs) / MINUTE_MS) * MINUTE_MS;
  let shiftMs = shiftTo(nowMs());
  let replay = replayFolder(folder, shiftMs);
  let endpointUrl = '';
  const queues = createQueues({
    queues: options.queues ?? {},
    account: folder.account,
    endpointUrl: () => endpointUrl,
    nowMs,
  });
  const handler = createHandler({
    replay: () => replay,
    home: folder,
    nowMs,
    callers: createCallers(options.accounts ?? { [REPLAY_ACCESS_KEY_ID]: folder.account }, nowMs),
    roles: options.roles ?? null,
    limits,
    plan,
    tokens: createPageTokens(),
    deliveryLagMs: options.deliveryLagMs ?? measuredLagMs,
    emptyPageEvery: options.emptyPageEvery ?? 0,
    logGroups: options.logGroups ?? {},
    eventDataStores: options.eventDataStores ?? {},
    queueOperations: queues.operations,
  });
  const announce = (name: string, previousState: string): void => {
    if (options.alarmQueue === undefined) return;
    queues.outside.send(options.alarmQueue, alarmEvent(findAlarm(replay, name), previousState));
  };
  const server = createServer((request, response) => {
    const hold = (body: string, signal: AbortSignal) =>
      queues.untilReceivable(request.headers, body, signal);
    void serve(handler, request, response, hold);
  });
  const port = await listen(server, options.port ?? 0);
  endpointUrl = `http://127.0.0.1:${port}`;
  return {
    endpointUrl,
    queues: queues.outside,
    calls: handler.calls,
    faults: plan.faults,
    moveTo(atMs) {
      shiftMs = shiftTo(atMs);
      replay = replayFolder(folder, shiftMs);
    },
    shiftMs: () => shiftMs,
    setAlarmState(name, state, reason) {
      const before = findAlarm(replay, name).StateValue;
      replay = { ...replay, alarms: setAlarmState(replay.alarms, name, state, reason, nowMs()) };
      announce(name, before);
    },
    announceAlarm: (name) => announce(name, 'OK'),
    resetLimits: limits.reset,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function findAlarm({ alarms }: Replay, name: string): Alarm {
  const alarm = allAlarms(alarms).find(({ AlarmName }) => AlarmName === name);
  if (alarm === undefined) throw new Error(`No alarm is named ${name}`);
  return alarm;
}

const BODY_BYTES_MAX = 1_000_000;

async function serve(
  handler: Handler,
  request: IncomingMessage,
  response: ServerResponse,
  hold: (body: string, signal: AbortSignal) => Promise<void>,
) {
  try {
    const body = await readBody(request);
    if (body === null) {
      response.writeHead(413).end();
      return;
    }
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    await hold(body, gone.signal);
    // Nobody is there any more: what is answered now would be lost.
    if (gone.signal.aborted) return;
    const { reply, transport } = await handler.answer(request.headers, body);
    await sendReply(response, reply, transport);
  } catch (error) {
    // A client that went away, or a defect of the replay: said to the caller, never swallowed.
    if (!response.headersSent) response.writeHead(500);
    response.end(String(error));
  }
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const buffer = Buffer.from(chunk);
    bytes += buffer.length;
    if (bytes > BODY_BYTES_MAX) return null;
    chunks.push(buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}
