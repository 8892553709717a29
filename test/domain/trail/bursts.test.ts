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
    expect(burst?.doings).toEqual([
      {
        action: 'changed 2 security group rules',
        joint: ' in ',
        names: ['sg-0def', 'sg-0abc'],
        times: 1,
        isPlain: true,
      },
    ]);
  });

  test('has the plain words of its one event name, and how often', () => {
    const [burst] = foldBursts([rule(20, 'Authorize'), rule(10, 'Authorize')]);
    expect(burst?.doings).toMatchObject([{ action: 'opened a port in', joint: ' ', times: 2 }]);
  });

  test('tells what was done to access keys apart by what became of them', () => {
    const key = (seconds: number, user: string, status: string) =>
      call(seconds, {
        eventName: 'UpdateAccessKey',
        named: [user, 'AKIA…MPLE'],
        details: [{ label: 'status', value: untrusted(status) }],
      });
    const calls = [
      key(30, 'ben', 'Active'),
      key(20, 'carla', 'Inactive'),
      key(10, 'ana', 'Inactive'),
    ];
    const [burst] = foldBursts(calls);
    expect(burst?.doings).toMatchObject([
      { action: 'deactivated an access key of', names: ['ana', 'carla'] },
      { action: 'activated access key AKIA…MPLE of', names: ['ben'] },
    ]);
  });

  test('is a whole sentence where AWS did not record what it was about', () => {
    const errorCode = untrusted('AccessDenied');
    const refused = call(0, { eventName: 'AttachRolePolicy', named: [], errorCode });
    const [burst] = foldBursts([refused]);
    expect(burst?.doings).toMatchObject([{ action: 'tried to attach a policy to something' }]);
  });

  test('tells each kind of call with what it was done to, in the order of time', () => {
    const records = [
      call(30, { eventName: 'StopInstances' }),
      call(20, { eventName: 'PutFoo', named: ['b'] }),
      call(10, { eventName: 'UpdateAlias20150331', named: ['pricing'] }),
      call(5, { eventName: 'UpdateFunctionCode20150331v2', named: ['pricing'] }),
    ];
    const [burst] = foldBursts(records);
    expect(burst?.doings.map(({ action, names }) => [action, ...names])).toEqual([
      ['deployed', 'pricing'],
      ['called PutFoo', 'b'],
      ['stopped', 'i-0abc'],
    ]);
    expect(burst?.eventNames).toEqual([
      'UpdateFunctionCode',
      'UpdateAlias',
      'PutFoo',
      'StopInstances',
    ]);
  });

  test('tells what was changed before what was only looked at', () => {
    const records = [
      call(30, { eventName: 'StopInstances' }),
      call(20, { eventName: 'DescribeInstances', readOnly: true }),
      call(10, { eventName: 'PutFoo', named: ['b'] }),
      call(5, { eventName: 'GetCallerIdentity', readOnly: true }),
    ];
    expect(foldBursts(records)[0]?.eventNames).toEqual([
      'PutFoo',
      'StopInstances',
      'GetCallerIdentity',
      'DescribeInstances',
    ]);
  });

  test('keeps what was refused apart from what was done, and calls it an attempt', () => {
    const refused = call(10, { errorCode: untrusted('AccessDenied') });
    const bursts = foldBursts([call(20), refused, call(0)]);
    expect(bursts.map(({ doings, count }) => [doings[0]?.action, count])).toEqual([
      ['stopped', 2],
      ['tried to stop', 1],
    ]);
  });

  test('calls an attempt without words by the name of the event', () => {
    const refused = call(10, { eventName: 'PutFoo', errorCode: untrusted('AccessDenied') });
    expect(foldBursts([refused])[0]?.doings).toMatchObject([
      { action: 'tried PutFoo', joint: ' on ', isPlain: false },
    ]);
  });

  test('says of no attempt that it changed or deployed anything', () => {
    const denied = { errorCode: untrusted('AccessDenied') };
    const records = [
      { ...rule(20, 'Revoke'), ...denied },
      { ...rule(10, 'Authorize'), ...denied },
    ];
    expect(foldBursts(records)[0]?.doings.map(({ action }) => action)).toEqual([
      'tried to open a port in',
      'tried to close a port in',
    ]);
  });
});
