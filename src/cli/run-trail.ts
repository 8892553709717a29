import { type FilesReading, readFiles } from '../aws/files/read-files.ts';
import type { TargetReport } from '../domain/coverage.ts';
import { answerQuestion } from '../domain/trail/answer.ts';
import { matchesQuery } from '../domain/trail/query/matches-query.ts';
import { parseQuery } from '../domain/trail/query/parse-query.ts';
import type { TrailQuery } from '../domain/trail/query/query.ts';
import { AppError } from '../errors.ts';
import { gapsOf } from './file-gaps.ts';
import { readAt, readCommandLine } from './read-command-line.ts';
import { createProblemTeller } from './tell-problems.ts';
import { trailJson } from './trail-json.ts';
import { trailText } from './trail-text.ts';

const USAGE =
  'trail: say what to read and what to ask: redthread trail --events PATH "who stopped i-0abc since 3h"';

/** Answers a question about exported CloudTrail files as `/trail` does about Event history. */
export async function runTrail(words: readonly string[]): Promise<void> {
  const { path, question, atMs, json } = readOptions(words);
  const query = readQuestion(question, atMs);
  const problems = createProblemTeller();
  const reading = await readFiles({
    path,
    fromMs: query.fromMs,
    toMs: query.toMs,
    isWanted: (record) => matchesQuery(query, record),
    onProblem: problems.onProblem,
  });
  problems.finish();
  const answer = answerQuestion({
    question,
    query,
    records: reading.records,
    targets: targetsOf(reading),
    skippedCount: reading.skippedCount,
    deliveredUntilMs: query.toMs,
    from: { source: 'files', gaps: gapsOf(reading, query) },
  });
  const result = { answer, query, reading };
  process.stdout.write(
    json ? trailJson(result) : trailText(answer, { timeZone: 'UTC', nowMs: atMs }),
  );
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
  if (parsed.kind === 'query') return parsed.query;
  const { sentence, suggestion } = parsed;
  const more = suggestion === null ? '' : ` Perhaps: ${suggestion}`;
  throw new AppError('input-invalid', `trail: ${sentence}${more}`);
}

function targetsOf({ places, records }: FilesReading): readonly TargetReport[] {
  return places.map(({ accountId, region }) => {
    const ids = records
      .filter((record) => record.region === region && record.accountId === accountId)
      .map(({ eventId }) => eventId);
    const count = new Set(ids).size;
    const outcome = count > 0 ? 'found' : 'nothing';
    return { accountId, region, outcome, count, truncated: false, explanation: null };
  });
}
