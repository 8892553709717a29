import type { FlowDependencies, ScheduledWork, Store } from '../ports.ts';

/** Changes of an incident come in bursts; whoever looks at Home meanwhile is shown the last of them. */
const REFRESH_DELAY_MS = 2_000;
/** As long as somebody may still have Home in front of them. */
const LOOKING_MS = 60 * 60_000;
const PAGE_MAX = 999;

/** Which page of each list somebody is at; 0 is the first. */
export interface HomePages {
  readonly open: number;
  readonly documents: number;
}

export type HomeList = keyof HomePages;

const FIRST_PAGES: HomePages = { open: 0, documents: 0 };

const keyOf = (userId: string): string => `home-${userId}`;

/** Somebody looks at Home, from its first pages on; `dedupeId` is that of the event or the tap. */
export async function openHome(
  deps: FlowDependencies,
  userId: string,
  dedupeId: string,
): Promise<void> {
  await keepPages(deps.store, userId, FIRST_PAGES);
  await showHome(deps, userId, dedupeId);
}

export async function turnPage(
  deps: FlowDependencies,
  turn: { readonly userId: string; readonly list: HomeList; readonly page: number },
  dedupeId: string,
): Promise<void> {
  const pages = await readPages(deps.store, turn.userId);
  const page = Math.min(Math.max(0, turn.page), PAGE_MAX);
  await keepPages(deps.store, turn.userId, { ...pages, [turn.list]: page });
  await showHome(deps, turn.userId, dedupeId);
}

/** Shows the newest Home to somebody who has just done something there. */
export async function showHome(
  deps: FlowDependencies,
  userId: string,
  dedupeId: string,
): Promise<void> {
  await deps.store.schedule([homeWork(userId, deps.clock.nowMs())], dedupeId);
  deps.wakeWorkers();
}

/** An incident changed: whoever owns it sees that on Home, if they looked at it lately. */
export async function refreshHomeOf(
  { store, clock }: Pick<FlowDependencies, 'store' | 'clock'>,
  incidentId: string,
): Promise<void> {
  const ownerId = (await store.readState(incidentId))?.ownerId ?? null;
  if (ownerId === null || (await store.readCached(keyOf(ownerId))) === null) return;
  await store.schedule([homeWork(ownerId, clock.nowMs() + REFRESH_DELAY_MS)], null);
}

export async function readPages(
  store: Pick<Store, 'readCached'>,
  userId: string,
): Promise<HomePages> {
  const match = /^(\d{1,3}),(\d{1,3})$/.exec((await store.readCached(keyOf(userId))) ?? '');
  return match === null ? FIRST_PAGES : { open: Number(match[1]), documents: Number(match[2]) };
}

async function keepPages(
  store: Pick<Store, 'saveCached'>,
  userId: string,
  { open, documents }: HomePages,
): Promise<void> {
  await store.saveCached(keyOf(userId), `${open},${documents}`, LOOKING_MS);
}

function homeWork(userId: string, dueAtMs: number): ScheduledWork {
  return { workId: `home-${userId}`, dueAtMs, work: { kind: 'home', userId } };
}
