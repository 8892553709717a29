import { describe, expect, test } from 'vitest';
import { ACTION_WORDS, actionWords, attemptWords } from '../../../src/domain/trail/action-words.ts';

describe('the words for what a call did', () => {
  test.each([
    ['StopInstances', 'stopped', 'stop'],
    ['UpdateAlias20150331', 'moved the alias of', 'move the alias of'],
    ['AuthorizeSecurityGroupIngress', 'opened a port in', 'open a port in'],
    ['DeregisterTargets', 'took targets out of', 'take targets out of'],
    ['CreateNatGateway', 'created a NAT gateway with', 'create a NAT gateway with'],
    ['UpdateDetector', 'changed the detector', 'change the detector'],
    ['PutRetentionPolicy', 'set the log retention of', 'set the log retention of'],
  ])('of %s are "%s", and "%s" of an attempt', (eventName, done, tried) => {
    expect(actionWords(eventName)).toBe(done);
    expect(attemptWords(eventName)).toBe(tried);
  });

  test.each(['PutFoo', 'constructor', ''])('of %j are none', (eventName) => {
    expect(actionWords(eventName)).toBeNull();
    expect(attemptWords(eventName)).toBeNull();
  });

  test('can all be told of an attempt as well', () => {
    const untold = Object.keys(ACTION_WORDS).filter((name) => attemptWords(name) === null);
    expect(untold).toEqual([]);
  });
});
