import type { Server } from 'node:http';
import type { App } from '@slack/bolt';
import { clientSettingsOf } from './client-settings.ts';
import type { Config } from './config.ts';
import { deleteOldWork } from './flows/delete-old.ts';
import { createWakeSwitch, startWorkers, type Workers } from './flows/run-work.ts';
import { scopeOfChannel } from './flows/scope.ts';
import { createAlarmIntake } from './intake/alarm-intake.ts';
import { type Health, healthRoutes, serveHealth } from './observe/health.ts';
import { createIds } from './observe/ids.ts';
import {
  countInteractions,
  countSlackCalls,
  measureStore,
  measureWork,
  watchAwsCalls,
} from './observe/measure.ts';
import { createMetrics, type Metrics } from './observe/metrics.ts';
import { metricsRoute } from './observe/metrics-route.ts';
import { createNewerWatch, type NewerWatch } from './observe/newer-watch.ts';
import { isPortTrouble, portTrouble } from './observe/port-trouble.ts';
import { createGaugeSampler } from './observe/sample-gauges.ts';
import { SERVER_LIMITS } from './observe/server-limits.ts';
import { readPackage } from './package-facts.ts';
import { startPlaybooks } from './playbooks/start-playbooks.ts';
import type { Logger, Store } from './ports.ts';
import { createAccess } from './slack/access/access.ts';
import { createChannels } from './slack/channels.ts';
import { createSlackClients } from './slack/connect/clients.ts';
import { watchListeners } from './slack/connect/running-listeners.ts';
import {
  connectTrouble,
  createApp,
  createSlackReceiver,
  identify,
  type SlackIdentity,
  type SlackReceiver,
} from './slack/connect/start-slack.ts';
import { createTokenWatch } from './slack/connect/token-watch.ts';
import type { SlackContext } from './slack/context.ts';
import { registerListeners } from './slack/listeners/register.ts';
import { createMemberships } from './slack/memberships.ts';
import { createPeople } from './slack/people.ts';
import { showDeadWork } from './slack/send/show-dead-work.ts';
import { waitingForSlack } from './slack/send/wait-for-slack.ts';
import { createUserGroups } from './slack/user-groups.ts';
import { createStopping } from './stop-bot.ts';
import { openStore } from './store/open-store.ts';
import type { Pauses } from './work-handlers.ts';

const DEFAULT_HTTP_PORT = 3_000;
const TOKEN_RETRY_MS = 15_000;
/** The loop turns several times a second: after this long something holds the whole process. */
const STALLED_MS_MAX = 30_000;

export interface Bot {
  readonly description: string;
  /** What whoever starts it should know about the playbooks. */
  readonly playbookNotes: readonly string[];
  readonly store: Store;
  stop(): Promise<void>;
}

/** Puts the parts together and connects to Slack. */
export async function startBot(config: Config, log: Logger, pauses: Pauses = {}): Promise<Bot> {
  const metrics = createMetrics();
  const newer = createNewerWatch(log);
  const store = measureStore(await openStore(config, log, newer.met), metrics, newer.met);
  try {
    return await startWithStore(config, { log, metrics, newer }, store, pauses);
  } catch (error) {
    await store.close();
    throw error;
  }
}

interface Observed {
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly newer: NewerWatch;
}

async function startWithStore(
  config: Config,
  { log, metrics, newer }: Observed,
  store: Store,
  pauses: Pauses,
): Promise<Bot> {
  const { apiUrl, botToken } = config.slack;
  const { breakOff, ...stopping } = createStopping(log);
  const onCall = countSlackCalls(metrics);
  const clients = createSlackClients({ botToken, apiUrl, log, onCall, breakOff });
  const identity = await identify(clients);
  const wakeSwitch = createWakeSwitch();
  const { playbooks, notes } = startPlaybooks(config.playbooksFolder, log);
  const own = { store, log, clients, playbooks, wakeWorkers: wakeSwitch.wake };
  const context = createContext(config, identity, pauses, own);
  const clientSettings = { ...clientSettingsOf(config), watch: watchAwsCalls(metrics) };
  const alarms = createAlarmIntake({
    ...context,
    config: config.alarms,
    clientSettings,
    teamId: identity.teamId,
    poll: pauses.alarmPoll,
  });
  const health: Health = {
    routes: [...alarms.routes, metricsRoute(metrics, () => gauges.sample())],
    check: async () => {
      const slack = connection.ready() && context.token.works();
      const work = (workers?.stalledMs() ?? 0) < STALLED_MS_MAX;
      const answered = await store.ping().then(
        () => true,
        () => false,
      );
      const ready = slack && answered && work && !stopping.isBegun();
      const beside = newer.lately() ? { newerVersion: true } : {};
      return { ready, slack, store: answered, work, ...beside, ...alarms.health() };
    },
  };
  let workers: Workers | null = null;
  const connection = connect(config, health, { log });
  const { socketCount } = connection;
  const { version } = readPackage();
  const gauges = createGaugeSampler({ ...context, metrics, health, socketCount, version });
  const onInteraction = countInteractions(metrics);
  const { receiver } = connection;
  const app = createApp({ receiver, identity, botToken, apiUrl, log, store, onInteraction });
  const listeners = watchListeners(app);
  registerListeners(app, context);
  if (config.retention.incidentsMs !== null) {
    await store.schedule([deleteOldWork(context.clock.nowMs())], null);
  }
  const healthServer = await startServing(config, health, app);
  // Last, so that a start that fails leaves nothing running.
  const { workHandlers } = await import('./work-handlers.ts');
  const handlers = workHandlers({ config, context, pauses, health, clientSettings });
  const started = startWorkers({
    store,
    log,
    handlers: measureWork(waitingForSlack(handlers, context.token), metrics),
    onDead: (work, reason) => {
      metrics.count('redthread_work_given_up_total', { kind: work.kind });
      return showDeadWork(context, work, reason);
    },
  });
  workers = started;
  wakeSwitch.connect(started);
  await alarms.start();
  return {
    store,
    playbookNotes: notes,
    description: `${identity.teamName}, ${config.redisUrl === null ? 'embedded store' : 'Redis'}, ${placesOf(config)}`,
    stop: async () => {
      await stopping.stop({ app, listeners, alarms, workers: started });
      healthServer?.close();
      healthServer?.closeAllConnections();
      gauges.stop();
      await store.close();
    },
  };
}

/** What listeners and workers share. */
function createContext(
  config: Config,
  { teamId, botUserId }: SlackIdentity,
  pauses: Pauses,
  own: Pick<SlackContext, 'store' | 'log' | 'clients' | 'playbooks' | 'wakeWorkers'>,
): SlackContext {
  const nowMs = pauses.nowMs ?? (() => Date.now());
  const { clients, log } = own;
  const memberships = createMemberships({ clients, log, clock: { nowMs } });
  const people = createPeople({ clients, log, nowMs, teamId });
  const channels = createChannels({ clients, log, memberships });
  const groups = createUserGroups({ clients, log, nowMs });
  return {
    ...own,
    clock: { nowMs },
    ids: createIds(),
    memberships,
    channels,
    groups,
    access: createAccess({ policy: config.access, people, channels, groups, nowMs }),
    scopeOf: (channelId) => scopeOfChannel(config, channelId),
    people,
    token: createTokenWatch({ log, retryMs: pauses.tokenRetryMs ?? TOKEN_RETRY_MS }),
    apiUrl: config.slack.apiUrl,
    consoleUrl: config.consoleUrl,
    approval: config.approval,
    webhooks: config.webhooks?.targets ?? [],
    botUserId,
  };
}

/** Listens for health checks where it was asked to, and connects. A start that fails leaves nothing behind. */
async function startServing(config: Config, health: Health, app: App): Promise<Server | null> {
  const { port, bindHost: host, slack } = config;
  let server: Server | null = null;
  try {
    if (slack.connection.kind === 'http') {
      await app.start({ port: port ?? DEFAULT_HTTP_PORT, host }, SERVER_LIMITS);
      return null;
    }
    if (port !== null) server = await serveHealth(health, { port, host });
    await app.start();
    return server;
  } catch (error) {
    server?.close();
    throw isPortTrouble(error) ? portTrouble(error) : connectTrouble(error);
  }
}

function connect(config: Config, health: Health, deps: { readonly log: Logger }): SlackReceiver {
  const { connection, apiUrl } = config.slack;
  if (connection.kind === 'socket') {
    return createSlackReceiver({ kind: 'socket', appToken: connection.appToken, apiUrl }, deps);
  }
  const port = config.port ?? DEFAULT_HTTP_PORT;
  const routes = healthRoutes(health);
  return createSlackReceiver(
    { kind: 'http', signingSecret: connection.signingSecret, port, routes },
    deps,
  );
}

function placesOf({ accounts, regions }: Config): string {
  const names = accounts.map(({ name }) => name);
  return names.length === 0 ? regions.join(' + ') : `accounts ${names.join(', ')}`;
}
