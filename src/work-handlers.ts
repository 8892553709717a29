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
import type { NudgeSettings } from './domain/incident/nudging.ts';
import { actOnIncident } from './flows/act-on-incident.ts';
import { answerTrail } from './flows/answer-trail.ts';
import { beginWindow } from './flows/begin-window.ts';
import { choosePlaybookAgain } from './flows/choose-playbook.ts';
import { deleteOld } from './flows/delete-old.ts';
import { deliverWebhook } from './flows/deliver-webhook.ts';
import { createEventHistory } from './flows/event-history.ts';
import { gatherEvidence } from './flows/gather-evidence.ts';
import { lookForTest } from './flows/look-for-test.ts';
import { type NudgeDependencies, nudgePeople } from './flows/nudge-people.ts';
import { rankAgain, scheduleDeeper } from './flows/rank-again.ts';
import type { AskTrail } from './flows/read-call.ts';
import { type FixDependencies, readFix, scheduleNextFixLook } from './flows/read-fix.ts';
import { recallSimilar } from './flows/recall-similar.ts';
import { refreshHomeOf } from './flows/refresh-home.ts';
import { reportConnections } from './flows/report-connections.ts';
import type { WorkHandlers } from './flows/run-work.ts';
import { scopeOfChannel } from './flows/scope.ts';
import { lookAgainAtChanges, scheduleNextLook } from './flows/second-look-evidence.ts';
import { watchAlarms } from './flows/watch-alarms.ts';
import { createTargetWatch } from './flows/watch-targets.ts';
import { createGraphPainter } from './graphs/painter.ts';
import type { IntakeDependencies } from './intake/alarm-intake.ts';
import type { Health } from './observe/health.ts';
import type { EventStoreSettings, TrailSource } from './ports.ts';
import type { SlackContext } from './slack/context.ts';
import { briefWork } from './slack/send/brief-worker.ts';
import { graphAfterWork, graphWork } from './slack/send/graph-worker.ts';
import { type HomeWorkContext, homeWork } from './slack/send/home-worker.ts';
import { lastTalk } from './slack/send/last-talk.ts';
import { leaveChannel } from './slack/send/leave-channel.ts';
import { prepareInquiry } from './slack/send/prepare-inquiry.ts';
import { publishWork } from './slack/send/publish-worker.ts';
import { pursueInquiry } from './slack/send/pursue-inquiry.ts';
import { renderWork } from './slack/send/render-worker.ts';
import { deliverTrail } from './slack/send/trail-worker.ts';
import { sendTrend } from './slack/send/trend-worker.ts';
import type { TrailPauses } from './slack/send/watch-lookup.ts';
import { withdrawDocuments } from './slack/send/withdraw-documents.ts';
import { trailRecordsCodec } from './store/codec.ts';
import { createMintMemory } from './store/mint-memory.ts';
import { createWebhookPoster } from './webhooks/post-webhook.ts';

const WATCH_EVERY_MS = 60_000;
/** Who gives an urgent incident up is missed this late. */
const NUDGE_EVERY_MS = 5 * 60_000;

/** How long the bot waits before it looks again, and its clock; others than its own are for tests. */
export interface Pauses extends TrailPauses {
  /** What everything that is recorded is dated by. */
  readonly nowMs?: () => number;
  readonly unknownOutcomeWaitMs?: number;
  readonly tokenRetryMs?: number;
  /** How long somebody who was asked about a call may take before the asker hears of it. */
  readonly answerWaitMs?: number;
  readonly alarmPoll?: IntakeDependencies['poll'];
  /** How long what CloudTrail may still add to is answered from memory. */
  readonly freshMs?: number;
  /** Between two lookups for the same account and Region. */
  readonly lookupSpacingMs?: number;
  /** How long alarms must stay OK after a fix, and how often they are looked at. */
  readonly watchMs?: number;
  readonly watchEveryMs?: number;
  /** When people are reminded, and how often it is looked at. */
  readonly nudges?: NudgeSettings;
  readonly nudgeEveryMs?: number;
}

export interface HandlerDependencies {
  readonly config: Config;
  readonly context: SlackContext;
  readonly pauses: Pauses;
  readonly health: Health;
  readonly clientSettings: AwsClientSettings;
}

/** What does each kind of work, put together from the parts. */
export function workHandlers(parts: HandlerDependencies): WorkHandlers {
  const { config, context, pauses, health } = parts;
  const clients = createAwsClients(parts.clientSettings);
  const deps = { clients, store: context.store, log: context.log, nowMs: context.clock.nowMs };
  const ownAccount = ownAccountOf(config);
  const targets = createTargetWatch(context.clock);
  const scope = `${config.credentialsMark} ${ownAccount ?? ''}`;
  const cache = { ...deps, records: trailRecordsCodec, scope };
  const activity = createCachedActivity({
    ...cache,
    freshMs: pauses.freshMs,
    // Inside: a record that was kept must not vouch for the account.
    activity: targets.activity(
      checkOwnAccount(createActivitySource({ ...deps, ...pauses }), ownAccount),
    ),
  });
  const alarms = targets.alarms(createAlarmSource(deps));
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
  const connections: HomeWorkContext['connections'] = async (channelIds) =>
    reportConnections({
      health: await health.check(),
      storeName: config.redisUrl === null ? 'Embedded store' : 'Redis',
      answersOf: targets.answersOf,
      scopes: [...(channelIds ?? [])].map(scopeOf),
    });
  return {
    render: renderHandler(parts),
    home: (work) => homeWork({ ...context, connections }, work),
    'send-trend': (work) => sendTrend({ ...context, painter }, work),
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
    'look-for-test': async (work, signal) => {
      await lookForTest({ ...aws, ask }, work, signal);
      return { kind: 'done' };
    },
    ...planHandlers(aws, pauses),
    'deliver-webhook': webhookHandler(parts),
    'leave-channel': (work) => leaveChannel({ ...context, ...pauses }, work),
    publish: (work) => publishWork({ ...context, ...pauses }, work),
    'withdraw-documents': (work) => withdrawDocuments({ ...context, ...pauses }, work),
    watch: ({ incidentId }, signal) =>
      watchAlarms({ ...aws, ...watchTimes(config, pauses) }, incidentId, signal),
    ...recordHandlers(parts),
    nudge: ({ incidentId }) => nudgePeople(nudgeParts(parts), incidentId),
    brief: (work) => briefWork({ ...context, ...pauses }, work),
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

function renderHandler({ config, context, pauses }: HandlerDependencies): WorkHandlers['render'] {
  const { broadcasts } = config;
  return async (work) => {
    const deps = { ...context, ...pauses, broadcasts, nowMs: context.clock.nowMs };
    const outcome = await renderWork(deps, work);
    await refreshHomeOf(context, work.incidentId);
    return outcome;
  };
}

function planHandlers(
  deps: FixDependencies,
  { lookDelaysMs }: Pauses,
): Pick<WorkHandlers, 'begin-window' | 'read-fix'> {
  return {
    'begin-window': async (work) => {
      await beginWindow(deps, work);
      return { kind: 'done' };
    },
    'read-fix': async (work, signal) => {
      await readFix(deps, work, signal);
      await scheduleNextFixLook(deps, work, lookDelaysMs);
      return { kind: 'done' };
    },
  };
}

/** What is done with the record itself. Where all is kept for ever, what was scheduled before is dropped. */
function recordHandlers({
  config,
  context,
}: HandlerDependencies): Pick<WorkHandlers, 'delete-old' | 'recall'> {
  const { incidentsMs } = config.retention;
  return {
    'delete-old': async (_work, signal) =>
      incidentsMs === null ? { kind: 'done' } : deleteOld(context, incidentsMs, signal),
    recall: async ({ incidentId }) => {
      await recallSimilar(context, incidentId);
      await choosePlaybookAgain(context, incidentId);
      return { kind: 'done' };
    },
  };
}

/** Without a configuration nothing is scheduled, and what was scheduled before is dropped. */
function webhookHandler({ config, context }: HandlerDependencies): WorkHandlers['deliver-webhook'] {
  const { webhooks } = config;
  if (webhooks === null) return async () => ({ kind: 'done' });
  const { signingSecret } = webhooks;
  const post = createWebhookPoster({ signingSecret, nowMs: context.clock.nowMs });
  return (work, signal) => deliverWebhook({ ...context, post }, work, signal);
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

function nudgeParts({ config, context, pauses }: HandlerDependencies): NudgeDependencies {
  return {
    ...context,
    nudges: pauses.nudges ?? config.nudges,
    nudgeEveryMs: pauses.nudgeEveryMs ?? NUDGE_EVERY_MS,
    talkedSince: (state, sinceMs) => lastTalk(context, state, sinceMs),
  };
}

function watchTimes({ watchMs }: Config, pauses: Pauses) {
  return {
    watchMs: pauses.watchMs ?? watchMs,
    watchEveryMs: pauses.watchEveryMs ?? WATCH_EVERY_MS,
  };
}

function ownAccountOf({ accounts }: Config): string | null {
  return accounts.find(({ role }) => role === null)?.accountId ?? null;
}
