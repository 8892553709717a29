import { accountIdOf } from '../../domain/trail/identity.ts';
import type { TrailRecord } from '../../domain/trail/record.ts';
import { type RawTrailRecord, reduceRecord } from '../../domain/trail/reduce-record.ts';
import { AppError } from '../../errors.ts';
import { findFiles } from './find-files.ts';
import { FILE_LIMITS } from './limits.ts';
import type { Piece, Splitter } from './piece.ts';
import { type BytesRead, readText } from './read-text.ts';
import { parseRecords } from './schema.ts';
import { createSharing } from './share-equal.ts';
import { createDocumentSplitter } from './split-documents.ts';
import { createLineSplitter } from './split-lines.ts';
import { tooMuch } from './troubles.ts';

/** A record that was left out, and why: one clause, with nothing of what the record said. */
export interface FileProblem {
  readonly file: string;
  readonly line: number;
  readonly reason: string;
}

export interface FilesRequest {
  /** A file, or a folder that is searched with all its folders. */
  readonly path: string;
  /** Records outside are counted, not kept. Both inclusive. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Of the records inside, which to keep; all when left out. */
  readonly isWanted?: (record: TrailRecord) => boolean;
  readonly onProblem: (problem: FileProblem) => void;
}

export interface FilesReading {
  /** In the order of the files; the same event may be in several. */
  readonly records: readonly TrailRecord[];
  readonly fileCount: number;
  /** All readable ones, in the asked time or not. */
  readonly readCount: number;
  readonly skippedCount: number;
  /** Readable, but from after the asked time. */
  readonly laterCount: number;
  /** Of all readable records; null without any. */
  readonly earliestMs: number | null;
  readonly latestMs: number | null;
  /** Where they were recorded. */
  readonly places: readonly { readonly accountId: string | null; readonly region: string }[];
  readonly hasDataEvents: boolean;
}

const NOT_A_RECORD = 'no CloudTrail record';

interface Progress extends BytesRead {
  readonly records: TrailRecord[];
  readonly share: (record: TrailRecord) => TrailRecord;
  readonly places: Map<string, FilesReading['places'][number]>;
  readCount: number;
  skippedCount: number;
  laterCount: number;
  earliestMs: number | null;
  latestMs: number | null;
  hasDataEvents: boolean;
}

/**
 * Exported CloudTrail records, reduced as they are read. What cannot be read of a file is told and
 * left out; throws an AppError `input-invalid` for a file that cannot be read at all.
 */
export async function readFiles(request: FilesRequest): Promise<FilesReading> {
  const files = await findFiles(request.path);
  const progress: Progress = {
    total: 0,
    records: [],
    share: createSharing(),
    places: new Map(),
    readCount: 0,
    skippedCount: 0,
    laterCount: 0,
    earliestMs: null,
    latestMs: null,
    hasDataEvents: false,
  };
  for (const file of files) await readFile(request, file, progress);
  const { total: _, share: __, places, ...counts } = progress;
  return { ...counts, fileCount: files.length, places: [...places.values()] };
}

async function readFile(request: FilesRequest, file: string, progress: Progress): Promise<void> {
  const splitter = splitterFor(file);
  for await (const text of readText(file, progress)) {
    for (const piece of splitter.push(text)) readPiece(request, file, piece, progress);
  }
  for (const piece of splitter.end()) readPiece(request, file, piece, progress);
}

function splitterFor(file: string): Splitter {
  return /\.jsonl(?:\.gz)?$/i.test(file) ? createLineSplitter() : createDocumentSplitter();
}

function readPiece(request: FilesRequest, file: string, piece: Piece, progress: Progress): void {
  const { line } = piece;
  const skip = (reason: string): void => {
    progress.skippedCount += 1;
    request.onProblem({ file, line, reason });
  };
  if (piece.kind === 'trouble') {
    skip(piece.reason);
    return;
  }
  for (const record of parseRecords(piece.text)) {
    if (record === null) skip(NOT_A_RECORD);
    else takeRecord(request, record, progress);
  }
}

function takeRecord(request: FilesRequest, raw: RawTrailRecord, progress: Progress): void {
  const { atMs, region } = raw;
  const accountId = accountIdOf(raw.recipientAccountId);
  progress.readCount += 1;
  if (progress.readCount > FILE_LIMITS.recordsMax) {
    throw tooMuch(`more than ${FILE_LIMITS.recordsMax} records`);
  }
  progress.hasDataEvents ||= raw.category === 'data';
  progress.earliestMs = Math.min(progress.earliestMs ?? atMs, atMs);
  progress.latestMs = Math.max(progress.latestMs ?? atMs, atMs);
  progress.places.set(`${accountId} ${region}`, { accountId, region });
  if (atMs > request.toMs) progress.laterCount += 1;
  if (atMs < request.fromMs || atMs > request.toMs) return;
  const record = reduceRecord(raw);
  if (request.isWanted?.(record) === false) return;
  progress.records.push(progress.share(record));
  if (progress.records.length > FILE_LIMITS.recordsKeptMax) {
    const { recordsKeptMax } = FILE_LIMITS;
    const sentence = `more than ${recordsKeptMax} records may be the answer: ask about a shorter time`;
    throw new AppError('input-invalid', sentence);
  }
}
