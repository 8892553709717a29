import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../../src/domain/incident/evidence.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { renderEvidence } from '../../../src/slack/blocks/evidence-card.ts';
import { fitMessage } from '../../../src/slack/blocks/fit-message.ts';
import { aCoverage } from '../../support/full-incident.ts';
import { eventsUpTo, stateOf } from '../../support/incident-builders.ts';
import { aPrincipal, aRecord } from '../../support/trail-record.ts';
import { refusals } from './refusals.ts';
import { words } from './seen.ts';

type Changes = Extract<Evidence, { kind: 'changes' }>;

const state = stateOf(eventsUpTo('implement'));
const named = aRecord({ eventId: 'named', named: ['sg-0abc'], eventName: 'StartInstances' });
const own = aRecord({ eventId: 'own', named: ['i-0own'], atMs: named.atMs + 600_000 });
const other = aRecord({
  eventId: 'other',
  named: ['i-0other'],
  principal: aPrincipal({ label: untrusted('noor@example.com') }),
});

function card(
  records: Changes['records'],
  inside: NonNullable<Changes['fix']>['inside'],
  samePerson: readonly string[] = [],
) {
  const evidence: Changes = {
    kind: 'changes',
    evidenceId: 'fix-plan-1',
    gatheringId: null,
    records,
    fix: { planId: 'plan-1', inside, samePerson },
    coverage: {
      ...aCoverage(),
      query: 'writes while plan 1 was carried out',
      recordCount: records.length,
      mayStillArriveAfterMs: named.atMs,
    },
  };
  return renderEvidence(state, evidence, null);
}

describe('the card of the writes while a plan was carried out', () => {
  it('shows what the plan accounts for, and apart from it what else was seen', () => {
    const text = words(
      card(
        [own, named, other],
        [
          { eventId: 'named', because: 'resource' },
          { eventId: 'own', because: 'person' },
        ],
      ),
    );

    expect(text).toContain('*Writes while plan 1 was carried out* · 3 writes');
    expect(text).toMatch(/\*In the plan:\*[\s\S]*sg-0abc[\s\S]*Also seen then:\*[\s\S]*i-0other/);
    expect(text).toMatch(/i-0own[^\n]*matched by e-mail/);
    expect(text).toContain('may still arrive');
  });

  it('marks what the reporter did apart from the plan', () => {
    const text = words(card([named, own], [{ eventId: 'named', because: 'resource' }], ['own']));

    expect(text).toMatch(
      /Also seen then:\*[\s\S]*i-0own[^\n]*by the same person, matched by e-mail/,
    );
  });

  it('says what was looked for when nothing of the plan was seen', () => {
    const text = words(card([other], []));

    expect(text).toContain('*In the plan:* none names what the plan touches');
    expect(text).not.toContain('matched by e-mail');
  });

  it('says that nothing was found, and what may still come', () => {
    const text = words(card([], []));

    expect(text).toContain('No writes found');
    expect(text).toContain('may still arrive');
  });

  it('fits into a message with the longest names on all lines', () => {
    const long = untrusted('x'.repeat(2_000));
    const records = Array.from({ length: 50 }, (_, index) =>
      aRecord({
        eventId: `e-${index}`,
        named: Array.from({ length: 6 }, () => long),
        atMs: named.atMs - index * 3_600_000,
        principal: aPrincipal({ label: long }),
      }),
    );
    const inside = records
      .slice(0, 25)
      .map(({ eventId }) => ({ eventId, because: 'person' as const }));

    expect(refusals(fitMessage(card(records, inside)))).toEqual([]);
  });
});
