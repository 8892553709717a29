import { readAlarmsFile, readHistoryFile } from '../aws/files/read-alarms.ts';
import { type FileProblem, readFiles } from '../aws/files/read-files.ts';
import { investigate } from '../domain/investigation/investigate.ts';
import type { TrailRecord } from '../domain/trail/record.ts';
import { AppError } from '../errors.ts';
import { investigationGaps } from './investigation-gaps.ts';
import { investigationJson } from './investigation-json.ts';
import { investigationText } from './investigation-text.ts';
import { keepHeapSmall } from './keep-heap-small.ts';
import { printAnswer } from './print-answer.ts';
import { readAt, readCommandLine } from './read-command-line.ts';
import { createProblemTeller } from './tell-problems.ts';

const USAGE =
  'investigate: say what to read: redthread investigate --events PATH --alarms FILE [--history FILE] [--at TIME]';

/** Ranks the changes in exported CloudTrail files as causes of what the saved alarms show. */
export async function runInvestigate(words: readonly string[]): Promise<void> {
  keepHeapSmall();
  const options = readOptions(words);
  const { events, alarms: alarmsPath, history, atMs, region } = options;
  const problems = createProblemTeller();
  let brokenAlarmCount = 0;
  const alarmFiles = {
    region,
    onProblem: (problem: FileProblem): void => {
      brokenAlarmCount += 1;
      problems.onProblem(problem);
    },
  };
  const alarms = await readAlarmsFile({ path: alarmsPath, ...alarmFiles });
  const transitions =
    history === null ? null : await readHistoryFile({ path: history, ...alarmFiles });
  const reading = await readFiles({
    path: events,
    fromMs: 0,
    toMs: atMs,
    isWanted: (record) => isAsked(record, options),
    onProblem: problems.onProblem,
  });
  problems.finish();
  const records = eachOnce(reading.records);
  const found = investigate({ records, alarms, transitions: transitions ?? [], nowMs: atMs });
  const { account } = options;
  const given = { reading, records, alarms, transitions, brokenAlarmCount, account, atMs };
  const result = { found, reading, atMs, gaps: investigationGaps(given, found) };
  printAnswer(options.json ? investigationJson(result) : investigationText(result));
}

function eachOnce(records: readonly TrailRecord[]): readonly TrailRecord[] {
  const seen = new Set<string>();
  return records.filter(({ eventId }) => !seen.has(eventId) && seen.add(eventId));
}

function isAsked(
  { accountId }: TrailRecord,
  { account }: { readonly account: string | null },
): boolean {
  return account === null || accountId === account;
}

function readOptions(words: readonly string[]) {
  const { values, positionals } = readCommandLine('investigate', words, {
    events: { type: 'string' },
    alarms: { type: 'string' },
    history: { type: 'string' },
    at: { type: 'string' },
    account: { type: 'string' },
    region: { type: 'string' },
    json: { type: 'boolean' },
  });
  if (values.events === undefined || values.alarms === undefined || positionals.length > 0) {
    throw new AppError('input-invalid', USAGE);
  }
  if (values.account !== undefined && !/^\d{12}$/.test(values.account)) {
    throw new AppError(
      'input-invalid',
      'investigate: --account takes the twelve digits of an account',
    );
  }
  return {
    events: values.events,
    alarms: values.alarms,
    history: values.history ?? null,
    account: values.account ?? null,
    region: values.region ?? 'unknown',
    atMs: readAt('investigate', values.at, Date.now()),
    json: values.json === true,
  };
}
