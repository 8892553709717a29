import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/ports.ts';
import { openStore } from '../../src/store/open-store.ts';
import { createKeptLog } from '../support/kept-log.ts';
import { anOpening } from '../support/store-builders.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'redthread-redact-'));
  await inStore((store) => store.append(anOpening()));
});
afterEach(() => rm(folder, { recursive: true }));

async function inStore<T>(use: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ redisUrl: null, dataDirectory: folder }, createKeptLog());
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

async function redact(typed: string, ...words: readonly string[]) {
  const child = spawn(process.execPath, ['src/main.ts', 'redact', ...words], {
    env: { PATH: process.env['PATH'], REDTHREAD_DATA: folder, LOG_LEVEL: 'error' },
  });
  child.stdin.end(typed);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, errors] = await Promise.all([readAll(child.stdout), readAll(child.stderr)]);
  return { out, errors, code: await ended };
}

describe('redthread redact', () => {
  it('takes the text on standard input out of the record, and says how far it reached', async () => {
    const { code, out } = await redact('Checkout\n', 'rt-1', '--reason', 'a name');
    expect(code).toBe(0);
    expect(out).toMatch(/^The text is out of RT-1: 1 place of the record changed/);
    expect(out).not.toContain('Checkout');
    const [state, audit, counts] = await inStore((store) =>
      Promise.all([store.readState('RT-1'), store.readAudit(9), store.workCounts()]),
    );
    expect(state?.title).toBe('[redacted] is slow');
    expect(audit).toMatchObject([{ action: 'redaction', userId: 'operator', question: 'RT-1' }]);
    expect(counts.pending).toBeGreaterThan(0);
  });

  it.each([
    ['no incident', ['--reason', 'x'], /say which incident and why/],
    ['no reason', ['RT-1'], /say which incident and why/],
    ['an unknown incident', ['RT-9', '--reason', 'x'], /There is no such incident/],
    ['the text in the line', ['RT-1', 'Checkout', '--reason', 'x'], /standard input/],
  ])('refuses %s with a clear sentence', async (_what, words, sentence) => {
    const { code, errors } = await redact('Checkout', ...words);
    expect(code).toBe(2);
    expect(errors).toMatch(sentence);
  });

  it('does not repeat a text that is nowhere', async () => {
    const { code, errors } = await redact('hunter2-horse', 'RT-1', '--reason', 'x');
    expect(code).toBe(2);
    expect(errors).toMatch(/nowhere in the record/);
    expect(errors).not.toContain('hunter2');
  });
});
