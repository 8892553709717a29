import type { Server } from 'node:http';
import type { App } from '@slack/bolt';
import type { Config } from './config.ts';
import { createWakeSwitch, startWorkers } from './flows/run-work.ts';
import { scopeOfChannel } from './flows/scope.ts';
import { createAlarmIntake } from './intake/alarm-intake.ts';
import { type Health, healthRoutes, serveHealth } from './observe/health.ts';
import { createIds } from './observe/ids.ts';
import { isPortTrouble, portTrouble } from './observe/port-trouble.ts';
import { startPlaybooks } from './playbooks/start-playbooks.ts';
import type { Logger, Store } from './ports.ts';
import { createAccess } from './slack/access/access.ts';
import { createChannels } from './slack/channels.ts';
import { createSlackClients } from './slack/connect/clients.ts';
import {
  connectTrouble,
  createApp,
  createSlackReceiver,
  identify,
  type SlackReceiver,
} from './slack/connect/start-slack.ts';
import { createTokenWatch } from './slack/connect/token-watch.ts';
import type { SlackContext } from './slack/context.ts';
import { registerListeners } from './slack/listeners/register.ts';
import { createMemberships } from './slack/memberships.ts';
import { createPeople } from './slack/people.ts';
import { showDeadWork } from './slack/send/show-dead-work.ts';
import { createUserGroups } from './slack/user-groups.ts';
import { openStore } from './store/open-store.ts';
import { clientSettingsOf, type Pauses, workHandlers } from './work-handlers.ts';

const DEFAULT_HTTP_PORT = 3_000;
const STOP_GRACE_MS = 8_000;

const TOKEN_RETRY_MS = 15_000;

export interface Bot {
  readonly description: string;
  /** What whoever starts it should know about the playbooks. */
  readonly playbookNotes: readonly string[];
  readonly store: Store;
  stop(): Promise<void>;
}

/** Puts the parts together and connects to Slack. */
export async function startBot(config: Config, log: Logger, pauses: Pauses = {}): Promise<Bot> {
  const store = await openStore(config, log);
  try {
    return await startWithStore(config, log, store, pauses);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function startWithStore(
  config: Config,
  log: Logger,
  store: Store,
  pauses: Pauses,
): Promise<Bot> {
  const nowMs = pauses.nowMs ?? (() => Date.now());
  const { apiUrl, botToken } = config.slack;
  const clients = createSlackClients({ botToken, apiUrl, log });
  const identity = await identify(clients);
  const wakeSwitch = createWakeSwitch();
  const memberships = createMemberships({ clients, log, clock: { nowMs } });
  const { playbooks, notes } = startPlaybooks(config.playbooksFolder, log);
  const people = createPeople({ clients, log, nowMs, teamId: identity.teamId });
  const channels = createChannels({ clients, log, memberships });
  const groups = createUserGroups({ clients, log, nowMs });
  const context: SlackContext = {
    store,
    clock: { nowMs },
    ids: createIds(),
    log,
    wakeWorkers: wakeSwitch.wake,
    clients,
    memberships,
    channels,
    groups,
    access: createAccess({ policy: config.access, people, channels, groups, nowMs }),
    scopeOf: (channelId) => scopeOfChannel(config, channelId),
    people,
    token: createTokenWatch({ log, retryMs: pauses.tokenRetryMs ?? TOKEN_RETRY_MS }),
    apiUrl,
    consoleUrl: config.consoleUrl,
    approval: config.approval,
    webhooks: config.webhooks?.targets ?? [],
    botUserId: identity.botUserId,
    playbooks,
  };
  const alarms = createAlarmIntake({
    ...context,
    config: config.alarms,
    clientSettings: clientSettingsOf(config),
    teamId: identity.teamId,
    poll: pauses.alarmPoll,
  });
  const health: Health = {
    routes: alarms.routes,
    check: async () => {
      const slack = connection.ready() && context.token.works();
      const answered = await store.ping().then(
        () => true,
        () => false,
      );
      return { ready: slack && answered, slack, store: answered, ...alarms.health() };
    },
  };
  const connection = connect(config, health, { log });
  const app = createApp({ receiver: connection.receiver, identity, botToken, apiUrl, log });
  registerListeners(app, context);
  const healthServer = await startServing(config, health, app);
  // Last, so that a start that fails leaves nothing running.
  const workers = startWorkers({
    store,
    log,
    handlers: workHandlers({ config, context, pauses, health }),
    onDead: (work, reason) => showDeadWork(context, work, reason),
  });
  wakeSwitch.connect(workers);
  alarms.start();
  return {
    store,
    playbookNotes: notes,
    description: `${identity.teamName}, ${config.redisUrl === null ? 'embedded store' : 'Redis'}, ${placesOf(config)}`,
    stop: async () => {
      await alarms.stop();
      await app.stop();
      healthServer?.close();
      await workers.stop(STOP_GRACE_MS);
      await store.close();
    },
  };
}

/** Listens for health checks where it was asked to, and connects. A start that fails leaves nothing behind. */
async function startServing(config: Config, health: Health, app: App): Promise<Server | null> {
  const { port, slack } = config;
  let server: Server | null = null;
  try {
    if (slack.connection.kind === 'socket' && port !== null) {
      server = await serveHealth(health, port);
    }
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
