import { describe, expect, it } from 'vitest';
import { classifyThing, isRegion } from '../../../../src/domain/trail/query/classify-thing.ts';
import {
  FILTER_KEYS,
  FLAGS,
  PLACE_NAMES,
  PLACE_WORDS,
  PLACES,
} from '../../../../src/domain/trail/query/query.ts';
import {
  flagOfWord,
  KEYWORDS,
  LITTLE_WORDS,
} from '../../../../src/domain/trail/query/question-words.ts';
import { PLACE_CHOICES, readPlace } from '../../../../src/domain/trail/query/read-place.ts';
import { readThing, troubleWith } from '../../../../src/domain/trail/query/read-thing.ts';

describe('a bare word', () => {
  it.each([
    ['ARN:aws:sns:eu-west-1:111122223333:orders', 'resource'],
    ['AKIAIOSFODNN7EXAMPLE', 'key'],
    ['AKIASHORT', 'name'],
    ['xAKIAIOSFODNN7EXAMPLE', 'name'],
    ['AKIAIOSFODNN7EXAMPLE-x', 'name'],
    ['0F0C5B9A-97c2-4f9e-8f1c-0123456789AB', 'id'],
    ['0f0c5b9a-97c2-4f9e-8f1c', 'name'],
    ['x0f0c5b9a-97c2-4f9e-8f1c-0123456789ab', 'name'],
    ['0f0c5b9a-97c2-4f9e-8f1c-0123456789abx', 'name'],
    ['ana.b+c@example.co.uk', 'user'],
    ['ana@host', 'name'],
    ['ana@example.c', 'name'],
    ['ana@b@example.com', 'name'],
    ['a/ana@example.com', 'name'],
    ['ana@example.com/x', 'name'],
    ['application-autoscaling.amazonaws.com', 'source'],
    ['a.b.amazonaws.com', 'source'],
    ['.amazonaws.com', 'name'],
    ['rds.amazonaws.com.evil', 'name'],
    ['1234567890123', 'name'],
    ['12345678901', 'name'],
    ['x111122223333', 'name'],
    ['DeleteTable', 'event'],
    ['PutMetric2', 'event'],
    ['Put*', 'event'],
    ['*Instances', 'event'],
    ['Put*Alarm*', 'event'],
    ['put*', 'name'],
    ['*instances', 'name'],
    ['x*Instances', 'name'],
    ['Invoke', 'event'],
    ['Unsubscribe', 'event'],
    ['Decrypt', 'event'],
    ['Encrypt', 'event'],
    ['Delete', 'name'],
    ['Deleted', 'name'],
    ['xDeleteTable', 'name'],
    ['Delete-table', 'name'],
    ['CheckoutQueue', 'name'],
  ])('%s is %s', (word, key) => {
    expect(classifyThing(word)).toBe(key);
  });

  it('is an operation by the first words that AWS uses, and no other', () => {
    const operations =
      'AbortX AssumeX BatchX CancelX ConsoleX CreateX DeleteX DescribeX DisableX EnableX GetX InvokeX ' +
      'ListX LookupX ModifyX PutX RebootX RegisterX RunX ScheduleX SendX SetX StartX StopX SwitchX ' +
      'TagX TerminateX UntagX UpdateX WithdrawX WriteX';
    const others = 'AppX DbX OrdersX WebX';

    expect(operations.split(' ').filter((word) => classifyThing(word) !== 'event')).toEqual([]);
    expect(others.split(' ').filter((word) => classifyThing(word) !== 'name')).toEqual([]);
  });

  it.each([
    'eu-west-1',
    'us-east-2',
    'ap-southeast-4',
    'ca-central-1',
    'us-gov-east-1',
    'us-iso-east-1',
    'us-isob-west-1',
    'EU-NORTH-1',
    'il-central-1',
  ])('%s is a Region', (word) => {
    expect(isRegion(word)).toBe(true);
  });

  it.each([
    'europe',
    'eu-west',
    'eu-west-1a',
    'xeu-west-1',
    'eu-west-11',
    'eu-middle-1',
    'us-other-east-1',
  ])('%s is none', (word) => {
    expect(isRegion(word)).toBe(false);
  });
});

describe('the value of a filter', () => {
  const accounts = new Map([['staging', '111122223333']]);

  it.each([
    ['user', '', undefined, '`user:` needs a value right after it.'],
    ['region', 'europe', undefined, 'A Region is written like `region:eu-west-1`.'],
    ['region', 'eu-west-1', undefined, null],
    ['user', 'europe', undefined, null],
    ['account', '111122223333', undefined, null],
    ['account', '1111222233334', undefined, 'An account has 12 digits.'],
    ['account', 'x111122223333', undefined, 'An account has 12 digits.'],
    ['account', 'staging', undefined, 'An account has 12 digits.'],
    ['account', 'staging', new Map<string, string>(), 'An account has 12 digits.'],
    ['account', 'staging', accounts, null],
    ['account', 'prod.eu_1-a', accounts, null],
    ['account', 'two words', accounts, 'An account has 12 digits.'],
    ['account', 'x'.repeat(41), accounts, 'An account has 12 digits.'],
  ])('%s:%s with these accounts has this trouble', (key, value, known, trouble) => {
    expect(troubleWith(key, value, known)).toBe(trouble);
  });

  it('of an account ends as its id, and a bare name that stands for one too', () => {
    const context = { expectsUser: false, accounts };

    expect(readThing('account', 'Staging', context)).toEqual({
      key: 'account',
      value: '111122223333',
    });
    expect(readThing('account', 'other', context)).toEqual({ key: 'account', value: 'other' });
    expect(readThing(null, 'STAGING', context)).toEqual({ key: 'account', value: '111122223333' });
    expect(readThing('resource', 'staging', context)).toEqual({
      key: 'resource',
      value: 'staging',
    });
    expect(readThing(null, 'staging', { ...context, accounts: undefined }).key).toBe('name');
  });

  it('is a user where one is expected and its shape says nothing else', () => {
    const context = { expectsUser: true, accounts };

    expect(readThing(null, 'staging', context)).toEqual({ key: 'user', value: 'staging' });
    expect(readThing('name', 'ana', context).key).toBe('user');
    expect(readThing(null, 'i-0123456789abcdef0', context).key).toBe('resource');
  });
});

describe('the places behind `in:`', () => {
  it('are known by each of their words, and no word is of two', () => {
    const words = PLACES.flatMap((place) =>
      PLACE_WORDS[place].map((word) => [word, place] as const),
    );

    for (const [word, place] of words) {
      expect(word).not.toBe('');
      expect(readPlace(word.toUpperCase())).toEqual({ kind: 'place', place });
    }
    expect(new Set(words.map(([word]) => word)).size).toBe(words.length);
    expect(PLACE_CHOICES).toEqual(['history', 'logs', 'lake', 'files']);
    expect(Object.values(PLACE_NAMES)).toEqual([
      'Event history',
      'CloudWatch Logs',
      'CloudTrail Lake',
      'exported files',
    ]);
  });

  it('are asked about where a word is near, and not guessed where it is not', () => {
    expect(readPlace('lgos')).toEqual({ kind: 'unknown', meant: 'logs' });
    expect(readPlace('s3')).toEqual({ kind: 'unknown', meant: null });
  });
});

describe('words of a question', () => {
  it('are flags where people write them so, and names where a name is expected', () => {
    const nothing = { expectsUser: false, expectsRole: false };

    expect(
      ['Denied', 'refused', 'FAILED', 'root', 'x'].map((word) => flagOfWord(word, nothing)),
    ).toEqual(['denied', 'denied', 'error', 'root', null]);
    expect(flagOfWord('denied', { ...nothing, expectsUser: true })).toBeNull();
    expect(flagOfWord('denied', { ...nothing, expectsRole: true })).toBe('denied');
    expect(flagOfWord('root', { ...nothing, expectsUser: true })).toBe('root');
    expect(flagOfWord('root', { ...nothing, expectsRole: true })).toBeNull();
  });

  it('may be little ones, which say nothing, but none of a letter more', () => {
    const sentence = 'who was it that did something to the any of us by whom and why with please';
    const little = sentence.split(' ').filter((word) => word !== 'did');

    expect(little.filter((word) => !LITTLE_WORDS.has(word))).toEqual([]);
    expect([...LITTLE_WORDS].filter((word) => !/^[a-z]+$/.test(word))).toEqual([]);
    expect(LITTLE_WORDS.has('did')).toBe(false);
  });

  it('are asked about as slips of ours only from five letters on', () => {
    expect(KEYWORDS).toEqual(expect.arrayContaining(['since', 'until', 'denied', 'stopped']));
    expect(KEYWORDS.filter((word) => word.length < 5)).toEqual([]);
  });

  it('that filter and flag are these', () => {
    expect(FILTER_KEYS.join(' ')).toBe(
      'user role event source resource type key ip id account region error agent',
    );
    expect(FLAGS.join(' ')).toBe('write read error denied console root human automation');
  });
});
