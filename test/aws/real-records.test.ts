import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseEnvelope } from '../../src/aws/cloudtrail/schema.ts';
import { reduceRecord } from '../../src/domain/trail/reduce-record.ts';

/** A folder of recorded CloudTrail records, one a line; not part of this repository. */
const folder = process.env['REDTHREAD_TEST_RECORDS'];

function linesOf(path: string): readonly string[] {
  return readdirSync(path)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => readFileSync(join(path, name), 'utf8').split('\n'))
    .filter((line) => line.trim() !== '');
}

describe('recorded CloudTrail records', () => {
  const lines = linesOf(folder ?? '.');
  const reduced = lines.flatMap((line) => {
    const raw = parseEnvelope({ EventTime: new Date(0), CloudTrailEvent: line }, 'eu-west-1');
    return raw === null ? [] : [reduceRecord(raw)];
  });

  it('are read but for the few that are broken or of another kind', () => {
    expect(reduced.length / lines.length).toBeGreaterThan(0.95);
  });

  it('become small, without key ids, session tokens and policies', () => {
    for (const { accessKeyId: _used, mintedAccessKeyId: _issued, ...record } of reduced) {
      const text = JSON.stringify(record);
      expect(text.length).toBeLessThan(10_000);
      expect(text).not.toMatch(/\bA[KS]IA[A-Z0-9]{16}\b|IQoJb3JpZ2lu|FwoGZXIvYXdz|2012-10-17/);
    }
  });

  it('always say who it was, in words', () => {
    for (const { principal } of reduced) {
      expect(principal.label).not.toBe('');
      expect(principal.reason).not.toBe('');
    }
  });
});
