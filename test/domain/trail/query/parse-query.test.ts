import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeQuery } from '../../../../src/domain/trail/query/describe-query.ts';
import { parseQuery } from '../../../../src/domain/trail/query/parse-query.ts';
import type { QueryError, TrailQuery } from '../../../../src/domain/trail/query/query.ts';

const NOW = '2026-03-10T12:00:00Z';
const context = {
  timeZone: 'UTC',
  nowMs: Date.parse(NOW),
  meaning: 'past',
  lookbackMaxMs: 90 * 86_400_000,
} as const;

function understood(line: string): TrailQuery {
  const result = parseQuery(line, context);
  expect(result).toMatchObject({ kind: 'query' });
  return (result as { query: TrailQuery }).query;
}

function refused(line: string): QueryError {
  const result = parseQuery(line, context);
  expect(result).toMatchObject({ kind: 'error' });
  return result as QueryError;
}

const words = (line: string) => describeQuery(understood(line));
const hoursOf = ({ fromMs, toMs }: TrailQuery) => (toMs - fromMs) / 3_600_000;

describe('reading a who-did question', () => {
  it.each([
    ['who stopped i-0abc', 'stopped · resource i-0abc'],
    ['Who STOPPED i-0abc?', 'stopped · resource i-0abc'],
    ['what changed', 'changed'],
    ['who did that to checkout', 'any call · resource checkout'],
    ['what did ana change on the table', 'changed · user ana · resource table'],
    ['who stopped or terminated i-1ab, i-2cd', 'stopped or terminated · resource i-1ab or i-2cd'],
    ['who logged in is:root', 'logged in · by root'],
    ['checkout', 'resource or user checkout · writes'],
    ['DeleteTopic by deploy-bot', 'event DeleteTopic · user deploy-bot'],
    ['user:ana is:read', 'user ana · reads'],
    ['-user:deploy-bot is:write', 'not user deploy-bot · writes'],
    ['-is:human event:Delete*', 'event Delete* · not by people'],
    ['resource:"my queue" is:write', 'resource my queue · writes'],
    ['"since" event:PutItem', 'resource since · event PutItem'],
    ['source:rds error:AccessDenied', 'service rds · error AccessDenied'],
    ['who stopped i-0abc in:lake', 'stopped · resource i-0abc · in CloudTrail Lake'],
    ['in:logs user:ana', 'user ana · writes · in CloudWatch Logs'],
    ['user:ana in:Event-History', 'user ana · writes · in Event history'],
    ['user:ana in:files', 'user ana · writes · in exported files'],
    ['who did that in eu-west-1', 'any call · Region eu-west-1'],
  ])('understands `%s`', (line, description) => {
    expect(words(line)).toBe(description);
  });

  it.each([
    ['i-0123456789abcdef0', 'resource'],
    ['eni-0abc', 'resource'],
    ['arn:aws:sns:eu-west-1:111122223333:orders', 'resource'],
    ['AKIAIOSFODNN7EXAMPLE', 'key'],
    ['ASIAIOSFODNN7EXAMPLE', 'key'],
    ['0f0c5b9a-97c2-4f9e-8f1c-0123456789ab', 'id'],
    ['198.51.100.7', 'ip'],
    ['198.51.100.0/24', 'ip'],
    ['2001:db8::7', 'ip'],
    ['ana@example.com', 'user'],
    ['rds.amazonaws.com', 'source'],
    ['StopInstances', 'event'],
    ['Delete*', 'event'],
    ['111122223333', 'account'],
    ['eu-west-1', 'region'],
    ['us-gov-west-1', 'region'],
    ['AppointmentsStack', 'name'],
    ['/prod/search/flags', 'name'],
    ['https://sqs.eu-west-1.amazonaws.com/111122223333/jobs', 'name'],
  ])('classes `%s` by its shape as %s', (word, key) => {
    expect(understood(word).conditions).toEqual([{ key, value: word, negated: false }]);
  });

  it('takes the last 24 hours when no time is named', () => {
    expect(understood('who stopped i-0abc')).toMatchObject({
      fromMs: Date.parse('2026-03-09T12:00:00Z'),
      toMs: Date.parse(NOW),
      hasWindow: false,
    });
  });

  it('takes all of Event history for an event id, which names one call whenever that was', () => {
    const id = '0f0c5b9a-97c2-4f9e-8f1c-0123456789ab';
    expect(hoursOf(understood(`id:${id}`))).toBe(90 * 24);
    expect(hoursOf(understood(`-id:${id} did`))).toBe(24);
    expect(hoursOf(understood(`id:${id} since 2h`))).toBe(2);
  });

  it('takes the 24 hours before `until` when there is no `since`', () => {
    expect(hoursOf(understood('event:StopTask until 10:00'))).toBe(24);
  });

  it.each([
    ['who stopped i-0abc since 3h', 3],
    ['since 3h who stopped i-0abc', 3],
    ['who stopped i-0abc 90m', 1.5],
    ['who stopped i-0abc in the last 2 hours', 2],
    ['who stopped i-0abc since yesterday 11:00 UTC', 25],
    ['who stopped i-0abc since:2h', 2],
    ['who stopped i-0abc from 09:00 to 10:30', 1.5],
    ['what changed yesterday', 24],
    ['event:StopTask since 1h until 12:30', 1],
  ])('reads the window of `%s`', (line, hours) => {
    expect(hoursOf(understood(line))).toBe(hours);
  });

  it('leaves reads out unless something says what kind of call is meant', () => {
    expect(understood('i-0abc').assumesWrites).toBe(true);
    expect(understood('i-0abc is:denied').assumesWrites).toBe(false);
    expect(understood('event:GetObject').assumesWrites).toBe(false);
  });

  it('keeps colons in names that are no filters', () => {
    expect(understood('resource:arn:aws:iam::111122223333:role/x').conditions[0]?.value).toBe(
      'arn:aws:iam::111122223333:role/x',
    );
  });
});

describe('where to search', () => {
  it.each([
    ['history', 'event-history'],
    ['event-history', 'event-history'],
    ['logs', 'logs-insights'],
    ['CloudWatch', 'logs-insights'],
    ['lake', 'lake'],
    ['cloudtrail-lake', 'lake'],
    ['files', 'files'],
  ])('is named by `in:%s`', (word, place) => {
    expect(understood(`who stopped i-0abc in:${word}`).place).toBe(place);
  });

  it('is left open when nothing names it, also by the word "in" alone', () => {
    expect(understood('who stopped i-0abc in lake').place).toBeNull();
  });

  it('may be said twice, but not differently', () => {
    expect(understood('i-0abc in:lake in:cloudtrail-lake').place).toBe('lake');
    expect(refused('i-0abc in:lake in:logs')).toMatchObject({ start: 15, end: 22 });
  });
});

describe('refusing a question', () => {
  it('suggests the word that was meant, where it stands, and the whole line', () => {
    expect(refused('who stopped i-0abc sicne 3h')).toEqual({
      kind: 'error',
      sentence: "Don't know `sicne`: did you mean `since`? A name goes in quotes.",
      start: 19,
      end: 24,
      suggestion: 'who stopped i-0abc since 3h',
    });
  });

  it.each([
    ['usr:ana', 'user:ana'],
    ['who stoped i-0abc', 'who stopped i-0abc'],
    ['user:ana is:denyed', 'user:ana is:denied'],
    ['-rgion:eu-west-1 user:ana', '-region:eu-west-1 user:ana'],
    ['i-0abc in:lkae', 'i-0abc in:lake'],
    ['i-0abc in:hystory since 2h', 'i-0abc in:history since 2h'],
  ])('suggests a question for `%s` that is understood', (line, suggestion) => {
    expect(refused(line).suggestion).toBe(suggestion);
    understood(suggestion);
  });

  it.each([
    ['', 'Say what to look for'],
    ['who', 'Say what to look for'],
    ['who stopped i-0abc since teatime', 'not a time'],
    ['who stopped i-0abc since', 'A time is missing'],
    ['user: since 3h', 'needs a value'],
    ['is:nice', 'write, read, error'],
    ['region:europe', 'eu-west-1'],
    ['i-0abc in:s3', 'history, logs, lake, files'],
    ['i-0abc in:', 'history, logs, lake, files'],
    ['i-0abc -in:lake', 'where to search'],
    ['in:lake', 'Say what to look for'],
    ['account:42', '12 digits'],
    ['event:X since 1h until 10:00', '`until` is before `since`'],
    ['event:X since 2h until yesterday', '`until` is before `since`'],
    ['who "stopped', 'never closed'],
    ['x'.repeat(501), 'longer than 500'],
  ])('says what is wrong with `%s`', (line, part) => {
    expect(refused(line).sentence).toContain(part);
  });

  it('refuses what lies beyond Event history, and says what could answer', () => {
    expect(refused('who stopped i-0abc since 91d').sentence).toMatch(/90 days.*trail --events/);
    understood('who stopped i-0abc since 90d');
  });

  it('has no such limit for files', () => {
    expect(parseQuery('event:X since 400d', { ...context, lookbackMaxMs: null }).kind).toBe(
      'query',
    );
  });

  it.each([
    ['denied since 1h', 'denied calls'],
    ['who was denied DeleteTable', 'event DeleteTable · denied calls'],
    ['what failed since 1h', 'failed calls'],
    ['who stopped i-0abc -denied', 'stopped · resource i-0abc · not denied calls'],
    ['what did root since 2d', 'any call · by root'],
    ['who changed sg-0abc by root', 'changed · resource sg-0abc · by root'],
    ['who assumed role root', 'assumed · resource root'],
    ['what did denied do', 'any call · user denied'],
    ['who changed "denied"', 'changed · resource denied'],
    ['who changed resource:failed', 'changed · resource failed'],
  ])('reads what people write instead of `is:` in `%s`', (line, understood) => {
    expect(words(line)).toBe(understood);
  });

  it('mends all slips in one suggestion', () => {
    const { suggestion, start } = refused('who stoped i-0abc sicne 3h regoin:eu-west-1');
    expect(suggestion).toBe('who stopped i-0abc since 3h region:eu-west-1');
    expect(start).toBe(4);
  });

  it('suggests nothing that is no question either', () => {
    expect(refused('who stopped i-0abc sicne lunch')).toMatchObject({
      suggestion: null,
      sentence: expect.stringContaining('did you mean `since`?'),
    });
  });

  it('asks about a slip in such a word', () => {
    expect(refused('deneid since 1h').suggestion).toBe('denied since 1h');
  });

  it('never throws, and points into the line it was given', () => {
    const piece = fc.constantFrom(
      'who ',
      'stopped ',
      'since ',
      '3h ',
      '-',
      '"',
      ':',
      'user:',
      'is:',
      'in:',
      'lake ',
      'i-0abc ',
      ' ',
      '*',
      '2001::',
      '/33 ',
      'sicne ',
      'in:lgos ',
      'account:staging ',
      'deneid ',
      'until 10:00 ',
      'constructor ',
      '__proto__:',
      '👩‍💻',
      'from ',
    );
    const lines = fc.oneof(
      fc.string(),
      fc.array(piece).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(lines, (line) => {
        const result = parseQuery(line, context);
        const error = result.kind === 'error' ? result : null;
        const { start, end, suggestion } = error ?? { start: 0, end: 0, suggestion: null };
        expect(0 <= start && start <= end && end <= line.length).toBe(true);
        expect(parseQuery(suggestion ?? 'since 3h', context).kind).toBe('query');
      }),
      { numRuns: 500 },
    );
  });
});
