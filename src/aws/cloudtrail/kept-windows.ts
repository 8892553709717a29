import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { TrailRecord } from '../../domain/trail/record.ts';
import {
  isFinal,
  type ReadWindow,
  type SecondsWindow,
  secondOf,
} from '../../domain/trail/windows.ts';
import type { ActivityAttribute, ActivityRequest, Logger, Store } from '../../ports.ts';
import { pack, unpack } from '../packed-text.ts';

/** How records are written down; a text of another form makes `decode` throw. */
export interface RecordsCodec {
  encode(records: readonly TrailRecord[]): string;
  decode(text: string, key: string): readonly TrailRecord[];
}

export interface KeptWindow extends ReadWindow {
  readonly windowId: string;
  readonly accountId: string | null;
  readonly expiresAtMs: number;
  /** Reading stopped there at a limit, and more was to come. Its last pieces are then of the second before. */
  readonly isMoreBelow: boolean;
  readonly pageSizes: readonly number[];
}

export interface WindowReading extends SecondsWindow {
  readonly readAtMs: number;
  readonly accountId: string | null;
  readonly skippedCount: number;
  readonly isMoreBelow: boolean;
  /** Newest first. */
  readonly records: readonly TrailRecord[];
  /** Of the second before, which was not read whole: as many as came. */
  readonly edge: readonly TrailRecord[];
  /** How many records were on each page: who asks again decides by the same pages, and needs no other. */
  readonly pageSizes: readonly number[];
}

/** Windows read before, by question. The cache is a help, never a condition: its troubles are logged. */
export interface KeptWindows {
  list(key: string): Promise<readonly KeptWindow[]>;
  /** The records of one of its pieces; null when it is gone or cannot be read. */
  readPiece(key: string, window: KeptWindow, index: number): Promise<readonly TrailRecord[] | null>;
  keep(request: ActivityRequest, reading: WindowReading): Promise<void>;
  keyOf(request: ActivityRequest): string;
}

export interface KeptWindowsDependencies {
  readonly store: Pick<Store, 'readCached' | 'saveCached'>;
  readonly records: RecordsCodec;
  /** Changes with what the answers depend on besides the request: the bot's own credentials, the endpoint. */
  readonly scope: string;
  readonly nowMs: () => number;
  readonly log: Logger;
}

/** To be counted up when records are reduced in another way: what was kept before is then read anew. */
const FORM = 3;

const LIMITS = {
  windowsPerQuestionMax: 50,
  recordsPerPieceMax: 500,
  // Stores keep bodies of up to 256 KiB.
  pieceCharactersMax: 200_000,
} as const;

const DAY_MS = 86_400_000;
// Scans are large and soon of no interest; exact questions are small, and chains lead back to them.
const KEEP_SCAN_MS = DAY_MS;
const KEEP_EXACT_MS = 30 * DAY_MS;
const EXACT: readonly ActivityAttribute['key'][] = ['EventId', 'ResourceName', 'AccessKeyId'];

const pieceSchema = z.object({
  fromSecond: z.int(),
  toSecond: z.int(),
  recordCount: z.int(),
});
const windowsSchema = z.array(
  z.object({
    windowId: z.string(),
    fromSecond: z.int(),
    toSecond: z.int(),
    readAtMs: z.number(),
    expiresAtMs: z.number(),
    accountId: z.string().nullable(),
    skippedCount: z.int(),
    isMoreBelow: z.boolean(),
    pageSizes: z.array(z.int()),
    pieces: z.array(pieceSchema),
  }),
);

export function createKeptWindows(deps: KeptWindowsDependencies): KeptWindows {
  const { store, nowMs, log } = deps;
  const orElse = async <T>(whatElse: T, what: string, action: () => Promise<T>): Promise<T> => {
    try {
      return await action();
    } catch (error) {
      log.warn(what, { reason: error instanceof Error ? error.message : String(error) });
      return whatElse;
    }
  };
  const list = (key: string) =>
    orElse([], 'the windows read before could not be listed', async () => {
      const body = await store.readCached(key);
      const windows = body === null ? [] : windowsSchema.parse(JSON.parse(body));
      return windows.filter(({ expiresAtMs }) => expiresAtMs > nowMs());
    });
  return {
    keyOf: (request) => keyOf(request, deps.scope),
    list,
    readPiece: (key, window, index) =>
      orElse(null, 'a window read before could not be read again', async () => {
        const pieceKey = pieceKeyOf(key, window.windowId, index);
        const body = await store.readCached(pieceKey);
        if (body === null) return null;
        const records = deps.records.decode(await unpack(body), pieceKey);
        return records.length === window.pieces[index]?.recordCount ? records : null;
      }),
    keep: (request, reading) =>
      orElse(undefined, 'a window could not be kept', async () => {
        const key = keyOf(request, deps.scope);
        const window = await savePieces(deps, key, request, reading);
        if (window === null) return;
        // Two processes at once: one of the windows is lost and read again, nothing else.
        const windows = withWindow(await list(key), window);
        const lastMs = Math.max(...windows.map(({ expiresAtMs }) => expiresAtMs));
        await store.saveCached(key, JSON.stringify(windows), lastMs - nowMs());
      }),
  };
}

function keyOf({ target, attribute, category }: ActivityRequest, scope: string): string {
  const { accountId, region } = target;
  const question = [
    scope,
    accountId,
    region,
    attribute?.key ?? null,
    attribute?.value ?? null,
    ...(category === undefined ? [] : [category]),
  ];
  return `trail-windows ${FORM} ${JSON.stringify(question)}`;
}

function pieceKeyOf(key: string, windowId: string, index: number): string {
  return `${key} ${windowId} ${index}`;
}

/** The newest reading first; those that it makes superfluous and the oldest are forgotten. */
function withWindow(known: readonly KeptWindow[], added: KeptWindow): readonly KeptWindow[] {
  const others = known.filter(
    (window) => window.fromSecond < added.fromSecond || window.toSecond > added.toSecond,
  );
  return [added, ...others].slice(0, LIMITS.windowsPerQuestionMax);
}

/** Null when a record is too large to be kept. */
async function savePieces(
  { store, records: codec, nowMs }: KeptWindowsDependencies,
  key: string,
  { attribute }: ActivityRequest,
  reading: WindowReading,
): Promise<KeptWindow | null> {
  const { records, edge, ...rest } = reading;
  const whole = await packAllRecords(codec, records);
  const more = await packAllRecords(codec, edge);
  if (whole === null || more === null) return null;
  const packed = [...whole, ...more];
  const pieces = packed.map((piece) => pieceOf(piece.records));
  const windowId = randomUUID();
  const isLong =
    attribute !== null && EXACT.includes(attribute.key) && isFinal({ ...rest, pieces });
  const ttlMs = isLong ? KEEP_EXACT_MS : KEEP_SCAN_MS;
  for (const [index, { body }] of packed.entries()) {
    await store.saveCached(pieceKeyOf(key, windowId, index), body, ttlMs);
  }
  return { ...rest, windowId, pieces, expiresAtMs: nowMs() + ttlMs };
}

function pieceOf(records: readonly TrailRecord[]) {
  const seconds = records.map(({ atMs }) => secondOf(atMs));
  return {
    fromSecond: Math.min(...seconds),
    toSecond: Math.max(...seconds),
    recordCount: records.length,
  };
}

interface Packed {
  readonly records: readonly TrailRecord[];
  readonly body: string;
}

async function packAllRecords(
  codec: RecordsCodec,
  records: readonly TrailRecord[],
): Promise<readonly Packed[] | null> {
  const all: Packed[] = [];
  for (let at = 0; at < records.length; at += LIMITS.recordsPerPieceMax) {
    const packed = await packRecords(codec, records.slice(at, at + LIMITS.recordsPerPieceMax));
    if (packed === null) return null;
    all.push(...packed);
  }
  return all;
}

async function packRecords(
  codec: RecordsCodec,
  records: readonly TrailRecord[],
): Promise<readonly Packed[] | null> {
  const body = await pack(codec.encode(records));
  if (body.length <= LIMITS.pieceCharactersMax) return [{ records, body }];
  if (records.length === 1) return null;
  const middle = Math.ceil(records.length / 2);
  const newer = await packRecords(codec, records.slice(0, middle));
  const older = await packRecords(codec, records.slice(middle));
  return newer === null || older === null ? null : [...newer, ...older];
}
