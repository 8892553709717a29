import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnvelope } from '../src/aws/cloudtrail/schema.ts';
import { hypothesesOf } from '../src/domain/investigation/hypotheses.ts';
import { investigate } from '../src/domain/investigation/investigate.ts';
import { FAST_BUDGET } from '../src/domain/investigation/reading-budget.ts';
import type { TrailRecord } from '../src/domain/trail/record.ts';
import { reduceRecord } from '../src/domain/trail/reduce-record.ts';
import { madeIncidents } from './made-incidents.ts';
import {
  type LabelledIncident,
  pagesUntil,
  readLabelled,
  readPlanned,
} from './planned-incident.ts';
import { type BenchRow, quantile } from './statistics.ts';

const CALLS_GOAL = 4;
const NEVER = Number.POSITIVE_INFINITY;

interface Measured {
  readonly callsUntil: number;
  readonly callCount: number;
  readonly allPages: number;
  readonly writePages: number;
  /** Where the cause stands, ranked from what the planner read, and from everything. */
  readonly rank: number;
  readonly rankOfAll: number;
}

/**
 * How many LookupEvents calls it takes until the guilty call has been read, by the bot's own planner
 * and by paging through; and whether what the planner read ranks it as well as everything would.
 * `calls-to-culprit=FOLDER` takes labelled incidents from a folder; their names are not printed.
 */
export async function callsToCulprit(folder?: string): Promise<readonly BenchRow[]> {
  const incidents = folder === undefined ? madeIncidents() : await labelledIn(folder);
  const measured: Measured[] = [];
  for (const incident of incidents.filter(({ guilty }) => guilty.size > 0)) {
    measured.push(await measure(incident));
  }
  const what =
    folder === undefined
      ? `${measured.length} incidents of the project's own, each with its cause in a day of 20,000 writes`
      : `${measured.length} labelled incidents of the folder given, those with a cause`;
  return rowsOf(what, measured);
}

export async function labelledIn(folder: string): Promise<readonly LabelledIncident[]> {
  const names = readdirSync(folder).filter((name) =>
    existsSync(join(folder, name, 'scenario.json')),
  );
  const incidents: LabelledIncident[] = [];
  for (const name of names.sort()) incidents.push(await readLabelled(folder, name));
  return incidents;
}

async function measure(incident: LabelledIncident): Promise<Measured> {
  const planned = await readPlanned(incident, FAST_BUDGET);
  return {
    callsUntil: planned.callsUntil ?? NEVER,
    callCount: planned.callCount,
    allPages: pagesUntil(incident, false) ?? NEVER,
    writePages: pagesUntil(incident, true) ?? NEVER,
    rank: rankIn(incident, planned.records),
    rankOfAll: rankIn(incident, everything(incident)),
  };
}

function rankIn(
  { alarms, transitions, atMs, guilty }: LabelledIncident,
  records: readonly TrailRecord[],
) {
  const known = transitions.filter((row) => row.atMs <= atMs);
  const found = investigate({ records, alarms, transitions: known, nowMs: atMs });
  const changes = hypothesesOf(found).filter((row) => row.kind === 'change');
  const at = changes.findIndex(({ eventIds }) => eventIds.some((eventId) => guilty.has(eventId)));
  return at < 0 ? NEVER : at + 1;
}

/** All that is on record by then, as the bot would have read it. */
export function everything({ indexed, atMs }: LabelledIncident): readonly TrailRecord[] {
  return indexed
    .filter(({ timeMs }) => timeMs <= atMs)
    .map(({ text, timeMs, resources, region }) =>
      parseEnvelope(
        { CloudTrailEvent: text, EventTime: new Date(timeMs), Resources: resources },
        region,
      ),
    )
    .filter((record) => record !== null)
    .map(reduceRecord);
}

function rowsOf(what: string, measured: readonly Measured[]): readonly BenchRow[] {
  const within = (ranks: readonly number[], place: number) =>
    ranks.filter((rank) => rank <= place).length;
  const ranks = measured.map(({ rank }) => rank);
  const ofAll = measured.map(({ rankOfAll }) => rankOfAll);
  const found = within(
    measured.map(({ callsUntil }) => callsUntil),
    Number.MAX_SAFE_INTEGER,
  );
  const callsMax = Math.max(...measured.map(({ callCount }) => callCount));
  return [
    {
      what: `LookupEvents calls until the cause has been read: ${what} (goal: median ${CALLS_GOAL})`,
      figures: [
        spreadOf(measured.map(({ callsUntil }) => callsUntil)),
        `found in ${found} of ${measured.length} within the budget (at most ${callsMax} calls)`,
      ].join('; '),
    },
    {
      what: 'The same by paging through all calls, newest first',
      figures: spreadOf(measured.map(({ allPages }) => allPages)),
    },
    {
      what: 'The same by paging through all writes, newest first',
      figures: spreadOf(measured.map(({ writePages }) => writePages)),
    },
    {
      what: 'The cause ranked first, and among three, from what the planner read',
      figures: `${within(ranks, 1)} and ${within(ranks, 3)} of ${measured.length} (from everything: ${within(ofAll, 1)} and ${within(ofAll, 3)})`,
    },
  ];
}

function spreadOf(calls: readonly number[]): string {
  const words = (value: number) => (Number.isFinite(value) ? String(value) : 'not found');
  const most = Math.max(...calls);
  return `median ${words(quantile(calls, 0.5))}, p90 ${words(quantile(calls, 0.9))}, max ${words(most)}`;
}
