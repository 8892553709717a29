import type { Server } from 'node:http';
import type { App } from '@slack/bolt';
import { type AwsClientSettings, createAwsClients } from './aws/clients.ts';
import { createActivitySource } from './aws/cloudtrail/activity-source.ts';
import { checkOwnAccount } from './aws/cloudtrail/own-account.ts';
import { createCachedActivity } from './aws/cloudtrail/window-cache.ts';
import { createAlarmSource } from './aws/cloudwatch/alarm-source.ts';
import { createMetricSource } from './aws/cloudwatch/metric-source.ts';
import { createPictureSource } from './aws/cloudwatch/picture-source.ts';
import { createKeptSearch, type KeptSearchDependencies } from './aws/kept-searches.ts';
import { createLakeSource } from './aws/lake/lake-source.ts';
import { createLogsSource } from './aws/logs/logs-source.ts';
import type { Config } from './config.ts';
import { actOnIncident } from './flows/act-on-incident.ts';
import { answerTrail } from './flows/answer-trail.ts';
import { choosePlaybookAgain } from './flows/choose-playbook.ts';
import { createEventHistory } from './flows/event-history.ts';
import { gatherEvidence } from './flows/gather-evidence.ts';
import { rankAgain, scheduleDeeper } from './flows/rank-again.ts';
import type { AskTrail } from './flows/read-call.ts';
import { recallSimilar } from './flows/recall-similar.ts';
import { createWakeSwitch, startWorkers, type WorkHandlers } from './flows/run-work.ts';
import { scopeOfChannel } from './flows/scope.ts';
import { lookAgainAtChanges, scheduleNextLook } from './flows/second-look-evidence.ts';
import { watchAlarms } from './flows/watch-alarms.ts';
import { createGraphPainter } from './graphs/painter.ts';
import { createAlarmIntake, type IntakeDependencies } from './intake/alarm-intake.ts';
import { type Health, healthRoutes, serveHealth } from './observe/health.ts';
import { createIds } from './observe/ids.ts';
import { isPortTrouble, portTrouble } from './observe/port-trouble.ts';
import { startPlaybooks } from './playbooks/start-playbooks.ts';
import type { EventStoreSettings, Logger, Store, TrailSource } from './ports.ts';
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
import { createPeople } from './slack/people.ts';
import { graphAfterWork, graphWork } from './slack/send/graph-worker.ts';
import { prepareInquiry } from './slack/send/prepare-inquiry.ts';
import { publishWork } from './slack/send/publish-worker.ts';
import { pursueInquiry } from './slack/send/pursue-inquiry.ts';
import { renderWork } from './slack/send/render-worker.ts';
import { showDeadWork } from './slack/send/show-dead-work.ts';
import { deliverTrail } from './slack/send/trail-worker.ts';
import type { TrailPauses } from './slack/send/watch-lookup.ts';
import { trailRecordsCodec } from './store/codec.ts';
import { createMintMemory } from './store/mint-memory.ts';
import { openStore } from './store/open-store.ts';

const DEFAULT_HTTP_PORT = 3_000;
const STOP_GRACE_MS = 8_000;

const TOKEN_RETRY_MS = 15_000;
const WATCH_EVERY_MS = 60_000;

/** How long the bot waits before it looks again; shorter ones are for tests. */
export interface Pauses extends TrailPauses {
  readonly unknownOutcomeWaitMs?: number;
  readonly tokenRetryMs?: number;
  /** How long somebody who was asked about a call may take before the asker hears of it. */
  readonly answerWaitMs?: number;
  readonly alarmPoll?: IntakeDependencies['poll'];
  /** How long what CloudTrail may still add to is answered from memory. */
  readonly freshMs?: number;
  /** How long alarms must stay OK after a fix, and how often they are looked at. */
  readonly watchMs?: number;
  readonly watchEveryMs?: number;
}

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
  const nowMs = () => Date.now();
  const { apiUrl, botToken } = config.slack;
  const clients = createSlackClients({ botToken, apiUrl, log });
  const identity = await identify(clients);
  const wakeSwitch = createWakeSwitch();
  const { playbooks, notes } = startPlaybooks(config.playbooksFolder, log);
  const context: SlackContext = {
    store,
    clock: { nowMs },
    ids: createIds(),
    log,
    wakeWorkers: wakeSwitch.wake,
    clients,
    people: createPeople({ clients, log, nowMs, teamId: identity.teamId }),
    token: createTokenWatch({ log, retryMs: pauses.tokenRetryMs ?? TOKEN_RETRY_MS }),
    apiUrl,
    consoleUrl: config.consoleUrl,
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
    handlers: workHandlers(config, context, pauses),
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

function workHandlers(config: Config, context: SlackContext, pauses: Pauses): WorkHandlers {
  const clients = createAwsClients(clientSettingsOf(config));
  const deps = { clients, store: context.store, log: context.log, nowMs: context.clock.nowMs };
  const ownAccount = ownAccountOf(config);
  const scope = `${config.credentialsMark} ${ownAccount ?? ''}`;
  const cache = { ...deps, records: trailRecordsCodec, scope };
  const activity = createCachedActivity({
    ...cache,
    freshMs: pauses.freshMs,
    // Inside: a record that was kept must not vouch for the account.
    activity: checkOwnAccount(createActivitySource(deps), ownAccount),
  });
  const alarms = createAlarmSource(deps);
  const metrics = createMetricSource(deps);
  const pictures = createPictureSource({ ...deps, clock: context.clock });
  const painter = createGraphPainter();
  const scopeOf = (channelId: string) => scopeOfChannel(config, channelId);
  const aws = { ...context, activity, alarms, scopeOf, act: actOnIncident };
  const graphs = { ...aws, ...pauses, metrics, pictures, painter };
  const mints = createMintMemory(context);
  const sources: readonly [TrailSource, ...TrailSource[]] = [
    createEventHistory(activity),
    ...config.logs.map((row) => keptSearch(cache, createLogsSource(deps, row), row)),
    ...config.lake.map((row) => keptSearch(cache, createLakeSource(deps, row), row)),
  ];
  const trail = { ...aws, sources, mints };
  const ask: AskTrail = (work, signal) => answerTrail(trail, work, signal);
  return {
    render: (work) => renderWork({ ...context, ...pauses, nowMs: context.clock.nowMs }, work),
    gather: async (work, signal) => {
      if (work.look > 0) await lookAgainAtChanges(aws, work, signal);
      else {
        await gatherEvidence(aws, work, signal);
        await choosePlaybookAgain(context, work.incidentId);
        await scheduleDeeper(context, work);
      }
      await scheduleNextLook(context, work, pauses.lookDelaysMs);
      return { kind: 'done' };
    },
    graph: (work, signal) => graphWork(graphs, work, signal),
    'graph-after': (work, signal) => graphAfterWork(graphs, work, signal),
    rank: (work, signal) => rankAgain(aws, work, signal),
    publish: (work) => publishWork(context, work),
    watch: ({ incidentId }, signal) =>
      watchAlarms({ ...aws, ...watchTimes(config, pauses) }, incidentId, signal),
    recall: async ({ incidentId }) => {
      await recallSimilar(context, incidentId);
      return { kind: 'done' };
    },
    'answer-trail': (work, signal) =>
      deliverTrail(
        context,
        work,
        (inTime, onProgress) => answerTrail({ ...trail, onProgress }, work, inTime),
        { stop: signal, pauses },
      ),
    'prepare-inquiry': (work, signal) => prepareInquiry({ ...context, ask }, work, signal),
    'pursue-inquiry': (work, signal) => pursueInquiry({ ...context, ...pauses, ask }, work, signal),
  };
}

/** Every search in one costs money; what was found there is found in no other. */
function keptSearch(
  cache: KeptSearchDependencies,
  source: TrailSource,
  settings: EventStoreSettings,
): TrailSource {
  return createKeptSearch(source, {
    ...cache,
    scope: JSON.stringify([cache.scope, source.reach.id, settings]),
  });
}

function watchTimes({ watchMs }: Config, pauses: Pauses) {
  return {
    watchMs: pauses.watchMs ?? watchMs,
    watchEveryMs: pauses.watchEveryMs ?? WATCH_EVERY_MS,
  };
}

function placesOf({ accounts, regions }: Config): string {
  const names = accounts.map(({ name }) => name);
  return names.length === 0 ? regions.join(' + ') : `accounts ${names.join(', ')}`;
}

function ownAccountOf({ accounts }: Config): string | null {
  return accounts.find(({ role }) => role === null)?.accountId ?? null;
}

/** Accounts without a role are asked with the bot's own credentials. */
function clientSettingsOf({ accounts, regions: [homeRegion] }: Config): AwsClientSettings {
  const roles = new Map(
    accounts.flatMap(({ accountId, role }) => (role === null ? [] : [[accountId, role] as const])),
  );
  return { roles, ...(homeRegion !== undefined && { homeRegion }) };
}
