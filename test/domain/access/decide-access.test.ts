import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AccessPolicy,
  type Applicant,
  decideAccess,
  OPEN_ACCESS,
  type RefusalReason,
  type Standing,
} from '../../../src/domain/access/decide-access.ts';

const MEMBER: Applicant = {
  userId: 'U1',
  standing: 'member',
  isInGroup: false,
  place: { kind: 'channel', channelId: 'C1', readers: 'own' },
};
const NAMED: AccessPolicy = { channelIds: ['C1'], peopleIds: ['U1'], groupIds: ['S1'] };

const reasonOf = (policy: AccessPolicy, applicant: Partial<Applicant>): RefusalReason | null => {
  const verdict = decideAccess(policy, { ...MEMBER, ...applicant });
  return verdict.kind === 'refused' ? verdict.reason : null;
};

const inChannel = (readers: 'own' | 'shared' | 'unseen' | 'unknown', channelId = 'C1') =>
  ({ place: { kind: 'channel', channelId, readers } }) as const;

describe('who may use the bot', () => {
  it('is every full member where nobody is named', () => {
    expect(reasonOf(OPEN_ACCESS, {})).toBeNull();
    expect(reasonOf(OPEN_ACCESS, { place: { kind: 'own' } })).toBeNull();
  });

  it.each<[Standing, RefusalReason]>([
    ['guest', 'guest'],
    ['stranger', 'stranger'],
    ['bot', 'bot'],
    ['deactivated', 'deactivated'],
  ])('is no %s, also when named', (standing, reason) => {
    expect(reasonOf(OPEN_ACCESS, { standing })).toBe(reason);
    expect(reasonOf(NAMED, { standing, isInGroup: true })).toBe(reason);
  });

  it.each<[string, Partial<Applicant>, RefusalReason | null]>([
    ['somebody who is named', {}, null],
    ['somebody in a named group', { userId: 'U2', isInGroup: true }, null],
    ['somebody who is neither', { userId: 'U2' }, 'not-named'],
    ['somebody of whom Slack does not say', { userId: 'U2', isInGroup: null }, 'unknown'],
    ['somebody who is named, when groups cannot be read', { isInGroup: null }, null],
    ['somebody whose account cannot be seen', { standing: null }, 'unknown'],
  ])('is decided for %s', (_, applicant, reason) => {
    expect(reasonOf(NAMED, applicant)).toBe(reason);
  });

  it('asks nobody about groups where none is named', () => {
    const people = { ...OPEN_ACCESS, peopleIds: ['U9'] };
    expect(reasonOf(people, { isInGroup: null })).toBe('not-named');
  });
});

describe('where the bot may be used', () => {
  it.each<[string, Partial<Applicant>, RefusalReason | null]>([
    ['a named channel', inChannel('own'), null],
    ['another channel', inChannel('own', 'C2'), 'other-channel'],
    ['a channel that another organisation reads', inChannel('shared'), 'shared-channel'],
    ['a channel that the bot cannot see', inChannel('unseen'), 'unseen-channel'],
    ['a channel of which Slack does not say', inChannel('unknown'), 'unknown'],
    ['a place with one reader', { place: { kind: 'own' } }, null],
  ])('is decided for %s', (_, applicant, reason) => {
    expect(reasonOf(NAMED, applicant)).toBe(reason);
  });
});

describe('a verdict', () => {
  const applicants = fc.record<Applicant>({
    userId: fc.constantFrom('U1', 'U2'),
    standing: fc.constantFrom('member', 'guest', 'stranger', 'bot', 'deactivated', null),
    isInGroup: fc.constantFrom(true, false, null),
    place: fc.oneof(
      fc.constant({ kind: 'own' as const }),
      fc.record({
        kind: fc.constant('channel' as const),
        channelId: fc.constantFrom('C1', 'C2'),
        readers: fc.constantFrom('own', 'shared', 'unseen', 'unknown'),
      }),
    ),
  });
  const policies = fc.record<AccessPolicy>({
    channelIds: fc.subarray(['C1', 'C3']),
    peopleIds: fc.subarray(['U1', 'U3']),
    groupIds: fc.subarray(['S1']),
  });

  it('lets in only who is known to be a full member, in a place whose readers are known', () => {
    fc.assert(
      fc.property(policies, applicants, (policy, applicant) => {
        const { kind } = decideAccess(policy, applicant);
        const isKnown = applicant.place.kind === 'own' || applicant.place.readers === 'own';
        expect(kind === 'allowed' && !(applicant.standing === 'member' && isKnown)).toBe(false);
      }),
    );
  });

  it('lets nobody in whom a looser configuration keeps out', () => {
    fc.assert(
      fc.property(policies, applicants, (policy, applicant) => {
        const strict = decideAccess(policy, applicant);
        const open = decideAccess(OPEN_ACCESS, applicant);
        expect(strict.kind === 'allowed' && open.kind === 'refused').toBe(false);
      }),
    );
  });

  it('says what, why and what to do', () => {
    fc.assert(
      fc.property(policies, applicants, (policy, applicant) => {
        const verdict = decideAccess(policy, applicant);
        if (verdict.kind === 'refused')
          expect(verdict.sentence).toMatch(/^(?:I|Your|This) .{30,}\.$/);
      }),
    );
  });
});
