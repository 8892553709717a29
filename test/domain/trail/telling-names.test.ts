import { describe, expect, test } from 'vitest';
import {
  shortName,
  tellingDetails,
  tellingNames,
  withoutLabelled,
} from '../../../src/domain/trail/telling-names.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { aRecord } from '../../support/trail-record.ts';

const INSTANCE_ARN = 'arn:aws:ec2:eu-west-1:111122223333:instance/i-0abc';

const detail = (label: string, value: string) => ({ label, value: untrusted(value) });

describe('the names of what a call was about', () => {
  test('leave out the ARN of a thing whose name is there', () => {
    expect(tellingNames([aRecord({ named: ['i-0abc', INSTANCE_ARN] })])).toEqual(['i-0abc']);
  });

  test('are the role alone where one was assumed', () => {
    const role = 'arn:aws:iam::111122223333:role/config-writer';
    const named = ['AROAEXAMPLE:session', role, 'ASIA…MPLE'];
    const assumed = { eventName: 'AssumeRole', eventSource: 'sts.amazonaws.com' };
    expect(tellingNames([aRecord({ ...assumed, named })])).toEqual([role]);
    expect(tellingNames([aRecord({ ...assumed, named: ['ASIA…MPLE'] })])).toEqual(['ASIA…MPLE']);
    expect(tellingNames([aRecord({ eventName: 'AttachRolePolicy', named })])).toEqual(named);
  });

  test.each([
    ['RunInstances', ['ami-0abc', 'k8', 'i-0abc', 'i-0def'], ['i-0abc', 'i-0def']],
    ['RunInstances', ['ami-0abc', 'k8'], ['ami-0abc', 'k8']],
    ['CreateSnapshot', ['vol-0abc', 'snap-0abc'], ['vol-0abc']],
    ['SendCommand', ['AWS-RunShellScript', 'i-0abc'], ['i-0abc']],
    ['RevokeSecurityGroupIngress', ['sg-0abc', 'sgr-0abc'], ['sg-0abc']],
    ['CreateKeyPair', ['k8', 'key-0d51'], ['k8']],
    ['AttachRolePolicy', ['app', 'arn:aws:iam::aws:policy/Admin'], ['app']],
    ['CreateAccessKey', ['ana', 'AKIA…MPLE'], ['ana']],
    ['DeleteAccessKey', ['AKIA…MPLE'], ['AKIA…MPLE']],
  ])('of %s on %j are %j: what it was made of or for is told elsewhere', (eventName, named, told) => {
    expect(tellingNames([aRecord({ eventName, named })])).toEqual(told);
  });

  test('keep an ARN that is the only name', () => {
    expect(tellingNames([aRecord({ named: [INSTANCE_ARN] })])).toEqual([INSTANCE_ARN]);
  });

  test('leave out what a detail beside them says with its label, unless nothing is left', () => {
    const names = ['pricing-quote', 'live'].map(untrusted);
    expect(withoutLabelled(names, [detail('alias', 'live')])).toEqual(['pricing-quote']);
    expect(withoutLabelled([untrusted('live')], [detail('alias', 'live')])).toEqual(['live']);
  });

  test('have each thing of several calls once', () => {
    const records = [aRecord({ named: ['a', 'b'] }), aRecord({ named: ['b', 'c', ''] })];
    expect(tellingNames(records)).toEqual(['a', 'b', 'c', '']);
  });

  test('are short in the account of the call, and whole in any other', () => {
    const arn = untrusted(INSTANCE_ARN);
    expect(shortName(arn, '111122223333')).toBe('instance/i-0abc');
    expect(shortName(arn, '444455556666')).toBe(INSTANCE_ARN);
    expect(shortName(arn, null)).toBe(INSTANCE_ARN);
    expect(shortName(untrusted('i-0abc'), '111122223333')).toBe('i-0abc');
  });
});

describe('the details of a call', () => {
  test('leave out what its words say already', () => {
    const details = [
      detail('was', 'running'),
      detail('now', 'stopping'),
      detail('forced', 'false'),
    ];
    expect(tellingDetails(aRecord({ details }))).toEqual([]);
  });

  test('keep what is out of the ordinary', () => {
    const details = [detail('was', 'stopped'), detail('forced', 'true'), detail('port', 'false')];
    expect(tellingDetails(aRecord({ details }))).toEqual(details);
  });
});
