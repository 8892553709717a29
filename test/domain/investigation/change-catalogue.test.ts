import { describe, expect, it } from 'vitest';
import {
  CHANGE_CATALOGUE,
  knownChange,
} from '../../../src/domain/investigation/change-catalogue.ts';
import { classifyChange } from '../../../src/domain/investigation/classify-change.ts';
import { SYMPTOMS } from '../../../src/domain/investigation/symptom.ts';
import { FITS } from '../../../src/domain/investigation/weights.ts';
import { aChange, minutes } from './builders.ts';

const calls = CHANGE_CATALOGUE.flatMap((row) =>
  Object.entries(row.calls).flatMap(([service, names]) =>
    names.split(' ').map((name) => `${service}/${name}`),
  ),
);

describe('the catalogue of changes', () => {
  it('names every call once', () => {
    expect(calls.filter((call, index) => calls.indexOf(call) !== index)).toEqual([]);
  });

  it.each([
    ['ec2', 'RevokeSecurityGroupIngress', 'network-closed'],
    ['rds', 'StopDBCluster', 'compute-stopped'],
    ['iam', 'UpdateAssumeRolePolicy', 'permission-cut'],
    ['secretsmanager', 'RotateSecret', 'key-changed'],
  ])('knows %s %s', (service, name, changeClass) => {
    expect(knownChange(service, name)?.changeClass).toBe(changeClass);
  });

  it('takes names as they are recorded, with their dates', () => {
    const change = aChange('UpdateFunctionCode20150331v2', 'lambda', ['fn'], minutes(0));

    expect(classifyChange(change).changeClass).toBe('deployed');
  });

  it.each([
    ['DeleteFooBar', 'removed'],
    ['UpdateFooBar', 'reconfigured'],
    ['CreateFooBar', 'created'],
  ])('takes %s, which no row names, by the shape of its name', (name, changeClass) => {
    expect(classifyChange(aChange(name, 'newservice', ['x'], minutes(0))).changeClass).toBe(
      changeClass,
    );
  });

  it('knows only symptoms that there are', () => {
    const named = Object.values(FITS).flatMap(({ typical, possible }) =>
      `${typical} ${possible}`.split(' '),
    );

    expect(
      named.filter((word) => word !== '' && !(SYMPTOMS as readonly string[]).includes(word)),
    ).toEqual([]);
  });
});
