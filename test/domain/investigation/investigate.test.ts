import { describe, expect, it } from 'vitest';
import type { AlarmTransition } from '../../../src/domain/alarm/alarm.ts';
import { hypothesesOf } from '../../../src/domain/investigation/hypotheses.ts';
import { investigate } from '../../../src/domain/investigation/investigate.ts';
import type { TrailRecord } from '../../../src/domain/trail/record.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { aPrincipal } from '../../support/trail-record.ts';
import { aChange, anAlarm, minutes, ONSET_MS, wentOff } from './builders.ts';

const alarm = anAlarm('orders-5xx');
const history: readonly AlarmTransition[] = [wentOff(alarm, minutes(4), ONSET_MS)];

const database = 'orders-db';
const group = 'sg-0123456789abcdef0';
/** Hours ago: what names the database together with its security group, and with the target group. */
const known = [
  aChange('ModifyDBInstance', 'rds', [database, group], minutes(-420)),
  aChange(
    'RegisterTargets',
    'elasticloadbalancing',
    ['targetgroup/orders/0123456789abcdef', group],
    minutes(-400),
  ),
];
const culprit = aChange('RevokeSecurityGroupIngress', 'ec2', [group], minutes(-2));
const innocent = [
  aChange('UpdateFunctionCode20150331v2', 'lambda', ['billing-fn'], minutes(-1)),
  aChange('PutBucketLifecycle', 's3', ['old-invoices'], minutes(-9)),
  aChange('UpdateService', 'ecs', ['service/apps/search'], minutes(-20)),
];

const run = (records: readonly TrailRecord[], transitions = history, nowMs = minutes(30)) =>
  hypothesesOf(investigate({ records, alarms: [alarm], transitions, nowMs }));

const first = (records: readonly TrailRecord[]) => run(records)[0];

describe('an investigation', () => {
  it('finds the change that fits, by what it hangs together with, not the most recent one', () => {
    const [best] = run([...known, ...innocent, culprit]);

    expect(best).toMatchObject({
      kind: 'change',
      confidence: 'likely',
      eventIds: [culprit.eventId],
    });
    expect(best?.statement).toContain('closed a port');
    expect(best?.for.join()).toContain('targetgroup/orders');
  });

  it('says how many more things the change touched than it names', () => {
    const groups = [group, 'sg-0abc', 'sg-0def', 'sg-0123'];
    const many = aChange('RevokeSecurityGroupIngress', 'ec2', groups, minutes(-2));

    expect(first([...known, many])?.statement).toContain(
      `closed a port in ${group}, sg-0abc and 2 more,`,
    );
  });

  it('says that nothing explains it where no change fits', () => {
    const [best] = run(innocent.slice(1));

    expect(best?.kind).toBe('no-change');
    expect(
      run(innocent).filter(({ confidence, kind }) => kind === 'change' && confidence === 'likely'),
    ).toEqual([]);
  });

  it('accuses no change that came after, none that failed and nothing that only read', () => {
    const after = { ...culprit, atMs: minutes(3) };
    const failed = { ...culprit, errorCode: untrusted('AccessDenied') };
    const read = { ...culprit, readOnly: true };

    for (const record of [after, failed, read]) {
      const accused = run([...known, record]).flatMap((row) =>
        row.kind === 'change' ? row.eventIds : [],
      );
      expect(accused).not.toContain(record.eventId);
    }
  });

  it('takes what one session did in one go as one change', () => {
    const session = { accessKeyId: 'ASIATERRAFORM0001', principal: aPrincipal() };
    const applied = Array.from({ length: 30 }, (_, index) =>
      aChange(
        'ModifyRule',
        'elasticloadbalancing',
        [`rule-${index}`],
        minutes(-5) + index * 1_000,
        session,
      ),
    );

    const changes = run(applied).filter(({ kind }) => kind === 'change');

    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({ eventIds: applied.map(({ eventId }) => eventId) });
  });

  it('believes more in a change that somebody undid once the trouble had begun', () => {
    const undone = aChange('AuthorizeSecurityGroupIngress', 'ec2', [group], minutes(20));
    const others = [...known, ...innocent];

    const before = first([...others, culprit])?.probability ?? 1;

    expect(first([...others, culprit, undone])?.probability).toBeGreaterThan(before);
  });

  it('takes an alarm that counts calls at its word', () => {
    const counting = anAlarm('iam-credential-changes', {
      namespace: 'CloudTrailMetrics',
      metric: 'AccessKeyCreated',
      dimensions: [],
    });
    const made = aChange('CreateAccessKey', 'iam', ['break-glass'], minutes(-6));
    const records = [
      ...innocent,
      made,
      aChange('DeleteRolePolicy', 'iam', ['old-role'], minutes(-1)),
    ];

    const [best] = hypothesesOf(
      investigate({ records, alarms: [counting], transitions: [], nowMs: minutes(30) }),
    );

    expect(best).toMatchObject({ eventIds: [made.eventId], confidence: 'likely' });
  });

  it('never claims more than all of the likelihood', () => {
    const sum = run([...known, ...innocent, culprit]).reduce(
      (all, row) => all + row.probability,
      0,
    );

    expect(sum).toBeLessThanOrEqual(1 + 1e-9);
  });

  it('knows no cause where no alarm went off', () => {
    const nowMs = minutes(30);
    const found = investigate({ records: [culprit], alarms: [], transitions: [], nowMs });

    expect(hypothesesOf(found)).toMatchObject([{ kind: 'no-change', probability: 1 }]);
  });
});
