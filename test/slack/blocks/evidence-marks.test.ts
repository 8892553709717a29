import { describe, expect, it } from 'vitest';
import type { Alarm } from '../../../src/domain/alarm/alarm.ts';
import type { Evidence } from '../../../src/domain/incident/evidence.ts';
import type { IncidentState } from '../../../src/domain/incident/state.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { toConservative } from '../../../src/slack/blocks/conservative.ts';
import { renderEvidence } from '../../../src/slack/blocks/evidence-card.ts';
import { aCoverage, aTrailRecord } from '../../support/full-incident.ts';
import {
  bot,
  eventsUpTo,
  MINUTE_MS,
  OPENED_AT_MS,
  play,
  stateOf,
} from '../../support/incident-builders.ts';
import { aRankedCause, aRanking } from '../../support/ranking-builders.ts';

const ranked = (ranking = aRanking()): IncidentState =>
  stateOf(play([[{ type: 'rank-causes', ranking }, bot]], eventsUpTo('isolate')));

function card(state: IncidentState, evidence: Partial<Evidence>): string {
  const base = { evidenceId: 'evidence-1', gatheringId: null, coverage: aCoverage() };
  const { blocks } = toConservative(
    renderEvidence(state, { ...base, ...evidence } as Evidence, null),
  );
  return JSON.stringify(blocks);
}

describe('the card of changes', () => {
  it('says which call belongs to which hypothesis, also of what AWS did by itself', () => {
    const state = ranked(
      aRanking({
        causes: [
          aRankedCause({ eventId: 'e1' }),
          aRankedCause({ eventId: 'e2', probability: 0.2 }),
        ],
      }),
    );
    const byService = aTrailRecord({ eventId: 'e2', accessKeyId: null });
    const records = [
      aTrailRecord({ eventId: 'e1' }),
      { ...byService, principal: { ...byService.principal, kind: 'service' as const } },
    ];

    const text = card(state, { kind: 'changes', records });

    expect(text).toContain(' · *💡 hypothesis 1*');
    expect(text).toContain(' · *💡 hypothesis 2*');
  });

  it('shows what belongs to a hypothesis before what is only newer', () => {
    const records = Array.from({ length: 30 }, (_, index) =>
      aTrailRecord({
        eventId: `e${index}`,
        accessKeyId: `ASIA${index}`,
        atMs: OPENED_AT_MS - index * MINUTE_MS,
      }),
    );
    const state = ranked(aRanking({ causes: [aRankedCause({ eventId: 'e29' })] }));

    const text = card(state, { kind: 'changes', records });

    expect(text).toContain('hypothesis 1');
    expect(text.match(/clean-up-job/g)).toHaveLength(10);
  });
});

describe('the card of alarms', () => {
  const alarm: Alarm = {
    name: untrusted('checkout-5xx'),
    kind: 'metric',
    accountId: '111122223333',
    region: 'eu-west-1',
    state: 'ALARM',
    stateReason: untrusted(''),
    transitionedAtMs: null,
    namespace: null,
    metric: null,
    dimensions: [],
    threshold: null,
    comparison: null,
    periodSeconds: null,
    drawable: null,
    evaluation: null,
    children: [],
    contributors: [],
  };
  const text = (state: IncidentState, changes: Partial<Alarm> = {}) =>
    card(state, { kind: 'alarms', alarms: [{ ...alarm, ...changes }], transitions: [] });

  it('says when the first bad datapoint began, as the ranking found it', () => {
    expect(text(ranked())).toContain('first bad datapoint 2026-01-15 08:50:00 UTC');
  });

  it('says why an alarm was left aside', () => {
    const { onset } = aRanking();
    const aside = (changes: object) =>
      text(
        ranked(aRanking({ onset: onset === null ? null : { ...onset, alarms: [], ...changes } })),
      );

    expect(aside({ flapping: [alarm.name] })).toContain('left aside: it goes on and off');
    expect(aside({ stale: [alarm.name] })).toContain('left aside: in alarm since long before');
  });

  it('names what a composite alarm is made of, and which series of a query breach', () => {
    const names = ['a', 'b', 'c', 'd', 'e'].map(untrusted);
    const contributors = names.map((value) => ({
      attributes: [{ name: 'InstanceId', value }],
      reason: untrusted(''),
      transitionedAtMs: null,
    }));

    expect(text(ranked(), { kind: 'composite', children: names })).toContain(
      'Made of `a`, `b`, `c` and 2 more',
    );
    expect(text(ranked(), { contributors })).toContain(
      'Breaching: InstanceId `a`, InstanceId `b`, InstanceId `c` and 2 more',
    );
  });
});
