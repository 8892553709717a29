import { parseAlarmMessage } from '../aws/alarm-messages/parse-alarm-message.ts';
import type { AwsClientSettings, AwsClients } from '../aws/clients.ts';
import type { ConsumeDependencies, QueueConsumer } from '../aws/sqs/consume-queue.ts';
import type { AlarmsConfig } from '../config/settle-alarms.ts';
import type { AlarmChange } from '../domain/alarm/alarm-change.ts';
import { routeAlarm } from '../flows/route-alarm.ts';
import { type AlarmOutcome, takeAlarm } from '../flows/take-alarm.ts';
import type { HealthRoute } from '../observe/health.ts';
import type { FlowDependencies, QueueReport } from '../ports.ts';
import { alarmRoute } from './alarm-route.ts';

export interface IntakeDependencies extends FlowDependencies {
  /** Null: alarms open nothing. */
  readonly config: AlarmsConfig | null;
  readonly clientSettings: AwsClientSettings;
  readonly teamId: string;
  readonly poll?: ConsumeDependencies['poll'];
}

/** Where alarms come in: queues that are read once it is started, and requests that are signed. */
export interface AlarmIntake {
  readonly routes: readonly HealthRoute[];
  /** Nothing where there are no queues. */
  health(): { readonly alarmQueues?: readonly QueueReport[] };
  /** What reads queues is loaded now, which nobody has to wait for. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function createAlarmIntake(deps: IntakeDependencies): AlarmIntake {
  const { config, store, clock } = deps;
  const log = deps.log.child({ part: 'alarms' });
  const consumers: QueueConsumer[] = [];
  let clients: AwsClients | null = null;
  const togetherMs = config?.togetherMs ?? 0;
  const take = async (change: AlarmChange): Promise<AlarmOutcome> => {
    const routeOf = (one: AlarmChange) => (config === null ? null : routeAlarm(config, one));
    const outcome = await takeAlarm({ ...deps, log, routeOf, togetherMs }, change);
    // Somebody will look for it: an alarm that no rule names is a mistake more often than a wish.
    if (outcome.kind === 'passed' && outcome.why === 'no-rule') {
      log.warn('no rule says where an alarm goes', {
        alarm: change.name,
        accountId: change.accountId,
        region: change.region,
      });
    }
    return outcome;
  };
  const secret = config?.signingSecret ?? null;
  const topics = config?.topics ?? null;
  const parse = (body: string) => parseAlarmMessage(body, topics);
  return {
    routes: secret === null ? [] : [alarmRoute({ secret, nowMs: clock.nowMs, log, parse, take })],
    health: () =>
      consumers.length === 0 ? {} : { alarmQueues: consumers.map((one) => one.report()) },
    async start() {
      const queues = config?.queues ?? [];
      if (queues.length === 0) return;
      const { createAwsClients } = await import('../aws/clients.ts');
      const { consumeQueue } = await import('../aws/sqs/consume-queue.ts');
      clients = createAwsClients(deps.clientSettings);
      const ready = () => store.ping();
      const parts = { clients, log, take, topics, ready, poll: deps.poll };
      for (const queue of queues) consumers.push(consumeQueue(parts, queue));
    },
    async stop() {
      await Promise.all(consumers.map((one) => one.stop()));
      clients?.close();
    },
  };
}
