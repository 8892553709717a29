import { hypothesesOf } from '../src/domain/investigation/hypotheses.ts';
import { type Investigation, investigate } from '../src/domain/investigation/investigate.ts';
import type { TrailRecord } from '../src/domain/trail/record.ts';
import { BASELINES, type RankedSet, setsBefore } from './baselines.ts';
import { everything, labelledIn } from './calls-to-culprit.ts';
import { madeIncidents } from './made-incidents.ts';
import type { LabelledIncident } from './planned-incident.ts';
import { type BenchRow, quantile } from './statistics.ts';

interface Judged {
  readonly hasCulprit: boolean;
  /** Place of the first set that holds a guilty call; infinite when none does. */
  readonly rank: number;
  readonly likely: number;
  readonly likelyRight: number;
  /** Null where no onset was found. */
  readonly onsetErrorMs: number | null;
}

/**
 * The engine and three simple ways beside it, over the same incidents: how often the cause comes first.
 * `rank-baselines=FOLDER` takes labelled incidents from a folder; their names are not printed.
 */
export async function rankBaselines(folder?: string): Promise<readonly BenchRow[]> {
  const incidents = folder === undefined ? ownIncidents() : await labelledIn(folder);
  const found = incidents.map((incident) => {
    const { alarms, transitions, atMs: nowMs } = incident;
    const records = everything(incident);
    const given = { records, alarms, transitions, nowMs };
    return { incident, records, found: investigate(given) };
  });
  const source = folder === undefined ? "the project's own" : 'of the folder given';
  const withCause = incidents.filter(({ guilty }) => guilty.size > 0).length;
  return [
    {
      what: `${incidents.length} incidents, ${source}: ${withCause} with a cause, ${incidents.length - withCause} without`,
      figures:
        'first choice, among three, among five; nobody accused; likely and right; onset off by',
    },
    rowOf('Redthread', found.map(judgeEngine)),
    ...BASELINES.map(({ name, rank }) =>
      rowOf(
        name,
        found.map((one) => judgeBaseline(one, rank)),
      ),
    ),
  ];
}

/** Each made incident, and the same once more with its cause taken out. */
function ownIncidents(): readonly LabelledIncident[] {
  return madeIncidents().flatMap((incident) => [
    incident,
    {
      ...incident,
      guilty: new Set<string>(),
      indexed: incident.indexed.filter(({ eventId }) => !incident.guilty.has(eventId)),
    },
  ]);
}

interface Found {
  readonly incident: LabelledIncident;
  readonly records: readonly TrailRecord[];
  readonly found: Investigation;
}

function judgeEngine({ incident, found }: Found): Judged {
  const ranked = hypothesesOf(found).flatMap((row) =>
    row.kind === 'change'
      ? [{ eventIds: row.eventIds, isLikely: row.confidence === 'likely' }]
      : [],
  );
  return judge(incident, ranked, found.onset?.earliestMs ?? null);
}

/** Simple tools take the time of the alarm for the beginning. */
function judgeBaseline(
  { incident, records, found: { onset } }: Found,
  rank: (typeof BASELINES)[number]['rank'],
): Judged {
  if (onset === null) return judge(incident, [], null);
  const alarmMs = Math.min(...onset.episodes.map(({ atMs }) => atMs));
  return judge(incident, rank(setsBefore(records, onset), onset), alarmMs);
}

function judge(
  { guilty, trueOnsetMs }: LabelledIncident,
  ranked: readonly RankedSet[],
  onsetMs: number | null,
): Judged {
  const isRight = ({ eventIds }: RankedSet) => eventIds.some((id) => guilty.has(id));
  const place = ranked.findIndex(isRight);
  const likely = ranked.filter(({ isLikely }) => isLikely);
  return {
    hasCulprit: guilty.size > 0,
    rank: place < 0 ? Number.POSITIVE_INFINITY : place + 1,
    likely: likely.length,
    likelyRight: likely.filter(isRight).length,
    onsetErrorMs: onsetMs === null ? null : Math.abs(onsetMs - trueOnsetMs),
  };
}

function rowOf(what: string, judged: readonly Judged[]): BenchRow {
  const withCause = judged.filter(({ hasCulprit }) => hasCulprit);
  const without = judged.filter(({ hasCulprit }) => !hasCulprit);
  const within = (place: number) =>
    share(withCause.filter(({ rank }) => rank <= place).length, withCause.length);
  const quiet = without.filter(({ likely }) => likely === 0).length;
  const likely = judged.reduce((sum, row) => sum + row.likely, 0);
  const right = judged.reduce((sum, row) => sum + row.likelyRight, 0);
  const errors = judged.flatMap(({ onsetErrorMs }) => onsetErrorMs ?? []);
  return {
    what,
    figures: [
      `${within(1)}, ${within(3)}, ${within(5)}`,
      share(quiet, without.length),
      `${share(right, likely)} of ${likely}`,
      `${Math.round(quantile(errors, 0.5) / 1_000)} s (median), known in ${share(errors.length, judged.length)}`,
    ].join('; '),
  };
}

function share(count: number, all: number): string {
  return all === 0 ? 'none' : `${Math.round((100 * count) / all)} %`;
}
