import { readFiles } from '../aws/files/read-files.ts';
import type { MintSearch } from '../domain/trail/chain-searches.ts';
import { beginsSession } from '../domain/trail/find-mint.ts';
import type { TrailRecord } from '../domain/trail/record.ts';
import type { FindStarts } from './follow-chain.ts';

/** Some 50 MB. A busy account begins more sessions a day: then the files are read again. */
const STARTS_KEPT_MAX = 20_000;

/** The calls that begin sessions, kept as they are read; where there are too many, looked for again. */
export function createSessionStarts(
  path: string,
  keptMax: number = STARTS_KEPT_MAX,
): { note(record: TrailRecord): void; readonly find: FindStarts } {
  const kept: TrailRecord[] = [];
  let isTooMany = false;
  return {
    note(record) {
      if (isTooMany || !beginsSession(record)) return;
      kept.push(record);
      isTooMany = kept.length > keptMax;
      if (isTooMany) kept.length = 0;
    },
    find: async (searches) => (isTooMany ? readStarts(path, searches) : kept),
  };
}

async function readStarts(
  path: string,
  searches: readonly MintSearch[],
): Promise<readonly TrailRecord[]> {
  const { records } = await readFiles({
    path,
    fromMs: Math.min(...searches.map(({ fromMs }) => fromMs)),
    toMs: Math.max(...searches.map(({ toMs }) => toMs)),
    isWanted: (record) => searches.some((search) => isSought(record, search)),
    // Told when the files were read for the question.
    onProblem: () => undefined,
  });
  return records;
}

/** Windows are wide only where the key is known; otherwise it is a matter of seconds. */
function isSought(record: TrailRecord, { how, attribute, fromMs, toMs }: MintSearch): boolean {
  if (record.atMs < fromMs || record.atMs > toMs || !beginsSession(record)) return false;
  return how !== 'key' || record.mintedAccessKeyId === attribute.value;
}
