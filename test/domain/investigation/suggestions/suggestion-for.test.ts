import { describe, expect, it } from 'vitest';
import { OBSERVATION_KINDS } from '../../../../src/domain/incident/ranking.ts';
import { CHANGE_CATALOGUE } from '../../../../src/domain/investigation/change-catalogue.ts';
import {
  CHANGE_CLASSES,
  type ChangeClass,
} from '../../../../src/domain/investigation/change-class.ts';
import { classifyChange } from '../../../../src/domain/investigation/classify-change.ts';
import {
  suggestionForChange,
  suggestionForObservation,
} from '../../../../src/domain/investigation/suggestions/suggestion-for.ts';
import type { TrailRecord } from '../../../../src/domain/trail/record.ts';
import { aChange, minutes } from '../builders.ts';

function suggestFor(
  service: string,
  call: string,
  named: readonly string[] = ['the-thing'],
  changes: Partial<Omit<TrailRecord, 'resources'>> = {},
) {
  const record = aChange(call, service, named, minutes(-5), changes);
  return suggestionForChange({ record, kind: classifyChange(record) });
}

const ofClass = (changeClass: ChangeClass) =>
  suggestionForChange({
    record: aChange('UpdateSomething', 'ec2', ['the-thing'], minutes(-5)),
    kind: { changeClass, latency: 'rollout', direction: 'changing' },
  });

const KNOWN = CHANGE_CATALOGUE.flatMap(({ calls }) =>
  Object.entries(calls).flatMap(([service, names]) =>
    names.split(' ').map((call) => ({ service, call })),
  ),
);

describe('a suggestion', () => {
  it('points at the record for values only where there are any', () => {
    expect(suggestFor('ec2', 'StopInstances', ['i-0abc']).solution).toMatch(
      /^Undo it with StartInstances on i-0abc\.(?! The record)/,
    );
    expect(suggestFor('ec2', 'RevokeSecurityGroupIngress', ['sg-0abc']).solution).toContain(
      'the record of RevokeSecurityGroupIngress says with which values.',
    );
  });

  it.each(
    CHANGE_CLASSES,
  )('for %s says how to test, what to do, its risk and its way back', (row) => {
    const parts = Object.values(ofClass(row));

    expect(parts).toHaveLength(4);
    for (const part of parts) {
      expect(part).toMatch(/^[A-Z“"].*\.$/s);
      expect(part).not.toMatch(/[{}]|undefined|null/);
      expect(part.length).toBeLessThan(400);
    }
  });

  it.each(
    CHANGE_CLASSES.filter((row) => row !== 'routine' && row !== 'prepared'),
  )('for %s says which result confirms it and which rules it out', (row) => {
    expect(ofClass(row).test).toMatch(/: confirmed.*: ruled out/s);
  });

  it.each(OBSERVATION_KINDS)('for what was seen, %s, is whole with a name and without', (kind) => {
    for (const thing of ['orders-role', null]) {
      const parts = Object.values(suggestionForObservation(kind, thing));

      expect(parts.join(' ')).not.toMatch(/[{}]|undefined|null/);
      expect(parts.every((part) => part.length > 20 && part.length < 400)).toBe(true);
    }
  });

  it('is whole for every call of the catalogue', () => {
    const broken = KNOWN.filter(({ service, call }) =>
      /[{}]|undefined|null/.test(Object.values(suggestFor(service, call)).join(' ')),
    );

    expect(KNOWN.length).toBeGreaterThan(300);
    expect(broken).toEqual([]);
  });

  it.each([
    ['ec2', 'RevokeSecurityGroupIngress', 'AuthorizeSecurityGroupIngress'],
    ['ec2', 'AuthorizeSecurityGroupEgress', 'RevokeSecurityGroupEgress'],
    ['ec2', 'StopInstances', 'StartInstances'],
    ['ec2', 'DeleteRoute', 'CreateRoute'],
    ['autoscaling', 'SuspendProcesses', 'ResumeProcesses'],
    ['autoscaling', 'EnterStandby', 'ExitStandby'],
    ['elasticloadbalancing', 'DeregisterTargets', 'RegisterTargets'],
    ['events', 'DisableRule', 'EnableRule'],
    ['iam', 'DetachRolePolicy', 'AttachRolePolicy'],
    ['iam', 'DeleteRolePolicy', 'PutRolePolicy'],
    ['kms', 'DisableKey', 'EnableKey'],
    ['kms', 'ScheduleKeyDeletion', 'CancelKeyDeletion'],
    ['secretsmanager', 'DeleteSecret', 'RestoreSecret'],
    ['secretsmanager', 'PutSecretValue', 'UpdateSecretVersionStage'],
    ['cloudtrail', 'StopLogging', 'StartLogging'],
    ['lambda', 'UpdateFunctionCode20150331v2', 'UpdateAlias'],
    ['rds', 'ModifyDBParameterGroup', 'RebootDBInstance'],
    ['s3', 'PutBucketPolicy', 'PutBucketPolicy'],
    ['autoscaling', 'PutScalingPolicy', 'PutScalingPolicy'],
    ['organizations', 'AttachPolicy', 'DetachPolicy'],
  ])('for %s %s names %s as the way back', (service, call, inverse) => {
    expect(suggestFor(service, call).solution).toContain(inverse);
  });

  it.each([
    ['ec2', 'TerminateInstances'],
    ['rds', 'DeleteDBInstance'],
    ['sqs', 'PurgeQueue'],
    ['iam', 'DeleteAccessKey'],
  ])('for %s %s does not pretend that it can be undone', (service, call) => {
    expect(suggestFor(service, call).solution).toMatch(/not come back|no undo|are gone/);
  });

  it('warns where taking it back may hurt', () => {
    expect(suggestFor('ec2', 'RevokeSecurityGroupIngress').risk).toMatch(/on purpose.*hole/s);
    expect(suggestFor('secretsmanager', 'RotateSecret').risk).toContain('leaked');
    expect(suggestFor('lambda', 'UpdateFunctionCode').risk).toContain('does not roll back data');
    expect(suggestFor('rds', 'DeleteDBInstance').solution).toContain('restore');
  });

  it('names the thing, short and once told nothing more', () => {
    const long = `orders-${'x'.repeat(200)}`;

    expect(suggestFor('ec2', 'StopInstances', ['i-0abc']).solution).toContain('i-0abc');
    expect(suggestFor('ec2', 'StopInstances', [long]).solution).not.toContain('x'.repeat(60));
    expect(suggestFor('ec2', 'StopInstances', []).solution).toContain('what was stopped');
  });

  it('takes a name for a name, even one that looks like a mark of ours', () => {
    const { solution } = suggestFor('ec2', 'StopInstances', ['{call} $& {undo}']);

    expect(solution).toContain('{call} $& {undo}');
  });

  it('says that code brings back what code made', () => {
    const byCode = suggestFor('ec2', 'StopInstances', ['i-0abc'], { channel: 'terraform' });
    const byHand = suggestFor('ec2', 'StopInstances', ['i-0abc'], { channel: 'console' });

    expect(byCode.solution).toContain('made by Terraform');
    expect(byHand.solution).not.toContain('next run');
  });
});
