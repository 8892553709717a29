import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../src/domain/trail/query/parse-query.ts';
import type { TrailQuery } from '../../src/domain/trail/query/query.ts';
import type { TrailRecord } from '../../src/domain/trail/record.ts';
import { untrusted } from '../../src/domain/untrusted.ts';
import { followBack } from '../../src/flows/follow-back.ts';
import { resolveChain } from '../../src/flows/resolve-chain.ts';
import {
  asker,
  atMs,
  createAccounts,
  home,
  mint,
  minutesBefore,
  session,
  used,
  user,
} from '../support/chain-builders.ts';
import { createKeptLog } from '../support/kept-log.ts';
import { aPrincipal, aRecord } from '../support/trail-record.ts';

const noor = user('noor');
const pipeline = aPrincipal({
  label: untrusted('repo:northwind/pricing'),
  kind: 'automation',
  roleName: null,
  sessionName: null,
});

/** A call of a session whose record does not say who uses it, so many minutes ago. */
const unclear = (key: string, minutes: number, changes: Partial<TrailRecord> = {}): TrailRecord =>
  used(key, {
    eventId: `${key}-${minutes}`,
    atMs: minutesBefore(minutes),
    principal: session('writer', key.toLowerCase()),
    ...changes,
  });

const byAna = (minutes: number): TrailRecord =>
  aRecord({ eventId: `ana-${minutes}`, atMs: minutesBefore(minutes), accessKeyId: 'ASIAANA' });

interface World {
  readonly calls: readonly TrailRecord[];
  readonly mints?: readonly TrailRecord[];
  readonly signal?: AbortSignal;
}

async function ask(flag: string, { calls, mints = [], signal }: World) {
  const question = `who stopped i-0abc ${flag}`;
  const context = { timeZone: 'UTC', nowMs: atMs, meaning: 'past', lookbackMaxMs: null } as const;
  const { query } = parseQuery(question, context) as { query: TrailQuery };
  const { activity } = createAccounts([...calls, ...mints]);
  const deps = { activity, targets: [home], asker, log: createKeptLog() };
  const followed: string[] = [];
  const report = {
    ...home,
    outcome: 'found',
    count: 1,
    truncated: false,
    explanation: null,
  } as const;
  const input = { question, query, targets: [report], skippedCount: 0, deliveredUntilMs: atMs };
  const answer = await followBack({ ...input, records: calls }, (record) => {
    followed.push(record.eventId);
    return resolveChain(deps, record, signal ?? new AbortController().signal);
  });
  const { lead, others, leftOut, notFound, chain, coverage } = answer;
  const told = others.flatMap(({ records }) => records.map(({ eventId }) => eventId));
  const { recordCount } = coverage;
  return { lead, others: told, leftOut, notFound, chain, recordCount, followed };
}

describe('asking for people', () => {
  it('finds the person behind a session whose record does not name one', async () => {
    const { lead, chain, followed, leftOut } = await ask('is:human', {
      calls: [unclear('ASIAONE', 1), byAna(5)],
      mints: [mint('ASIAONE', noor)],
    });
    expect(lead).toMatchObject({ who: { label: 'noor', kind: 'human' }, atMs: minutesBefore(1) });
    expect(chain?.links).toHaveLength(2);
    expect([followed, leftOut]).toEqual([['ASIAONE-1'], null]);
  });

  it('goes on to the next call where automation is behind the newest', async () => {
    const calls = [unclear('ASIAONE', 1), unclear('ASIATWO', 2), byAna(5)];
    const { lead, others, leftOut, recordCount } = await ask('is:human', {
      calls,
      mints: [mint('ASIAONE', pipeline), mint('ASIATWO', noor)],
    });
    expect(lead?.who.label).toBe('noor');
    expect([others, recordCount, leftOut]).toEqual([['ana-5'], 2, null]);
  });

  it('leads with whom the record names where a newer call cannot be judged, and says so', async () => {
    const { lead, leftOut, recordCount } = await ask('is:human', {
      calls: [unclear('ASIAONE', 1), unclear('ASIATWO', 2), byAna(5)],
    });
    expect(lead?.who.label).toBe('ana@example.com');
    expect(recordCount).toBe(1);
    expect(leftOut).toBe(
      '2 calls were left out: whether a person or automation is behind them is not sure. Ask without is:human to see them.',
    );
  });

  it('does not say that nobody did it where the only call cannot be judged', async () => {
    const { lead, leftOut, notFound } = await ask('is:human', { calls: [unclear('ASIAONE', 1)] });
    expect([lead, leftOut]).toEqual([null, null]);
    expect(notFound).toContain('1 call was left out: whether a person or automation is behind it');
  });

  it('counts nothing as unknown that was followed to its origin', async () => {
    const { lead, notFound } = await ask('is:human', {
      calls: [unclear('ASIAONE', 1)],
      mints: [mint('ASIAONE', pipeline)],
    });
    expect(lead).toBeNull();
    expect(notFound).not.toContain('left out');
  });

  it('follows a session once, however many calls it made', async () => {
    const calls = [1, 2, 3, 4].map((minutes) => unclear('ASIAONE', minutes));
    const { followed, leftOut } = await ask('is:human', { calls: [...calls, byAna(9)] });
    expect(followed).toEqual(['ASIAONE-1', 'ana-9']);
    expect(leftOut).toContain('4 calls were left out');
  });

  it('lists the other calls of a session that turned out to be a person’s', async () => {
    const { others } = await ask('is:human', {
      calls: [unclear('ASIAONE', 1), unclear('ASIAONE', 2), byAna(9)],
      mints: [mint('ASIAONE', noor)],
    });
    expect(others).toEqual(['ASIAONE-2', 'ana-9']);
  });

  it('follows five sessions at most before it leads with what is sure', async () => {
    const keys = [1, 2, 3, 4, 5, 6].map((minutes) => [`ASIA${minutes}`, minutes] as const);
    const { lead, followed, leftOut } = await ask('is:human', {
      calls: [...keys.map(([key, minutes]) => unclear(key, minutes)), byAna(9)],
      mints: [mint('ASIA6', noor)],
    });
    expect(followed).toEqual(['ASIA1-1', 'ASIA2-2', 'ASIA3-3', 'ASIA4-4', 'ASIA5-5', 'ana-9']);
    expect(lead?.who.label).toBe('ana@example.com');
    expect(leftOut).toContain('6 calls were left out');
  });

  it('follows nothing that is older than a call of which it is sure', async () => {
    const { followed, leftOut } = await ask('is:human', {
      calls: [byAna(1), unclear('ASIAONE', 2)],
    });
    expect(followed).toEqual(['ana-1']);
    expect(leftOut).toContain('1 call was left out');
  });

  it('answers with what is sure where the time is over', async () => {
    const { lead, leftOut } = await ask('is:human', {
      calls: [unclear('ASIAONE', 1), byAna(5)],
      mints: [mint('ASIAONE', noor)],
      signal: AbortSignal.abort(),
    });
    expect(lead?.who.label).toBe('ana@example.com');
    expect(leftOut).toContain('1 call was left out');
  });

  it('takes a failed attempt for no answer, whoever made it', async () => {
    const { lead, followed } = await ask('is:human', {
      calls: [unclear('ASIAONE', 1, { errorCode: untrusted('AccessDenied') })],
      mints: [mint('ASIAONE', noor)],
    });
    expect([lead, followed]).toEqual([null, []]);
  });
});

describe('asking for automation, or for anything but people', () => {
  const sdk = {
    principal: {
      ...session('writer', 'botocore-session-1'),
      kind: 'automation',
      confidence: 'medium',
    },
  } as const;

  it('does not take a session for automation that a person began', async () => {
    const { lead, followed } = await ask('is:automation', {
      calls: [unclear('ASIAONE', 1, sdk), unclear('ASIATWO', 2)],
      mints: [mint('ASIAONE', noor), mint('ASIATWO', pipeline)],
    });
    expect(followed).toEqual(['ASIAONE-1', 'ASIATWO-2']);
    expect(lead?.who).toMatchObject({ label: 'repo:northwind/pricing', kind: 'automation' });
  });

  it('leaves out a person who is found behind a session when people are not wanted', async () => {
    const { lead, notFound } = await ask('-is:human', {
      calls: [unclear('ASIAONE', 1)],
      mints: [mint('ASIAONE', noor)],
    });
    expect(lead).toBeNull();
    expect(notFound).not.toContain('left out');
  });

  it('keeps a session of which nothing is known when people are not wanted', async () => {
    const { lead } = await ask('-is:human', { calls: [unclear('ASIAONE', 1)] });
    expect(lead?.who).toMatchObject({ kind: 'unknown', label: 'writer/asiaone' });
  });

  it('finds the person where automation is not wanted', async () => {
    const { lead } = await ask('-is:automation', {
      calls: [unclear('ASIAONE', 1, sdk)],
      mints: [mint('ASIAONE', noor)],
    });
    expect(lead?.who.label).toBe('noor');
  });
});

describe('asking for anybody', () => {
  it('follows the call that answers and no other', async () => {
    const { lead, followed, leftOut } = await ask('', {
      calls: [unclear('ASIAONE', 1), unclear('ASIATWO', 2)],
      mints: [mint('ASIAONE', noor)],
    });
    expect(lead?.who.label).toBe('noor');
    expect([followed, leftOut]).toEqual([['ASIAONE-1'], null]);
  });
});

const HOLDERS = { noor, pipeline, nobody: null } as const;

const worlds = fc.array(
  fc.record({
    key: fc.constantFrom('ASIAA', 'ASIAB', 'ASIAC'),
    isSure: fc.boolean(),
    isFailed: fc.boolean(),
  }),
  { maxLength: 8 },
);
const holders = fc.record({
  ASIAA: fc.constantFrom('noor', 'pipeline', 'nobody'),
  ASIAB: fc.constantFrom('noor', 'pipeline', 'nobody'),
  ASIAC: fc.constantFrom('noor', 'pipeline', 'nobody'),
} as const);

describe('with any calls by anybody', () => {
  it('the newest that is known to be a person’s leads, and none is lost without a word', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, holders, async (rows, behind) => {
        const calls = rows.map(({ key, isSure, isFailed }, index) => {
          const errorCode = isFailed ? untrusted('AccessDenied') : null;
          const call = isSure ? byAna(index + 1) : unclear(key, index + 1);
          return { ...call, errorCode };
        });
        const mints = Object.entries(behind).flatMap(([key, name]) => {
          const holder = HOLDERS[name];
          return holder === null ? [] : [mint(key, holder, { atMs: minutesBefore(20) })];
        });
        const sure = rows.map(({ key, isSure }) => isSure || behind[key] === 'noor');
        const expected = calls.find((row, index) => sure[index] && row.errorCode === null);

        const { lead, followed } = await ask('is:human', { calls, mints });

        expect(lead?.record.eventId).toBe(expected?.eventId);
        expect(followed.length).toBeLessThanOrEqual(4);
      }),
      { numRuns: 300 },
    );
  });
});
