import { describe, expect, it } from 'vitest';
import { emailOf, mayBePerson } from '../../../src/domain/trail/email-of.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { aPrincipal } from '../../support/trail-record.ts';

const nobody = aPrincipal({ sessionName: null, userName: null });

describe('the e-mail address of who made a call', () => {
  it.each([
    ['ana@example.com', 'ana@example.com'],
    ['ana.b+x@ops.example.co.uk (Admin)', 'ana.b+x@ops.example.co.uk'],
    ['federated user (federated by ana@example.com)', null],
    ['deploy/ana@example.com', null],
    ['ana@example', null],
    ['<!channel>@example.com', null],
    ['ana@example.com\u202e', null],
    [`${'a'.repeat(65)}@example.com`, null],
    ['root of 111122223333', null],
  ])('of %s is %s', (label, email) => {
    expect(emailOf(untrusted(label), nobody)).toBe(email);
  });

  it('is that of the session or the user where the label has none', () => {
    const session = aPrincipal({ sessionName: untrusted('ben@example.com') });
    expect(emailOf(untrusted('Admin/ben'), session)).toBe('ben@example.com');
    const user = { ...nobody, userName: untrusted('carla@example.com') };
    expect(emailOf(untrusted('carla'), user)).toBe('carla@example.com');
  });

  it('takes time in proportion to the text, whatever stands in it', () => {
    const long = untrusted(`${'a.'.repeat(30)}@${'a-'.repeat(200_000)}`);
    expect(emailOf(long, nobody)).toBeNull();
  });
});

it('asks people, and those who may be people', () => {
  const kinds = ['human', 'unknown', 'automation', 'service'] as const;
  expect(kinds.filter((kind) => mayBePerson({ kind }))).toEqual(['human', 'unknown']);
});
