import { describe, expect, it } from 'vitest';
import { readFiles } from '../../src/aws/files/read-files.ts';
import { followChain } from '../../src/cli/follow-chain.ts';
import { createSessionStarts } from '../../src/cli/session-starts.ts';
import { canBeFollowed } from '../../src/domain/trail/chain.ts';
import type { TrailRecord } from '../../src/domain/trail/record.ts';

const PATH = new URL('../../src/simulator/incidents/checkout-5xx/events.jsonl', import.meta.url)
  .pathname;

async function readDemo(): Promise<readonly TrailRecord[]> {
  const request = { path: PATH, fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };
  return (await readFiles({ ...request, onProblem: () => undefined })).records;
}

describe('calls that begin sessions, in files', () => {
  it('are read again where there were too many to keep, with the same chains in the end', async () => {
    const records = await readDemo();
    const [kept, tooMany] = [createSessionStarts(PATH), createSessionStarts(PATH, 3)];
    for (const record of records) for (const starts of [kept, tooMany]) starts.note(record);
    const roles = records
      .filter((record) => !record.readOnly && canBeFollowed(record))
      .slice(0, 12);
    const found = await Promise.all(roles.map((record) => followChain(record, tooMany.find)));
    expect(found).toEqual(await Promise.all(roles.map((record) => followChain(record, kept.find))));
    expect(found.filter(({ end }) => end === 'origin').length).toBeGreaterThan(0);
  });
});
