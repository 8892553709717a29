import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findSimilar, type KnownIncident } from '../../../src/domain/knowledge/find-similar.ts';
import { EMPTY_PROFILE, type IncidentProfile } from '../../../src/domain/knowledge/profile.ts';
import { searchIncidents } from '../../../src/domain/knowledge/search-incidents.ts';
import { wordsOf } from '../../../src/domain/knowledge/words-of.ts';

const DAY_MS = 24 * 3_600_000;

function aKnown(
  incidentId: string,
  profile: Partial<IncidentProfile>,
  openedAtMs = DAY_MS,
): KnownIncident {
  const title = `Incident ${incidentId}`;
  const known = { incidentId, title, openedAtMs, status: 'closed', isCounted: true } as const;
  return { ...known, profile: { ...EMPTY_PROFILE, ...profile } };
}

const now: IncidentProfile = {
  ...EMPTY_PROFILE,
  alarms: ['checkout-5xx'],
  resources: ['sg-0abc'],
  changeClasses: ['network-closed'],
  words: ['checkout', '5xx', 'timeout'],
};

const idsOf = (rows: readonly { readonly incidentId: string }[]) =>
  rows.map(({ incidentId }) => incidentId);

describe('incidents that look alike', () => {
  test('share what is rare: the alarm first, then resources, kinds of change and words', () => {
    const similar = findSimilar('RT-9', now, [
      aKnown('RT-1', { words: ['checkout'] }),
      aKnown('RT-2', { resources: ['sg-0abc'], words: ['5xx'] }),
      aKnown('RT-3', { alarms: ['checkout-5xx'], fix: 'Put the rule back.' }),
    ]);
    expect(similar).toMatchObject([
      { incidentId: 'RT-3', reasons: ['the same alarm checkout-5xx'], fix: 'Put the rule back.' },
      { incidentId: 'RT-2', reasons: ['the same resource sg-0abc', 'words in common: 5xx'] },
    ]);
  });

  test('are not those that share an alarm with everything', () => {
    const noise = Array.from({ length: 40 }, (_, n) =>
      aKnown(`RT-N${n}`, { alarms: ['cpu-high'], words: [`story${n}`] }),
    );
    expect(findSimilar('RT-9', { ...EMPTY_PROFILE, alarms: ['cpu-high'] }, noise)).toEqual([]);
  });

  test('are never the incident itself, and none where nothing is known of it', () => {
    expect(findSimilar('RT-9', now, [aKnown('RT-9', now)])).toEqual([]);
    expect(findSimilar('RT-9', EMPTY_PROFILE, [aKnown('RT-1', now)])).toEqual([]);
  });

  test('are no drills and no proposals that nobody took, and those make nothing less rare', () => {
    const uncounted = Array.from({ length: 40 }, (_, n) => ({
      ...aKnown(`RT-D${n}`, now),
      isCounted: false,
    }));
    const real = aKnown('RT-1', { alarms: ['checkout-5xx'] });
    expect(findSimilar('RT-9', now, [...uncounted, real])).toEqual(
      findSimilar('RT-9', now, [real]),
    );
  });

  test('say so where they are open now: what came of them is not known yet', () => {
    const open = { ...aKnown('RT-1', now), status: 'open' } as const;
    expect(findSimilar('RT-9', now, [open])).toMatchObject([{ isOpen: true }]);
    expect(findSimilar('RT-9', now, [aKnown('RT-2', now)])).toMatchObject([{ isOpen: false }]);
  });

  test('are the same, however they are listed', () => {
    const names = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 3 });
    const known = fc.array(
      fc.record({ alarms: names, resources: names, words: names, atMs: fc.integer({ max: 9 }) }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(known, names, (rows, alarms) => {
        const all = rows.map(({ atMs, ...profile }, n) => aKnown(`RT-${n}`, profile, atMs));
        const profile = { ...EMPTY_PROFILE, alarms, words: alarms };
        const found = findSimilar('RT-X', profile, all);
        expect(findSimilar('RT-X', profile, all.toReversed())).toEqual(found);
      }),
    );
  });
});

describe('searching incidents', () => {
  const known = [
    aKnown('RT-1', { words: ['checkout', 'certificate'], rootCause: 'An expired certificate.' }),
    aKnown('RT-2', { alarms: ['orders-checkout-5xx'] }, 2 * DAY_MS),
    aKnown('RT-3', { fix: 'Scaled the workers up.' }),
  ];

  test('finds by beginnings of words, rare ones first, in causes, fixes and names', () => {
    expect(idsOf(searchIncidents('checkout certificate', known))).toEqual(['RT-1', 'RT-2']);
    expect(idsOf(searchIncidents('SCALED', known))).toEqual(['RT-3']);
    expect(idsOf(searchIncidents('rt-2', known))).toEqual(['RT-2']);
    expect(idsOf(searchIncidents('cert', known))).toEqual(['RT-1']);
  });

  test('finds nothing rather than everything', () => {
    expect(searchIncidents('database', known)).toEqual([]);
    expect(searchIncidents('…', known)).toEqual([]);
  });

  test('takes common words when there are no others', () => {
    expect(idsOf(searchIncidents('incident', known))).toHaveLength(3);
  });
});

describe('the words of a text', () => {
  test('leave out what every report says and know plurals', () => {
    expect(wordsOf('The checkout errors: Timeouts on sg-0abc since 10', 9)).toEqual([
      'checkout',
      'timeout',
      'sg-0abc',
      '10',
    ]);
  });

  test('are never more than asked for, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 500 }), fc.nat(20), (text, max) => {
        expect(wordsOf(text, max).length).toBeLessThanOrEqual(max);
      }),
    );
  });
});
