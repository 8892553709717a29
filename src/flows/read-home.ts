import {
  type FigureRow,
  type IncidentFigures,
  incidentFigures,
} from '../domain/figures/incident-figures.ts';
import { type Week, weeksUntil } from '../domain/figures/weeks.ts';
import { CHANGE_CLASS_WORDS } from '../domain/investigation/change-class-words.ts';
import type { FlowDependencies, IncidentSummary, Memberships } from '../ports.ts';

const LIMITS = {
  openMax: 500,
  /** The most recently active ones: enough for twelve busy weeks. */
  searchedMax: 2_000,
} as const;

export interface HomeDependencies extends Pick<FlowDependencies, 'store' | 'clock'> {
  readonly memberships: Memberships;
}

/** What one person may see of all incidents. */
export interface Home {
  readonly userId: string;
  readonly atMs: number;
  /** Theirs first, then the severest, then the newest: an order that holds still while pages are turned. */
  readonly open: readonly IncidentSummary[];
  /** Closed ones whose document was published, newest first. */
  readonly documents: readonly IncidentSummary[];
  readonly figures: IncidentFigures;
  readonly weeks: readonly Week[];
  /** The channels that this rests on; null: not known, so only their own incidents are here. */
  readonly channelIds: ReadonlySet<string> | null;
  /** There may be older incidents that were not looked at. */
  readonly isPartial: boolean;
}

export async function readHome(deps: HomeDependencies, userId: string): Promise<Home> {
  const channelIds = await deps.memberships.channelsOf(userId);
  const mayRead = (row: IncidentSummary) => isReadable({ userId, channelIds }, row);
  const open = await deps.store.listIncidents({ status: 'open', limit: LIMITS.openMax });
  const recent = await deps.store.listIncidents({ limit: LIMITS.searchedMax });
  const readable = recent.filter(mayRead);
  const rows = readable.filter(({ isCounted }) => isCounted).map(figureRow);
  const atMs = deps.clock.nowMs();
  return {
    userId,
    atMs,
    open: open.filter(mayRead).toSorted(bySeverity).toSorted(mineFirst(userId)),
    documents: readable.filter(hasDocument).toSorted(byClosing),
    figures: incidentFigures(rows, atMs),
    weeks: weeksUntil(rows, atMs),
    channelIds,
    isPartial: open.length === LIMITS.openMax || recent.length === LIMITS.searchedMax,
  };
}

/** Who reads there may read here: the members of its channel, its owner, and who opened it. */
export function isReadable(
  reader: { readonly userId: string; readonly channelIds: ReadonlySet<string> | null },
  incident: Pick<IncidentSummary, 'channelId' | 'ownerId' | 'openedById'>,
): boolean {
  const isTheirs = incident.ownerId === reader.userId || incident.openedById === reader.userId;
  return isTheirs || reader.channelIds?.has(incident.channelId) === true;
}

export function figureRow({
  openedAtMs,
  durations,
  playbookTitle,
  causeClass,
}: IncidentSummary): FigureRow {
  const causeName = causeClass === null ? null : CHANGE_CLASS_WORDS[causeClass];
  return { openedAtMs, durations, className: playbookTitle, causeName };
}

function hasDocument({ status, profile }: IncidentSummary): boolean {
  return status === 'closed' && profile.documentLink !== null;
}

function mineFirst(userId: string) {
  return (a: IncidentSummary, b: IncidentSummary) =>
    Number(b.ownerId === userId) - Number(a.ownerId === userId);
}

function bySeverity(a: IncidentSummary, b: IncidentSummary): number {
  return a.severity.localeCompare(b.severity, 'en') || b.openedAtMs - a.openedAtMs;
}

function byClosing(a: IncidentSummary, b: IncidentSummary): number {
  return (b.profile.closedAtMs ?? 0) - (a.profile.closedAtMs ?? 0);
}
