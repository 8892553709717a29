import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudTrailClient, paginateLookupEvents } from '@aws-sdk/client-cloudtrail';
import { createAwsClients } from '../src/aws/clients.ts';
import { createActivitySource } from '../src/aws/cloudtrail/activity-source.ts';
import { parseEnvelope } from '../src/aws/cloudtrail/schema.ts';
import { createCachedActivity } from '../src/aws/cloudtrail/window-cache.ts';
import { answerQuestion } from '../src/domain/trail/answer.ts';
import { eachOnce } from '../src/domain/trail/newest-first.ts';
import { isAnswer, matchesQuery } from '../src/domain/trail/query/matches-query.ts';
import { parseQuery } from '../src/domain/trail/query/parse-query.ts';
import type { LookupAttribute } from '../src/domain/trail/query/plan-lookups.ts';
import type { TrailQuery } from '../src/domain/trail/query/query.ts';
import type { TrailRecord } from '../src/domain/trail/record.ts';
import { reduceRecord } from '../src/domain/trail/reduce-record.ts';
import { MATCHES_PER_PAGE } from '../src/flows/answer-trail.ts';
import { createEventHistory } from '../src/flows/event-history.ts';
import type { ActivitySource, AwsTarget } from '../src/ports.ts';
import { type AwsReplay, startAwsReplay } from '../src/simulator/aws/start-aws-replay.ts';
import { trailRecordsCodec } from '../src/store/codec.ts';
import { openSqliteStore } from '../src/store/sqlite/open-sqlite-store.ts';
import { createKeptLog } from '../test/support/kept-log.ts';
import { type BusyDay, busyDay, READS_A_DAY, WRITES_A_DAY } from './busy-day.ts';
import { type BenchRow, quantile } from './statistics.ts';
import { type BenchQuestion, QUESTIONS } from './trail-questions.ts';

const CALLS_PER_SECOND = 2;
const RATIO_GOAL = 10;
const NO_LIMIT = 1_000_000;
const TARGETS: readonly AwsTarget[] = [
  { accountId: null, region: 'eu-west-1' },
  { accountId: null, region: 'us-east-1' },
];

interface Plain {
  readonly calls: number;
  /** At the limit, both Regions at once: the slower one. */
  readonly seconds: number;
  readonly isRight: boolean;
}

interface Answered {
  readonly calls: number;
  readonly seconds: number;
  readonly isRight: boolean;
  readonly callsAgain: number;
}

/**
 * Ten questions about a busy day, each with an empty cache, through the SDK, the limiter and the
 * cache against a replay that allows two calls a second and Region; then asked again by somebody
 * else. Plain pagination is counted on a replay without the limit, page for page.
 */
export async function trailAnswers(): Promise<readonly BenchRow[]> {
  const day = await busyDay();
  try {
    const plain = await withReplay(day, NO_LIMIT, (aws) => pageThrough(aws, day));
    const ours = await withReplay(day, CALLS_PER_SECOND, (aws) => askAll(aws, day));
    return rowsOf(plain, ours);
  } finally {
    await rm(day.folder, { recursive: true, force: true });
  }
}

async function withReplay<T>(
  { folder }: BusyDay,
  lookupsPerSecond: number,
  measure: (aws: AwsReplay) => Promise<T>,
): Promise<T> {
  const aws = await startAwsReplay({ folder, lookupsPerSecond, deliveryLagMs: 0 });
  try {
    return await measure(aws);
  } finally {
    await aws.close();
  }
}

type Lookup = Pick<Plain, 'calls' | 'seconds'> & { readonly records: readonly TrailRecord[] };

async function pageThrough(aws: AwsReplay, day: BusyDay) {
  const clients = TARGETS.map(
    ({ region }) => new CloudTrailClient({ ...clientSettings(aws), region }),
  );
  const toMs = Date.now();
  // The same lookup stands for all questions that need it.
  const lookups = new Map<string, Promise<Lookup>>();
  const look = async (asked: BenchQuestion, attribute: LookupAttribute | null): Promise<Plain> => {
    const query = queryOf(asked.question, toMs);
    const key = JSON.stringify([attribute, query.fromMs]);
    const lookup = lookups.get(key) ?? pagePlainly(clients, query, attribute);
    lookups.set(key, lookup);
    const { records, ...cost } = await lookup;
    const answer = eachOnce(records).find(
      (row) => matchesQuery(query, row) && isAnswer(query, row),
    );
    return { ...cost, isRight: answer?.eventId === day.planted[asked.answer].eventId };
  };
  const rows: { readonly sure: Plain; readonly byHand: Plain }[] = [];
  for (const asked of QUESTIONS) {
    rows.push({ sure: await look(asked, asked.sure), byHand: await look(asked, asked.byHand) });
  }
  for (const client of clients) client.destroy();
  return rows;
}

/** As the CLI does: every page of the window, in every Region; what does not fit is dropped afterwards. */
async function pagePlainly(
  clients: readonly CloudTrailClient[],
  { fromMs, toMs }: TrailQuery,
  attribute: LookupAttribute | null,
): Promise<Lookup> {
  const perRegion = await Promise.all(
    clients.map(async (client) => {
      const records: TrailRecord[] = [];
      const input = {
        StartTime: new Date(fromMs),
        EndTime: new Date(toMs),
        ...(attribute && {
          LookupAttributes: [{ AttributeKey: attribute.key, AttributeValue: attribute.value }],
        }),
      };
      let calls = 0;
      for await (const page of paginateLookupEvents({ client }, input)) {
        calls += 1;
        const parsed = (page.Events ?? []).map((event) => parseEnvelope(event, 'unknown'));
        records.push(...parsed.flatMap((raw) => (raw === null ? [] : [reduceRecord(raw)])));
      }
      return { calls, records };
    }),
  );
  const counts = perRegion.map(({ calls }) => calls);
  return {
    calls: counts.reduce((sum, calls) => sum + calls, 0),
    seconds: Math.max(...counts) / CALLS_PER_SECOND,
    records: perRegion.flatMap(({ records }) => records),
  };
}

async function askAll(aws: AwsReplay, day: BusyDay): Promise<readonly Answered[]> {
  const answers: Answered[] = [];
  for (const asked of QUESTIONS) {
    aws.resetLimits();
    answers.push(await askTwice(aws, asked, day.planted[asked.answer].eventId));
  }
  return answers;
}

async function askTwice(
  aws: AwsReplay,
  { question }: BenchQuestion,
  expectedId: string,
): Promise<Answered> {
  const directory = await mkdtemp(join(tmpdir(), 'redthread-bench-'));
  const log = createKeptLog();
  const store = await openSqliteStore({ path: join(directory, 'redthread.db'), log });
  const clients = createAwsClients(clientSettings(aws));
  const activity = createCachedActivity({
    activity: createActivitySource({ clients, store, log }),
    store,
    records: trailRecordsCodec,
    scope: 'bench',
    nowMs: Date.now,
    log,
  });
  const callsBefore = lookupsOf(aws);
  const startMs = performance.now();
  const first = await ask(activity, question, 'U0ANA');
  const seconds = (performance.now() - startMs) / 1_000;
  const callsAfter = lookupsOf(aws);
  await ask(activity, question, 'U0BEN');
  const callsAgain = lookupsOf(aws) - callsAfter;
  clients.close();
  await store.close();
  await rm(directory, { recursive: true, force: true });
  return { calls: callsAfter - callsBefore, seconds, isRight: first === expectedId, callsAgain };
}

/** The event id of the answer; null: none. */
async function ask(activity: ActivitySource, question: string, userId: string) {
  const query = queryOf(question, Date.now());
  const found = await createEventHistory(activity).search(
    {
      query,
      targets: TARGETS,
      asker: { userId, urgency: 'waiting' },
      matchesEnough: MATCHES_PER_PAGE,
    },
    new AbortController().signal,
  );
  const answer = answerQuestion({ question, query, ...found, deliveredUntilMs: query.toMs });
  return answer.lead?.record.eventId ?? null;
}

function queryOf(question: string, nowMs: number): TrailQuery {
  const context = { timeZone: 'UTC', nowMs, meaning: 'past', lookbackMaxMs: null } as const;
  const parsed = parseQuery(question, context);
  if (parsed.kind === 'error') throw new Error(`${question}: ${parsed.sentence}`);
  return parsed.query;
}

function clientSettings({ endpointUrl }: AwsReplay) {
  process.env['AWS_ACCESS_KEY_ID'] = 'AKIAIOSFODNN7EXAMPLE';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
  return { endpoint: endpointUrl };
}

function lookupsOf(aws: AwsReplay): number {
  return aws.calls.filter(({ operation }) => operation === 'LookupEvents').length;
}

function rowsOf(
  plain: readonly { readonly sure: Plain; readonly byHand: Plain }[],
  ours: readonly Answered[],
): readonly BenchRow[] {
  const rows = QUESTIONS.map(({ question }, index): BenchRow => {
    const [answered, paged] = [ours[index], plain[index]];
    if (answered === undefined || paged === undefined) throw new Error('a question was left out');
    return {
      what: `\`/trail ${question}\``,
      figures: [
        `${counted(answered)}${right(answered)}, asked again ${answered.callsAgain} calls`,
        `paging through ${counted(paged.sure)}`,
        `one attribute by hand ${counted(paged.byHand)}${right(paged.byHand)}`,
      ].join('; '),
    };
  });
  const ratios = ours.map(({ calls }, index) => (plain[index]?.sure.calls ?? 0) / calls);
  const rightCount = ours.filter(({ isRight }) => isRight).length;
  const byHandCount = plain.filter(({ byHand }) => byHand.isRight).length;
  const again = ours.reduce((sum, { callsAgain }) => sum + callsAgain, 0);
  const times = (value: number) => value.toFixed(1);
  const seconds = ours.map((row) => row.seconds);
  return [
    ...rows,
    {
      what: `Ten questions about a day of ${WRITES_A_DAY} writes and ${READS_A_DAY} reads, two Regions, two calls a second each (goal: median ${RATIO_GOAL} times fewer calls; asked again: 0)`,
      figures: [
        `median ${times(quantile(ratios, 0.5))} times fewer calls than paging through, from ${times(Math.min(...ratios))} to ${times(Math.max(...ratios))}`,
        `median ${times(quantile(seconds, 0.5))} s, max ${times(Math.max(...seconds))} s`,
        `right ${rightCount} of ${ours.length} (one attribute by hand: ${byHandCount})`,
        `asked again ${again} calls`,
        'paging is counted page for page, its seconds are from the limit',
      ].join('; '),
    },
  ];
}

function counted({ calls, seconds }: { readonly calls: number; readonly seconds: number }): string {
  return `${calls} calls ${seconds.toFixed(1)} s`;
}

function right({ isRight }: { readonly isRight: boolean }): string {
  return isRight ? '' : ' (not the answer)';
}
