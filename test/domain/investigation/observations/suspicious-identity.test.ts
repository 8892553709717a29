import { describe, expect, it } from 'vitest';
import type { TrailRecord } from '../../../../src/domain/trail/record.ts';
import { untrusted } from '../../../../src/domain/untrusted.ts';
import { aPrincipal } from '../../../support/trail-record.ts';
import { aChange, anAlarm, minutes } from '../builders.ts';
import { explain, ordersFunction } from './story.ts';

const guard = anAlarm('findings', {
  namespace: 'AWS/GuardDuty',
  metric: 'FindingCount',
  dimensions: [],
});
const reporting = aPrincipal({
  label: untrusted('svc-reporting'),
  kind: 'unknown',
  roleName: null,
  sessionName: null,
  userName: untrusted('svc-reporting'),
});
const call = (
  name: string,
  minute: number,
  changes: Partial<Omit<TrailRecord, 'resources'>> = {},
  service = 'ec2',
) => aChange(name, service, ['thing'], minutes(minute), { principal: reporting, ...changes });
const usual = [-3000, -2600, -2200, -1900, -1700, -1600].map((minute) =>
  call('DescribeInstances', minute, { readOnly: true }),
);
const elsewhere = { sourceAddress: untrusted('203.0.113.99'), region: 'ap-south-1' };
const refusedCalls = ['ListUsers', 'ListBuckets', 'CreateUser', 'GetSecretValue'].flatMap((name) =>
  [-9, -8].map((minute) =>
    call(
      name,
      minute,
      { errorCode: untrusted('AccessDenied'), errorMessage: untrusted('no') },
      'iam',
    ),
  ),
);

describe('somebody who may not be who it seems', () => {
  it('calls from a new address in a new Region', () => {
    const abroad = call('CreateKeyPair', -5, elsewhere);
    const { seen } = explain(guard, [...usual, abroad]);

    expect(seen[0]?.observation.kind).toBe('suspicious-identity');
    expect(seen[0]?.statement).toMatch(/^svc-reporting may not be who it seems: .*address.*Region/);
    expect(seen[0]?.observation.eventIds).toEqual([abroad.eventId]);
    expect(seen[0]?.suggestion?.risk).toContain('records first');
  });

  it('is refused many different calls', () => {
    const { seen } = explain(guard, [...usual, ...refusedCalls]);

    expect(seen[0]?.statement).toContain('was refused many different calls');
  });

  it('guesses a password, signs in without a second factor and changes things', () => {
    const guess = {
      errorMessage: untrusted('Failed authentication'),
      principal: { ...reporting, mfa: false },
    };
    const login = { principal: { ...reporting, mfa: false } };
    const { seen } = explain(guard, [
      call('ConsoleLogin', -30, guess, 'signin'),
      call('ConsoleLogin', -29, guess, 'signin'),
      call('ConsoleLogin', -28, login, 'signin'),
      call('CreateTags', -27),
    ]);

    expect(seen[0]?.statement).toMatch(/without a second factor.*passwords that were wrong/);
  });

  it('switches off a trail as root', () => {
    const root = aPrincipal({ label: untrusted('root of 111122223333'), kind: 'human' });
    const off = aChange('StopLogging', 'cloudtrail', ['main'], minutes(-400), { principal: root });
    const { seen } = explain(ordersSpend, [off]);

    expect(seen[0]?.statement).toMatch(/root user.*trail|trail.*root user/s);
  });

  it('is no explanation where the trouble has nothing to do with safety', () => {
    expect(explain(ordersFunction, [...usual, ...refusedCalls]).seen).toEqual([]);
  });

  it('is nobody who only travels, is hardly known, or calls from everywhere', () => {
    const travelling = call('CreateKeyPair', -5, { sourceAddress: untrusted('203.0.113.99') });
    const abroad = call('CreateKeyPair', -5, elsewhere);
    const everywhere = usual.map((record, index) => ({
      ...record,
      sourceAddress: untrusted(`198.51.100.${index % 4}`),
    }));

    expect(explain(guard, [...usual, travelling]).seen).toEqual([]);
    expect(explain(guard, [...usual.slice(0, 2), abroad]).seen).toEqual([]);
    expect(explain(guard, [...everywhere, abroad]).seen).toEqual([]);
  });

  it('steps back behind a change that shows just so', () => {
    const made = call('CreateAccessKey', -4, elsewhere, 'iam');
    const { rows, seen } = explain(guard, [...usual, made]);

    expect(rows[0]).toMatchObject({ kind: 'change', eventIds: [made.eventId] });
    expect(seen).toEqual([]);
  });
});

const ordersSpend = anAlarm('spend', {
  namespace: 'AWS/Billing',
  metric: 'EstimatedCharges',
  dimensions: [],
});
