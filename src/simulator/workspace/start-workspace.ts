import { randomBytes } from 'node:crypto';
import type { Core } from './core.ts';
import { type Delivery, watchDelivery } from './delivery.ts';
import { createEventPublisher } from './events.ts';
import { createFaultPlan, type Faults, type PlannedFaults } from './faults.ts';
import { createHttpDelivery } from './http-delivery.ts';
import { type HttpServer, startHttpServer } from './http-server.ts';
import { createIds, type Ids } from './ids.ts';
import { createJournal, type Journal } from './journal.ts';
import { type Manifest, parseManifest } from './manifest.ts';
import { leaveChannel } from './membership.ts';
import type { PersonAction } from './page-actions.ts';
import type { PageReply, PageWorkspace } from './page-protocol.ts';
import { createPageSockets, type PageSockets } from './page-socket.ts';
import { pageWorkspace } from './page-view.ts';
import { act } from './people.ts';
import { populate } from './populate.ts';
import { createRateLimiter, type RateLimits, slackRateLimits } from './rate-limits.ts';
import { createResponseUrls } from './responses.ts';
import { createRoutes, type PageAssetFinder } from './routes.ts';
import { northwindSeed, type WorkspaceSeed } from './seed.ts';
import { type Settings, slackTimings, type Timings } from './settings.ts';
import { createSocketMode, type SocketMode } from './socket-mode.ts';
import { createState, type Person } from './state.ts';
import { createTimers } from './timers.ts';
import { createTriggers } from './triggers.ts';
import { createUploads } from './uploads.ts';
import { apiMethods } from './web-api/methods.ts';
import { createApiRouter } from './web-api/router.ts';

export interface WorkspaceOptions {
  /** 0 or none: any free port. */
  readonly port?: number;
  readonly host?: '127.0.0.1';
  /** A parsed Slack app manifest. */
  readonly manifest: unknown;
  readonly seed?: WorkspaceSeed;
  /** Bot scopes that the app was installed with, where they are not those of its manifest. */
  readonly grantedScopes?: readonly string[];
  /** How the app is reached; Socket Mode when left out. */
  readonly delivery?:
    | { readonly mode: 'socket' }
    | { readonly mode: 'http'; readonly url: string; readonly signingSecret: string };
  readonly pageAssets?: PageAssetFinder;
  /** Hears of everything people do, for a demo that reacts to it. */
  readonly onAction?: (userId: string, action: PersonAction) => void;
  readonly timings?: Partial<Timings>;
  readonly rateLimits?: Partial<RateLimits> | 'off';
}

export interface Workspace {
  readonly pageUrl: string;
  /** For the Slack client's `slackApiUrl`. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly botUserId: string;
  readonly teamId: string;
  /** What the page can do, done without a page. Resolves once the app has answered or failed to. */
  perform(userId: string, action: PersonAction): Promise<PageReply>;
  /** What this person's page shows. */
  view(userId: string): PageWorkspace;
  /** The id behind a handle; throws for a stranger. */
  personId(name: string): string;
  channelId(name: string): string;
  readonly faults: Faults;
  readonly journal: Journal;
  close(): Promise<void>;
}

/** Starts a local Slack-like workspace with one installed app. Rejects on a bad manifest or a taken port. */
export async function startWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const declared = parseManifest(options.manifest);
  const granted = options.grantedScopes;
  const manifest = granted === undefined ? declared : { ...declared, botScopes: new Set(granted) };
  const server = await startHttpServer(options.port ?? 0, options.host ?? '127.0.0.1');
  try {
    return assemble(options, manifest, server);
  } catch (error) {
    await server.close();
    throw error;
  }
}

function assemble(options: WorkspaceOptions, manifest: Manifest, server: HttpServer): Workspace {
  const ids = createIds();
  const seed = options.seed ?? northwindSeed;
  const settings = createSettings(options, manifest, seed, ids, `http://127.0.0.1:${server.port}`);
  const timers = createTimers();
  const state = createState();
  const faultPlan = createFaultPlan();
  const journal = createJournal();
  populate(state, ids, settings, seed);

  const changed = () => pages.changed();
  const socketMode = createSocketMode({ settings, ids, timers, changed });
  const delivery = createDelivery(options, settings, socketMode, changed);
  const deliver = watchDelivery(delivery, journal, () => faultPlan.takeDuplicate());
  const core: Core = {
    settings,
    state,
    ids,
    timers,
    journal,
    faults: faultPlan,
    triggers: createTriggers(ids, settings.timings.triggerTtlMs),
    responseUrls: createResponseUrls(
      settings.baseUrl,
      settings.teamId,
      settings.timings.responseUrlTtlMs,
      ids.word,
    ),
    uploads: createUploads(ids),
    deliver,
    publish: createEventPublisher({ settings, ids, timers, faults: faultPlan, deliver }),
    changed,
  };
  const people = createPeople(core, delivery, options.onAction ?? (() => undefined));
  const pages = createPageSockets({
    timers,
    updateMs: settings.timings.pageUpdateMs,
    view: people.view,
    perform: people.perform,
  });
  const rateLimits =
    options.rateLimits === 'off' ? 'off' : { ...slackRateLimits, ...options.rateLimits };
  const api = createApiRouter({ core, socketMode }, apiMethods, createRateLimiter(rateLimits));
  const routes = createRoutes({ core, api, pageAssets: options.pageAssets ?? null });
  server.serve(routes, createUpgrade(core, socketMode, pages));
  return {
    pageUrl: `${settings.baseUrl}/`,
    apiUrl: `${settings.baseUrl}/api/`,
    botToken: settings.botToken,
    appToken: settings.appToken,
    signingSecret: settings.signingSecret,
    botUserId: settings.botUserId,
    teamId: settings.teamId,
    perform: (userId, action) => people.perform(userId, { ...action, requestId: ids.uuid() }),
    view: people.view,
    personId: (name) => idByName(state.people.values(), name),
    channelId: (name) => idByName(state.channels.values(), name),
    faults: createFaults(core, faultPlan, socketMode),
    journal,
    close: () => closeAll(timers, delivery, socketMode, pages, server),
  };
}

function createSettings(
  options: WorkspaceOptions,
  manifest: Manifest,
  seed: WorkspaceSeed,
  ids: Ids,
  baseUrl: string,
): Settings {
  const secret = () => randomBytes(16).toString('hex');
  const given = options.delivery;
  return {
    teamId: ids.id('T'),
    teamName: seed.teamName,
    teamDomain: seed.teamDomain,
    appId: ids.id('A'),
    botId: ids.id('B'),
    botUserId: ids.id('U'),
    botToken: `xoxb-local-${secret()}`,
    appToken: `xapp-1-local-${secret()}`,
    signingSecret: given?.mode === 'http' ? given.signingSecret : secret(),
    verificationToken: ids.word(24),
    baseUrl,
    manifest,
    timings: { ...slackTimings, ...options.timings },
    isPaidPlan: seed.isPaidPlan ?? true,
  };
}

function createDelivery(
  options: WorkspaceOptions,
  settings: Settings,
  socketMode: SocketMode,
  changed: () => void,
): Delivery {
  if (options.delivery?.mode !== 'http') return socketMode;
  const { url, signingSecret } = options.delivery;
  return createHttpDelivery({ url, signingSecret, ackMs: settings.timings.ackMs, changed });
}

function idByName(
  items: Iterable<{ readonly id: string; readonly name: string }>,
  name: string,
): string {
  for (const item of items) if (item.name === name) return item.id;
  throw new Error(`The workspace has nothing called ${name}.`);
}

function createPeople(
  core: Core,
  delivery: Delivery,
  onAction: (userId: string, action: PersonAction) => void,
) {
  const personOf = (userId: string): Person => {
    const person = core.state.people.get(userId);
    if (person === undefined || person.isBot) throw new Error(`No person has the id ${userId}.`);
    return person;
  };
  return {
    view: (userId: string) => pageWorkspace(core, personOf(userId), delivery.connections()),
    perform: async (
      userId: string,
      action: PersonAction & { readonly requestId: string },
    ): Promise<PageReply> => {
      onAction(userId, action);
      const problem = await act(core, personOf(userId), action);
      return { type: 'reply', requestId: action.requestId, problem };
    },
  };
}

function createUpgrade(
  core: Core,
  socketMode: SocketMode,
  pages: PageSockets,
): Parameters<HttpServer['serve']>[1] {
  return (request, url, socket, head) => {
    if (url.pathname.startsWith('/link')) {
      const ticket = url.searchParams.get('ticket') ?? '';
      if (socketMode.accept(request, socket, head, ticket)) return;
    }
    const person = pagePerson(core, url.searchParams.get('user'));
    const isPage = url.pathname === '/page/socket' && person !== undefined;
    if (isPage) pages.accept(request, socket, head, person.id);
    else socket.destroy();
  };
}

/** A page that names nobody, or somebody of an earlier start, is the first person's. */
function pagePerson(core: Core, userId: string | null): Person | undefined {
  const people = [...core.state.people.values()].filter(({ isBot }) => !isBot);
  return people.find(({ id }) => id === userId) ?? people[0];
}

function createFaults(core: Core, plan: PlannedFaults, socketMode: SocketMode): Faults {
  const channelOf = (channelId: string) => {
    const channel = core.state.channels.get(channelId);
    if (channel === undefined) throw new Error(`No channel has the id ${channelId}.`);
    return channel;
  };
  return {
    ...plan,
    archiveChannel(channelId, isArchived = true) {
      channelOf(channelId).isArchived = isArchived;
      core.changed();
    },
    shareChannel(channelId, isShared = true) {
      channelOf(channelId).isShared = isShared;
      core.changed();
    },
    leaveUserGroup(groupId, userId) {
      const group = core.state.userGroups.get(groupId);
      if (group === undefined) throw new Error(`There is no user group ${groupId}.`);
      const userIds = group.userIds.filter((id) => id !== userId);
      core.state.userGroups.set(groupId, { ...group, userIds });
    },
    removePerson: (channelId, userId) => leaveChannel(core, channelOf(channelId), userId),
    removeBot: (channelId) => leaveChannel(core, channelOf(channelId), core.settings.botUserId),
    forgetMessage(channelId, ts) {
      channelOf(channelId).messages.delete(ts);
      core.changed();
    },
    disconnectSockets: socketMode.disconnect,
    dropSockets: socketMode.drop,
    sendFrame: socketMode.sendFrame,
    leaveUngreeted: socketMode.leaveUngreeted,
  };
}

async function closeAll(
  timers: { close(): void },
  delivery: Delivery,
  socketMode: SocketMode,
  pages: PageSockets,
  server: HttpServer,
): Promise<void> {
  timers.close();
  delivery.close();
  if (delivery !== socketMode) socketMode.close();
  pages.close();
  await server.close();
}
