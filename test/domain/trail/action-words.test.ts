import { describe, expect, test } from 'vitest';
import { ACTION_WORDS } from '../../../src/domain/trail/action-table.ts';
import { actionWords, attemptWords } from '../../../src/domain/trail/action-words.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { aRecord } from '../../support/trail-record.ts';

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
    expect(actionWords([aRecord({ eventName })])).toBe(done);
    expect(attemptWords([aRecord({ eventName })])).toBe(tried);
  });

  test.each(['PutFoo', 'constructor', ''])('of %j are none', (eventName) => {
    expect(actionWords([aRecord({ eventName })])).toBeNull();
    expect(attemptWords([aRecord({ eventName })])).toBeNull();
  });

  test.each([
    ['Inactive', 'deactivated access key AKIA…MPLE of', 'deactivate access key AKIA…MPLE of'],
    ['Active', 'activated access key AKIA…MPLE of', 'activate access key AKIA…MPLE of'],
    ['', 'changed access key AKIA…MPLE of', 'change access key AKIA…MPLE of'],
  ])('of a changed access key say to what: %s', (status, done, tried) => {
    const details = [{ label: 'status', value: untrusted(status) }];
    const named = ['svc-backup', 'AKIA…MPLE'];
    const record = aRecord({ eventName: 'UpdateAccessKey', details, named });
    expect(actionWords([record])).toBe(done);
    expect(attemptWords([record])).toBe(tried);
  });

  test('of an attached policy say which it is, where it is also said to whom', () => {
    const policy = 'arn:aws:iam::aws:policy/AdministratorAccess';
    const attached = aRecord({ eventName: 'AttachUserPolicy', named: ['ana', policy] });
    expect(actionWords([attached, attached])).toBe('attached the policy AdministratorAccess to');
    expect(attemptWords([attached])).toBe('attach the policy AdministratorAccess to');
    const alone = aRecord({ eventName: 'DetachUserPolicy', named: [policy] });
    expect(actionWords([alone])).toBe('detached a policy from');
  });

  test('of several calls, or of a key alone, name no access key', () => {
    const created = aRecord({ eventName: 'CreateAccessKey', named: ['ana', 'AKIA…MPLE'] });
    expect(actionWords([created, created])).toBe('created an access key for');
    const alone = aRecord({ eventName: 'CreateAccessKey', named: ['AKIA…MPLE'] });
    expect(actionWords([alone])).toBe('created an access key for');
  });

  test('can all be told of an attempt as well', () => {
    const untold = Object.keys(ACTION_WORDS).filter(
      (name) => attemptWords([aRecord({ eventName: name })]) === null,
    );
    expect(untold).toEqual([]);
  });
});
