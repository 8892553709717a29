import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSharing } from '../../../src/aws/files/share-equal.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { aPrincipal, aRecord } from '../../support/trail-record.ts';

const record = fc
  .record({
    name: fc.constantFrom('orders-db', 'orders-fn'),
    type: fc.constantFrom(null, 'AWS::RDS::DBInstance'),
    label: fc.constantFrom('desired', 'version'),
    value: fc.constantFrom('1', '2'),
    caller: fc.constantFrom('ana', 'ben'),
    code: fc.constantFrom(null, 'AccessDenied'),
  })
  .map(({ name, type, label, value, caller, code }) => ({
    ...aRecord({ principal: aPrincipal({ label: untrusted(caller) }) }),
    errorCode: code === null ? null : untrusted(code),
    resources: [{ type, name: untrusted(name) }],
    details: [{ label, value: untrusted(value) }],
  }));

describe('what records have in common', () => {
  it('is held once', () => {
    const share = createSharing();

    const first = share(aRecord({ principal: aPrincipal(), named: ['orders-db'] }));
    const second = share(aRecord({ principal: aPrincipal(), named: ['orders-db', 'else'] }));

    expect(second.principal).toBe(first.principal);
    expect(second.resources[0]).toBe(first.resources[0]);
  });

  it('makes no record say anything else', () => {
    fc.assert(
      fc.property(fc.array(record), (records) => {
        expect(records.map(createSharing())).toEqual(records);
      }),
    );
  });
});
