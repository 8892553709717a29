import { describe, expect, test } from 'vitest';
import { foldBursts } from '../../../src/domain/trail/bursts.ts';
import type { TrailRecord } from '../../../src/domain/trail/record.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { aRecord } from '../../support/trail-record.ts';

const START_MS = Date.parse('2026-03-10T10:00:00Z');

/** One call of one session, so many seconds after the first. */
function call(seconds: number, changes: Parameters<typeof aRecord>[0] = {}): TrailRecord {
  return aRecord({ eventId: `event-${seconds}`, atMs: START_MS + seconds * 1_000, ...changes });
}

const rule = (seconds: number, way: 'Authorize' | 'Revoke', group = 'sg-0abc') =>
  call(seconds, { eventName: `${way}SecurityGroupIngress`, named: [group] });

describe('a burst', () => {
  test('is what one session did with less than two minutes in between', () => {
    const bursts = foldBursts([call(300), call(150), call(60), call(0)]);
    expect(bursts.map(({ count, fromMs, toMs }) => [count, fromMs, toMs])).toEqual([
      [1, START_MS + 300_000, START_MS + 300_000],
      [3, START_MS, START_MS + 150_000],
    ]);
  });

  test('is not made of what two sessions did at the same time', () => {
    const other = call(10, { accessKeyId: 'ASIAEXAMPLEEXAMPLE22' });
    expect(foldBursts([call(20), other, call(0)]).map(({ count }) => count)).toEqual([2, 1]);
  });

  test('counts calls of one kind with the noun for what they change', () => {
    const [burst] = foldBursts([rule(20, 'Revoke'), rule(10, 'Authorize', 'sg-0def')]);
    expect(burst).toMatchObject({ action: 'changed 2 security group rules', joint: ' in ' });
    expect(burst?.names).toEqual(['sg-0abc', 'sg-0def']);
  });

  test('has the plain words of its one event name', () => {
    const [burst] = foldBursts([rule(20, 'Authorize'), rule(10, 'Authorize')]);
    expect(burst).toMatchObject({ action: 'opened a port in', joint: ' ', count: 2 });
  });

  test('names every kind of call in it, with how often', () => {
    const records = [
      call(30, { eventName: 'StopInstances' }),
      call(20, { eventName: 'UpdateAlias20150331' }),
      call(10, { eventName: 'UpdateAlias20150331' }),
    ];
    expect(foldBursts(records)[0]).toMatchObject({
      action: 'StopInstances, UpdateAlias ×2',
      eventNames: ['StopInstances', 'UpdateAlias'],
    });
  });

  test('counts the kinds that it does not name', () => {
    const records = ['A', 'B', 'C', 'D', 'E', 'F'].map((name, index) =>
      call(10 - index, { eventName: `Put${name}` }),
    );
    expect(foldBursts(records)[0]?.action).toBe('PutA, PutB, PutC, PutD and 2 more kinds');
  });

  test('keeps what was refused apart from what was done, and calls it an attempt', () => {
    const refused = call(10, { errorCode: untrusted('AccessDenied') });
    const bursts = foldBursts([call(20), refused, call(0)]);
    expect(bursts.map(({ action, count }) => [action, count])).toEqual([
      ['stopped', 2],
      ['tried to stop', 1],
    ]);
  });

  test('calls an attempt without words by the name of the event', () => {
    const refused = call(10, { eventName: 'PutFoo', errorCode: untrusted('AccessDenied') });
    expect(foldBursts([refused])[0]).toMatchObject({ action: 'tried PutFoo', joint: ' on ' });
  });
});
