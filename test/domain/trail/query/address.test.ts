import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAddressIn, isAddressOrRange } from '../../../../src/domain/trail/query/address.ts';

describe('an address', () => {
  it.each([
    ...['0.0.0.0', '198.51.100.7', '255.255.255.255', '10.0.0.0/8', '10.0.0.0/0', '10.0.0.1/32'],
    ...['::', '::1', '2001:db8::7', '2001:DB8::/32', '::/0', '::1/128', '::ffff:198.51.100.7'],
    ...['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:198.51.100.7', '1::8', 'fe80::'],
  ])('is %s', (text) => {
    expect(isAddressOrRange(text)).toBe(true);
  });

  it.each([
    ...['', '7', '1.2.3', '1.2.3.4.5', '1.2.3.256', '1.2.3.4000', '1..2.3', 'a.b.c.d', '1.2.3.x'],
    ...['10.0.0.0/33', '10.0.0.0/', '10.0.0.0/x', '10.0.0.0/8/8', 'x10.0.0.0', '10.0.0.0x'],
    ...['::/129', '1::2::3', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7:8::', '12345::'],
    ...['::1.2.3', '::g', ':1', '1:', '1:2:3:4:5:6:7:1.2.3.4', '::1.2.3.4:1', ':::'],
  ])('is not %j', (text) => {
    expect(isAddressOrRange(text)).toBe(false);
  });
});

describe('an address in a range', () => {
  it.each([
    ['10.1.2.3', '10.0.0.0/8', true],
    ['10.255.255.255', '10.0.0.0/8', true],
    ['11.0.0.0', '10.0.0.0/8', false],
    ['9.255.255.255', '10.0.0.0/8', false],
    ['198.51.100.7', '198.51.100.7', true],
    ['198.51.100.8', '198.51.100.7', false],
    ['198.51.100.7', '198.51.100.99/24', true],
    ['2001:db8:0:0::7', '2001:DB8::7', true],
    ['2001:db8:ffff::1', '2001:db8::/32', true],
    ['2001:db9::', '2001:db8::/32', false],
    ['::ffff:198.51.100.7', '::ffff:c633:6407', true],
    ['0.0.0.7', '::7', false],
    ['10.0.0.0/7', '10.0.0.0/8', false],
  ])('%s in %s: %s', (address, range, isIn) => {
    expect(isAddressIn(address, range)).toBe(isIn);
  });

  it('is compared as a name where either is none', () => {
    expect(isAddressIn('AWS Internal', 'aws internal')).toBe(true);
    expect(isAddressIn('ec2.amazonaws.com', 'EC2.amazonaws.com')).toBe(true);
    expect(isAddressIn('AWS Internal', '10.0.0.0/8')).toBe(false);
    expect(isAddressIn('10.0.0.1', 'AWS Internal')).toBe(false);
  });

  it('is in each range that its own leading bits make, and leaves it with one of them changed', () => {
    const octets = fc.array(fc.nat({ max: 255 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(octets, fc.integer({ min: 1, max: 32 }), (parts, bits) => {
        const changed = parts.map((part, index) =>
          index === Math.floor((bits - 1) / 8) ? part ^ (1 << (7 - ((bits - 1) % 8))) : part,
        );
        const range = `${parts.join('.')}/${bits}`;

        expect(isAddressIn(parts.join('.'), range)).toBe(true);
        expect(isAddressIn(changed.join('.'), range)).toBe(false);
      }),
    );
  });
});
