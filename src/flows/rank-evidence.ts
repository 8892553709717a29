import { isAnswered } from '../domain/coverage.ts';
import type { Evidence, Statement } from '../domain/incident/evidence.ts';
import type { Ranking, RankingOccasion } from '../domain/incident/ranking.ts';
import { isRankingNews, withoutHaste } from '../domain/incident/ranking-news.ts';
import type { IncidentState } from '../domain/incident/state.ts';
import { investigate } from '../domain/investigation/investigate.ts';
import { rankCauses } from '../domain/investigation/rank-causes.ts';
import { coveredWrites } from '../domain/investigation/reading-coverage.ts';
import {
  asAlarm,
  asReported,
  type ReportedTrouble,
} from '../domain/investigation/reported-trouble.ts';
import { weighStatements } from '../domain/investigation/weigh-statements.ts';
import type { TrailRecord } from '../domain/trail/record.ts';
import type { AlarmsFound, ChangesReading } from './gather-changes.ts';
import { type GatherDependencies, type GatheringRun, placeGaps } from './gathering.ts';

export interface RankingWish {
  readonly occasion: RankingOccasion;
  /** More is still being read, or will be. */
  readonly isPartial: boolean;
  /** The first pages are being read: too soon to name what is only possible. */
  readonly isEarly: boolean;
  /** The same ranking tried again after a crash has the same one. */
  readonly dedupeId: string;
}

/**
 * Ranks what was read, with what people attached and said, and records it when it says something
 * new. The ranking that the incident has now is the result; null when it could take none.
 */
export async function rankEvidence(
  deps: GatherDependencies,
  run: GatheringRun,
  read: { readonly reading: ChangesReading; readonly found: AlarmsFound },
  wish: RankingWish,
): Promise<Ranking | null> {
  const { incidentId } = run.state;
  // What was attached and said while AWS was read counts, too.
  const state = await deps.store.readState(incidentId);
  if (state === null || state.status !== 'open') return null;
  const ranking = rankSafely(deps, () => {
    const whole = rankingOf(run, state, read, wish);
    return wish.isEarly ? withoutHaste(whole, state.hypotheses) : whole;
  });
  if (ranking === null || !isRankingNews(state.ranking, ranking)) return state.ranking;
  const outcome = await deps.act(deps, {
    incidentId,
    command: { type: 'rank-causes', ranking },
    actor: { kind: 'bot' },
    dedupeId: wish.dedupeId,
  });
  return outcome.state?.ranking ?? null;
}

/** A defect met on the way must not cost people the evidence. */
function rankSafely({ log }: Pick<GatherDependencies, 'log'>, rank: () => Ranking): Ranking | null {
  try {
    return rank();
  } catch (error) {
    log.error('the causes could not be ranked', error);
    return null;
  }
}

function rankingOf(
  run: GatheringRun,
  state: IncidentState,
  { reading, found }: { readonly reading: ChangesReading; readonly found: AlarmsFound },
  { occasion, isPartial }: RankingWish,
): Ranking {
  const { gatheringId, toMs } = run.gathering;
  const records = withAttached([...reading.records.values()], state.evidence, toMs);
  const { alarms, transitions } = found;
  const report = reportOf(run, state, reading);
  const told =
    report === null ? { alarms, transitions } : { alarms: [asAlarm(report)], transitions: [] };
  const investigation = investigate({ records, ...told, nowMs: toMs });
  const ranking = rankCauses(weighStatements(investigation, statementsOf(state)), {
    gatheringId,
    occasion,
    isPartial,
    knownEventIds: new Set(state.hypotheses.flatMap(({ cause }) => cause?.eventIds ?? [])),
    basis: {
      recordCount: records.length,
      alarmCount: alarms.length,
      fromMs: coveredFromMs(reading),
      toMs,
      gaps: gapsOf(run, reading),
    },
  });
  return report === null ? ranking : asReported(ranking);
}

/** Where no alarm of that time tells it, what people said; null where they did not say, either. */
function reportOf(
  { scope }: GatheringRun,
  { title, resources, startedAtMs }: IncidentState,
  { anchor }: ChangesReading,
): ReportedTrouble | null {
  const [place] = scope.targets;
  if (anchor.basis !== 'people' || startedAtMs === null || place === undefined) return null;
  return { title, resources, startedAtMs, ...place };
}

/** What a person thought worth attaching is evidence, wherever it was found. */
function withAttached(
  records: readonly TrailRecord[],
  evidence: readonly Evidence[],
  toMs: number,
): readonly TrailRecord[] {
  const attached = evidence
    .flatMap((row) => (row.kind === 'lookup' || row.kind === 'statement' ? row.records : []))
    .filter(({ atMs }) => atMs <= toMs);
  const all = [...records, ...attached].map((record) => [record.eventId, record] as const);
  return [...new Map(all).values()];
}

function statementsOf({ evidence }: IncidentState): readonly Statement[] {
  return evidence.filter((row) => row.kind === 'statement');
}

/** From when on all writes were read, where the alarms are. */
function coveredFromMs({ lanes, window, anchor }: ReadingSpan): number {
  const starts = lanes
    .filter(({ role, trouble }) => role !== 'other' && trouble === null)
    .map((lane) => coveredWrites([...lane.readings.values()]))
    .map(
      (covered) =>
        covered.find(({ toMs }) => toMs <= anchor.latestMs)?.fromMs ?? covered.at(-1)?.fromMs,
    )
    .filter((fromMs) => fromMs !== undefined);
  return starts.length === 0 ? window.fromMs : Math.max(...starts);
}

type ReadingSpan = Pick<ChangesReading, 'lanes' | 'window' | 'anchor'>;

/** What the ranking could not look at, the worst first. */
function gapsOf(run: GatheringRun, { lanes }: ChangesReading): readonly string[] {
  const troubles = lanes.flatMap(({ target, trouble }) => {
    if (trouble === null || isAnswered(trouble)) return [];
    return [trouble.explanation ?? `${target.region} did not answer.`];
  });
  const unread = lanes
    .filter(({ isCutByBudget, role }) => isCutByBudget && role !== 'other')
    .map(
      ({ target }) =>
        `older changes in ${target.region}, except those of the alarms' own resources`,
    );
  return [...new Set([...troubles, ...unread]), ...placeGaps(run.scope)];
}

/** The calls that the ranking's causes are made of. */
export function causeIdsOf(ranking: Ranking | null): ReadonlySet<string> {
  return new Set(ranking?.causes.flatMap(({ cause }) => cause.eventIds) ?? []);
}
