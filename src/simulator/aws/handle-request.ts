import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { AwsFailure } from './aws-failure.ts';
import type { AwsReplayCall } from './call-journal.ts';
import { createCallJournal } from './call-journal.ts';
import type { Caller, Callers } from './callers.ts';
import type { DeliveryLagMs } from './cloudtrail/delivery-lag.ts';
import { lookupEvents } from './cloudtrail/lookup-events.ts';
import { describeAlarmContributors } from './cloudwatch/describe-alarm-contributors.ts';
import { describeAlarmHistory } from './cloudwatch/describe-alarm-history.ts';
import { describeAlarms } from './cloudwatch/describe-alarms.ts';
import { getMetricData } from './cloudwatch/get-metric-data.ts';
import { getMetricWidgetImage } from './cloudwatch/get-metric-widget-image.ts';
import { listTagsForResource } from './cloudwatch/list-tags-for-resource.ts';
import type { FaultPlan, Transport } from './faults.ts';
import type { Replay } from './incident-folder.ts';
import type { PageTokens } from './page-token.ts';
import type { AwsRequest, HttpReply, ServiceName } from './protocols.ts';
import { failureReply, okReply, readRequest, unknownOperation } from './protocols.ts';
import type { RateLimits } from './rate-limits.ts';
import type { ReplayStore } from './stores/kept-records.ts';
import { createStoreOperations } from './stores/store-operations.ts';
import type { RoleRules } from './sts/sts.ts';
import { assumeRole, getCallerIdentity } from './sts/sts.ts';

export interface ReplayWorld {
  readonly replay: () => Replay;
  readonly home: { readonly account: string; readonly region: string };
  readonly nowMs: () => number;
  readonly callers: Callers;
  readonly roles: RoleRules | null;
  readonly limits: RateLimits;
  readonly plan: FaultPlan;
  readonly tokens: PageTokens;
  readonly deliveryLagMs: DeliveryLagMs;
  readonly emptyPageEvery: number;
  /** By name. */
  readonly logGroups: Readonly<Record<string, ReplayStore>>;
  /** What queues of SQS serve, by service and operation. */
  readonly queueOperations: Readonly<
    Record<string, (caller: Caller, parameters: unknown) => object>
  >;
  /** By id. */
  readonly eventDataStores: Readonly<Record<string, ReplayStore>>;
}

export interface Answer {
  readonly reply: HttpReply;
  readonly transport: Transport | null;
}

export interface Handler {
  readonly calls: readonly AwsReplayCall[];
  answer(headers: IncomingHttpHeaders, body: string): Promise<Answer>;
}

const nobody = { account: '', region: '', arn: '' };

/** Answers requests as AWS would and keeps the journal: who is told apart first, then what. */
export function createHandler(world: ReplayWorld): Handler {
  const journal = createCallJournal();
  const operate = createOperations(world);
  return {
    calls: journal.calls,
    async answer(headers, body) {
      let request: AwsRequest = { service: guessService(headers), operation: '', parameters: {} };
      let caller: Pick<Caller, 'account' | 'region' | 'arn'> = nobody;
      let transport: Transport | null = null;
      const requestId = randomUUID();
      const note = (status: number) => {
        const { account, region, arn } = caller;
        const atMs = world.nowMs();
        journal.write({ ...request, account, region, caller: arn, status, atMs });
      };
      try {
        request = readRequest(headers, body);
        const known = world.callers.identify(headers);
        caller = known;
        transport = world.plan.strike({ ...request, ...known }, known.arn);
        world.limits.take(request.operation, known.account, known.region);
        const reply = okReply(request, await operate(request, known), requestId);
        note(transport === null || transport.kind === 'slow' ? reply.status : 0);
        return { reply, transport };
      } catch (error) {
        if (!(error instanceof AwsFailure)) throw error;
        const reply = failureReply(request.service, error, requestId);
        note(reply.status);
        return { reply, transport };
      }
    },
  };
}

/** JSON results are objects, STS results XML text; a picture takes its time. */
function createOperations(world: ReplayWorld) {
  let pagesLeft = world.emptyPageEvery;
  const emptyPage = () => {
    if (world.emptyPageEvery === 0) return false;
    pagesLeft -= 1;
    if (pagesLeft > 0) return false;
    pagesLeft = world.emptyPageEvery;
    return true;
  };
  const history = {
    records: () => world.replay().records,
    nowMs: world.nowMs,
    deliveryLagMs: world.deliveryLagMs,
    tokens: world.tokens,
    emptyPage,
  };
  const stored = {
    ...createStoreOperations({ ...world, records: history.records }),
    ...world.queueOperations,
  };
  return (
    { service, operation, parameters }: AwsRequest,
    caller: Caller,
  ): object | string | Promise<object> => {
    const { alarms } = world.replay();
    const { tokens, home, callers, roles } = world;
    const name = `${service}.${operation}`;
    if (Object.hasOwn(stored, name)) return stored[name]?.(caller, parameters) ?? {};
    switch (name) {
      case 'cloudtrail.LookupEvents':
        return lookupEvents(history, caller, parameters);
      case 'cloudwatch.DescribeAlarms':
        return describeAlarms(alarms, tokens, caller, parameters);
      case 'cloudwatch.DescribeAlarmContributors':
        return describeAlarmContributors(alarms, tokens, caller, parameters);
      case 'cloudwatch.ListTagsForResource':
        return listTagsForResource(alarms, caller, parameters);
      case 'cloudwatch.DescribeAlarmHistory':
        return describeAlarmHistory(alarms, tokens, caller, home, parameters);
      case 'cloudwatch.GetMetricData':
        return getMetricData({ data: alarms, tokens, nowMs: world.nowMs() }, caller, parameters);
      case 'cloudwatch.GetMetricWidgetImage':
        return getMetricWidgetImage({ data: alarms, nowMs: world.nowMs() }, caller, parameters);
      case 'sts.GetCallerIdentity':
        return getCallerIdentity(caller);
      case 'sts.AssumeRole':
        return assumeRole(callers, roles, caller, parameters);
      default:
        throw unknownOperation();
    }
  };
}

/** Only for refusals that come before the request could be read. */
function guessService(headers: IncomingHttpHeaders): ServiceName {
  const type = headers['content-type'] ?? '';
  if (type.startsWith('application/x-www-form-urlencoded')) return 'sts';
  return type.includes('json-1.0') ? 'cloudwatch' : 'cloudtrail';
}
