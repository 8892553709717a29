import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseRecords } from '../../src/aws/files/schema.ts';
import { principalOf } from '../../src/domain/trail/principal.ts';
import { reduceRecord } from '../../src/domain/trail/reduce-record.ts';
import { refusals } from '../slack/blocks/refusals.ts';
import { renderedForms, STEERING } from '../support/rendered-forms.ts';

/** A folder of recorded CloudTrail records, one a line or one a file; not part of this repository. */
const folder = process.env['REDTHREAD_TEST_RECORDS'];

const NOT_FOR_ANYBODY = /\bA[KS]IA[A-Z0-9]{16}\b|IQoJb3JpZ2lu|FwoGZXIvYXdz|EXAMPLETOKEN|2012-10-17/;
const KINDS = ['human', 'automation', 'service', 'unknown'];
/** Rendering thousands of records in six forms each takes its time on a small machine. */
const TIMEOUT_MS = 300_000;

function textsOf(path: string): readonly string[] {
  return readdirSync(path).flatMap((name) => {
    const text = readFileSync(join(path, name), 'utf8');
    if (name.endsWith('.json')) return [text];
    return name.endsWith('.jsonl') ? text.split('\n').filter((line) => line.trim() !== '') : [];
  });
}

describe('recorded CloudTrail records', () => {
  const texts = textsOf(folder ?? '.');
  const raws = texts.flatMap(parseRecords);
  const reduced = raws.flatMap((raw) => (raw === null ? [] : [reduceRecord(raw)]));

  it('are read but for the few that are broken', () => {
    expect(reduced.length / raws.length).toBeGreaterThan(0.99);
  });

  it('become small, without key ids, session tokens and policies', () => {
    for (const { accessKeyId: _used, mintedAccessKeyId: _issued, ...record } of reduced) {
      const text = JSON.stringify(record);
      expect(text.length).toBeLessThan(10_000);
      expect(text).not.toMatch(NOT_FOR_ANYBODY);
    }
  });

  it('always say who it was, in words, and of what kind', () => {
    for (const { principal } of reduced) {
      expect(principal.label.trim()).not.toBe('');
      expect(principal.reason).not.toBe('');
      expect(KINDS).toContain(principal.kind);
    }
  });

  it('say so even where the rest of them cannot be read', () => {
    for (const text of texts) {
      const { userIdentity } = JSON.parse(text);
      const hints = { fromConsole: false, userAgent: null, mfaUsed: undefined, eventType: null };
      const { label, kind } = principalOf(userIdentity, {
        ...hints,
        eventSource: '',
        isUnprovenSignIn: false,
      });
      expect(label.trim()).not.toBe('');
      expect(KINDS).toContain(kind);
    }
  });

  it(
    'are told in every form without a secret and without what steers a terminal or Slack',
    () => {
      for (const record of reduced) {
        const { printed, posted, sentences } = renderedForms(record);
        expect(printed.filter((form) => STEERING.test(form))).toEqual([]);
        expect([...printed, ...sentences].join('\n')).not.toMatch(NOT_FOR_ANYBODY);
        expect(posted.flatMap(refusals)).toEqual([]);
      }
    },
    TIMEOUT_MS,
  );
});
