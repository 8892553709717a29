import { describe, expect, it } from 'vitest';
import { tiedResources } from '../../../src/domain/investigation/tied-resources.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { aPrincipal } from '../../support/trail-record.ts';
import { aChange, anAlarm, minutes } from './builders.ts';

const alarm = anAlarm('orders-connections', {
  namespace: 'AWS/RDS',
  dimensions: [{ name: 'DBInstanceIdentifier', value: untrusted('orders-db') }],
});

const tiedBy = (...records: Parameters<typeof tiedResources>[0]['records'][number][]) =>
  tiedResources({ records, alarms: [alarm], transitions: [], nowMs: minutes(10) });

describe('what the records tie to the alarms', () => {
  it('is what was called together with their own things, the closest first', () => {
    const found = tiedBy(
      aChange('ModifyDBInstance', 'rds', ['orders-db', 'sg-0abc'], minutes(-4_000)),
      aChange('StopInstances', 'ec2', ['i-0fff'], minutes(-5)),
    );

    expect(found.map(({ name }) => name)).toEqual(['orders-db', 'sg-0abc']);
    expect(found[0]?.strength).toBeGreaterThan(found[1]?.strength ?? 1);
  });

  it('is the role of the program that reads them', () => {
    const principal = aPrincipal({ kind: 'automation', roleName: untrusted('orders-task') });
    const found = tiedBy(
      aChange('DescribeDBInstances', 'rds', ['orders-db'], minutes(-5), {
        readOnly: true,
        channel: 'sdk',
        principal,
      }),
    );

    expect(found).toContainEqual(expect.objectContaining({ name: 'orders-task', isRole: true }));
  });

  it('is nothing while no alarm tells when it began', () => {
    const records = [aChange('ModifyDBInstance', 'rds', ['orders-db', 'sg-0abc'], minutes(-4))];

    expect(tiedResources({ records, alarms: [], transitions: [], nowMs: minutes(10) })).toEqual([]);
  });
});
