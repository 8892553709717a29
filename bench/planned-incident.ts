import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { readAlarmsFile, readHistoryFile } from '../src/aws/files/read-alarms.ts';
import type { Alarm, AlarmTransition } from '../src/domain/alarm/alarm.ts';
import { firstGatheringWindow } from '../src/domain/incident/decide-opening.ts';
import type { ReadingBudget } from '../src/domain/investigation/reading-budget.ts';
import { withGlobalRegions } from '../src/domain/partition.ts';
import type { TrailRecord } from '../src/domain/trail/record.ts';
import { createCauseReading } from '../src/flows/read-for-causes.ts';
import type { IndexedRecord } from '../src/simulator/aws/cloudtrail/indexed-record.ts';
import { createLookupSimulator, indexLines, type LookupCall } from './lookup-simulator.ts';

const PAGE_RECORDS = 50;

const labelSchema = z.looseObject({
  at: z.iso.datetime({ offset: true }),
  account: z.string(),
  region: z.string(),
  truth: z.looseObject({
    guilty: z.array(z.string()),
    onset: z.iso.datetime({ offset: true }),
  }),
});

/** A labelled incident: what AWS would answer, and which calls were the cause. */
export interface LabelledIncident {
  readonly name: string;
  readonly atMs: number;
  readonly account: string;
  readonly region: string;
  readonly guilty: ReadonlySet<string>;
  readonly trueOnsetMs: number;
  readonly indexed: readonly IndexedRecord[];
  readonly alarms: readonly Alarm[];
  readonly transitions: readonly AlarmTransition[];
}

export async function readLabelled(folder: string, name: string): Promise<LabelledIncident> {
  const path = (file: string) => join(folder, name, file);
  const label = labelSchema.parse(JSON.parse(readFileSync(path('scenario.json'), 'utf8')));
  const { account, region } = label;
  const text = gunzipSync(readFileSync(path('events.jsonl.gz'))).toString('utf8');
  const onProblem = () => undefined;
  return {
    name,
    atMs: Date.parse(label.at),
    account,
    region,
    guilty: new Set(label.truth.guilty),
    trueOnsetMs: Date.parse(label.truth.onset),
    indexed: indexLines(text.split('\n').filter((line) => line.trim() !== '')),
    alarms: await readAlarmsFile({ path: path('alarms.json'), region, onProblem }),
    transitions: existsSync(path('history.json'))
      ? await readHistoryFile({ path: path('history.json'), region, onProblem })
      : [],
  };
}

export interface PlannedResult {
  /** Calls until the first guilty one was read, over all Regions; null: not within the budget. */
  readonly callsUntil: number | null;
  readonly callCount: number;
  readonly calls: readonly LookupCall[];
  readonly records: readonly TrailRecord[];
}

/** The bot's own planner in front of LookupEvents' rules. */
export async function readPlanned(
  incident: LabelledIncident,
  budget: ReadingBudget,
): Promise<PlannedResult> {
  const { account, atMs, alarms } = incident;
  const simulator = createLookupSimulator(incident.indexed, { account, nowMs: atMs });
  const reading = createCauseReading({
    activity: simulator.activity,
    targets: regionsOf(incident).map((region) => ({ accountId: null, region })),
    asker: { userId: null, urgency: 'waiting' },
    window: firstGatheringWindow(null, atMs),
    startedAtMs: null,
    resources: [],
    alarms,
    transitions: incident.transitions.filter((one) => one.atMs <= atMs),
    nowMs: atMs,
    budget,
    signal: new AbortController().signal,
    isTimeUp: () => false,
    onPage: async () => undefined,
    onDefect: (error) => {
      throw error;
    },
    guard: async (_target, read) => {
      await read();
      return null;
    },
  });
  await reading.run();
  const at = simulator.calls.findIndex(({ eventIds }) =>
    eventIds.some((id) => incident.guilty.has(id)),
  );
  return {
    callsUntil: at < 0 ? null : at + 1,
    callCount: simulator.calls.length,
    calls: simulator.calls,
    records: [...reading.records.values()],
  };
}

/** Its own, the global one, and whichever else is in use. */
function regionsOf({ region, indexed }: LabelledIncident): readonly string[] {
  const used = indexed.filter(({ category }) => category === 'management');
  return [...new Set([...withGlobalRegions([region]), ...used.map((record) => record.region)])];
}

/** As without a planner: page by page from now backwards, in all Regions in turn; null: never. */
export function pagesUntil(incident: LabelledIncident, writesOnly: boolean): number | null {
  const { atMs, indexed, guilty } = incident;
  const lanes = regionsOf(incident).map((name) =>
    indexed.filter(
      (record) =>
        record.region === name &&
        record.category === 'management' &&
        record.timeMs <= atMs &&
        (!writesOnly || record.attributes.ReadOnly === 'false'),
    ),
  );
  const firstPages = lanes.map((records) => {
    const at = records.findIndex(({ eventId }) => guilty.has(eventId));
    return at < 0 ? Number.POSITIVE_INFINITY : Math.floor(at / PAGE_RECORDS) + 1;
  });
  const page = Math.min(...firstPages);
  if (!Number.isFinite(page)) return null;
  const winner = firstPages.indexOf(page);
  const inTurn = lanes.map((records, index) => {
    const pages = Math.max(1, Math.ceil(records.length / PAGE_RECORDS));
    return Math.min(pages, index <= winner ? page : page - 1);
  });
  return inTurn.reduce((sum, pages) => sum + pages, 0);
}
