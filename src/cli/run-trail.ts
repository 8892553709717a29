import { type FilesReading, readFiles } from '../aws/files/read-files.ts';
import type { TargetReport } from '../domain/coverage.ts';
import type { AnswerInput } from '../domain/trail/answer.ts';
import { CHAIN_LIMITS } from '../domain/trail/chain.ts';
import { matchesQuery } from '../domain/trail/query/matches-query.ts';
import { parseQuery } from '../domain/trail/query/parse-query.ts';
import {
  asksForOneRecord,
  PLACE_NAMES,
  PLACE_WORDS,
  type TrailQuery,
} from '../domain/trail/query/query.ts';
import type { TrailRecord } from '../domain/trail/record.ts';
import { AppError } from '../errors.ts';
import { followBack } from '../flows/follow-back.ts';
import { gapsOf } from './file-gaps.ts';
import { type FindStarts, followChain } from './follow-chain.ts';
import { printAnswer } from './print-answer.ts';
import { readAt, readCommandLine } from './read-command-line.ts';
import { createSessionStarts } from './session-starts.ts';
import { createProblemTeller } from './tell-problems.ts';
import { trailJson } from './trail-json.ts';
import { trailText } from './trail-text.ts';

const USAGE =
  'trail: say what to read and what to ask: redthread trail --events PATH "who stopped i-0abc since 3h"';

/** Answers a question about exported CloudTrail files as `/trail` does about Event history. */
export async function runTrail(words: readonly string[]): Promise<void> {
  const { path, question, atMs, json } = readOptions(words);
  const asked = readQuestion(question, atMs);
  const isOpen = asksForOneRecord(asked) && !asked.hasWindow;
  const wanted = isOpen ? { ...asked, fromMs: 0 } : asked;
  const problems = createProblemTeller();
  const starts = createSessionStarts(path);
  const reading = await readFiles({
    path,
    // Credentials may have been issued well before the call they were used for.
    fromMs: wanted.fromMs - CHAIN_LIMITS.windowMs,
    toMs: wanted.toMs,
    isWanted: (record) => {
      starts.note(record);
      return matchesQuery(wanted, record);
    },
    onProblem: problems.onProblem,
  });
  problems.finish();
  // A record that is asked for by its id may be as old as the files are.
  const query = isOpen ? { ...wanted, fromMs: reading.earliestMs ?? asked.fromMs } : asked;
  // What the other account recorded of the same action matches the question too.
  const find: FindStarts = async (sought) => [...reading.records, ...(await starts.find(sought))];
  const found = foundIn(reading, question, query);
  const answer = await followBack(found, (record) => followChain(record, find));
  const output = json
    ? trailJson({ answer, query, reading })
    : trailText(answer, { timeZone: 'UTC', nowMs: atMs });
  printAnswer(output);
}

function foundIn(reading: FilesReading, question: string, query: TrailQuery): AnswerInput {
  const records = reading.records.filter((record) => matchesQuery(query, record));
  return {
    question,
    query,
    records,
    targets: targetsOf(reading.places, records),
    skippedCount: reading.skippedCount,
    deliveredUntilMs: query.toMs,
    from: { source: 'files', gaps: gapsOf(reading, query) },
  };
}

function readOptions(words: readonly string[]) {
  const { values, positionals } = readCommandLine('trail', words, {
    events: { type: 'string' },
    at: { type: 'string' },
    json: { type: 'boolean' },
  });
  const question = positionals.join(' ').trim();
  if (values.events === undefined || question === '') throw new AppError('input-invalid', USAGE);
  return {
    path: values.events,
    question,
    atMs: readAt('trail', values.at, Date.now()),
    json: values.json === true,
  };
}

function readQuestion(question: string, nowMs: number): TrailQuery {
  const parsed = parseQuery(question, {
    timeZone: 'UTC',
    nowMs,
    meaning: 'past',
    lookbackMaxMs: null,
  });
  if (parsed.kind === 'query') return checkPlace(parsed.query);
  const { sentence, suggestion } = parsed;
  const more = suggestion === null ? '' : ` Perhaps: ${suggestion}`;
  throw new AppError('input-invalid', `trail: ${sentence}${more}`);
}

function checkPlace(query: TrailQuery): TrailQuery {
  const { place } = query;
  if (place === null || place === 'files') return query;
  throw new AppError(
    'input-invalid',
    `trail: only files are read here, not ${PLACE_NAMES[place]}: leave out in:${PLACE_WORDS[place][0]}, or ask /trail in Slack.`,
  );
}

function targetsOf(
  places: FilesReading['places'],
  records: readonly TrailRecord[],
): readonly TargetReport[] {
  return places.map(({ accountId, region }) => {
    const own = records.filter(
      (record) => record.region === region && record.accountId === accountId,
    );
    const count = new Set(own.map(({ eventId }) => eventId)).size;
    const outcome = count > 0 ? 'found' : 'nothing';
    return { accountId, region, outcome, count, truncated: false, explanation: null };
  });
}
