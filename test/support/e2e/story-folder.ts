import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const INCIDENTS = fileURLToPath(new URL('../../../src/simulator/incidents/', import.meta.url));

/** What the bot is told of the folder's account. */
export const SETTINGS = 'redthread.yaml';

type Json = Readonly<Record<string, unknown>>;

/** A write that somebody of the story makes in AWS, after the folder's own time. */
export interface StoryCall {
  /** `HH:MM:SS` in UTC, on the day of the incident. */
  readonly at: string;
  /** What the session is called: it is taken, with address and agent, from its latest record. */
  readonly by: string;
  /** Event id of a record of the folder that it looks like, for instance of what it undoes. */
  readonly like: string;
  /** `StartInstances` */
  readonly name: string;
  readonly requestParameters: Json | null;
  readonly responseElements: Json | null;
}

/** From this minute on the metric has this value again. */
export interface StoryRecovery {
  readonly at: string;
  readonly metric: string;
  readonly value: number;
}

export interface StoryFolder {
  readonly path: string;
  /** When the incident's story begins to be told. */
  readonly atMs: number;
  remove(): Promise<void>;
}

interface Incident {
  readonly at: string;
  readonly regions: readonly string[];
}

/** A copy of an incident's folder in which AWS goes on as the story says. */
export async function makeStoryFolder(
  name: string,
  calls: readonly StoryCall[],
  recoveries: readonly StoryRecovery[],
): Promise<StoryFolder> {
  const path = await mkdtemp(join(tmpdir(), 'redthread-story-'));
  await cp(join(INCIDENTS, name), path, { recursive: true });
  const { at, regions } = await readJson<Incident>(join(path, 'incident.json'));
  await writeFile(join(path, SETTINGS), `regions: [${regions.join(', ')}]\n`);
  const day = at.slice(0, 'yyyy-mm-dd'.length);
  await addCalls(join(path, 'events.jsonl'), day, calls);
  await recover(join(path, 'metrics.json'), day, recoveries);
  return { path, atMs: Date.parse(at), remove: () => rm(path, { recursive: true, force: true }) };
}

async function addCalls(file: string, day: string, calls: readonly StoryCall[]): Promise<void> {
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  const records = lines.map((line) => JSON.parse(line) as Json);
  const added = calls.map((call, index) => {
    const model = records.find(({ eventID }) => eventID === call.like);
    const session = records.findLast(({ userIdentity }) => {
      const who = (userIdentity ?? {}) as Json;
      return who['accessKeyId'] !== undefined && String(who['arn']).endsWith(`/${call.by}`);
    });
    if (model === undefined || session === undefined) {
      throw new Error(`The folder has no record like ${call.like}, or none by ${call.by}.`);
    }
    const { userIdentity, sourceIPAddress, userAgent } = session;
    const { at, name, requestParameters, responseElements } = call;
    const own = { userIdentity, sourceIPAddress, userAgent, requestParameters, responseElements };
    const id = String(index + 1).padStart(12, '0');
    const eventID = `5707e000-0000-4000-8000-${id}`;
    return JSON.stringify({
      ...{ ...model, ...own, eventID, eventName: name, eventTime: `${day}T${at}Z` },
      readOnly: false,
    });
  });
  await writeFile(file, `${[...lines, ...added].join('\n')}\n`);
}

interface Metrics {
  readonly Metrics: readonly {
    readonly MetricName: string;
    readonly Period: number;
    readonly From: string;
    readonly Values: readonly (number | null)[];
  }[];
}

async function recover(
  file: string,
  day: string,
  recoveries: readonly StoryRecovery[],
): Promise<void> {
  const { Metrics } = await readJson<Metrics>(file);
  const recovered = Metrics.map((series) => {
    const found = recoveries.find(({ metric }) => metric === series.MetricName);
    if (found === undefined) return series;
    const sinceMs = Date.parse(`${day}T${found.at}Z`);
    const timeOf = (index: number) => Date.parse(series.From) + index * series.Period * 1_000;
    return {
      ...series,
      Values: series.Values.map((value, index) => (timeOf(index) < sinceMs ? value : found.value)),
    };
  });
  await writeFile(file, JSON.stringify({ Metrics: recovered }));
}

async function readJson<T>(file: string): Promise<T> {
  return JSON.parse(await readFile(file, 'utf8')) as T;
}
