import { describe, expect, it } from 'vitest';
import type { IncidentCommand } from '../../../src/domain/incident/commands.ts';
import type { Actor, RecordedEvent } from '../../../src/domain/incident/events.ts';
import type { Ranking } from '../../../src/domain/incident/ranking.ts';
import { renderIncident } from '../../../src/slack/blocks/render-incident.ts';
import { aCoverage } from '../../support/full-incident.ts';
import { ana, ben, bot, eventsUpTo, play, stateOf } from '../../support/incident-builders.ts';
import { anAssessment, aRankedCause, aRanking } from '../../support/ranking-builders.ts';
import { aStatement } from '../../support/statement-builders.ts';

function ranked(
  first: number,
  second: number,
  changes: Partial<Ranking> = {},
): readonly [IncidentCommand, Actor] {
  const ranking = aRanking({
    nothing: anAssessment(1 - first - second),
    causes: [
      aRankedCause({ eventId: 'e1', statement: 'Cause 1.', probability: first }),
      aRankedCause({ eventId: 'e2', statement: 'Cause 2.', probability: second }),
    ],
    ...changes,
  });
  return [{ type: 'rank-causes', ranking }, bot];
}

function judge(
  hypothesisId: string,
  verdict: 'confirmed' | 'eliminated',
): readonly [IncidentCommand, Actor] {
  return [{ type: 'conclude-test', hypothesisId, verdict, finding: 'Seen.' }, ben];
}

const played = (...steps: readonly (readonly [IncidentCommand, Actor])[]) =>
  play(steps, eventsUpTo('isolate'));

/** The lines in the thread since the incident was isolated, as text. */
function lines(events: readonly RecordedEvent[]): readonly string[] {
  const before = eventsUpTo('isolate').length;
  return renderIncident({ state: stateOf(events), events, nowMs: 0 })
    .filter(({ slot }) => slot.startsWith('line-') && Number(slot.slice(5)) > before)
    .map(({ conservative }) => JSON.stringify(conservative.blocks));
}

function root(events: readonly RecordedEvent[]): string {
  const slots = renderIncident({ state: stateOf(events), events, nowMs: 0 });
  return JSON.stringify(slots.find(({ slot }) => slot === 'root')?.conservative.blocks);
}

describe('the line that tells how likelihoods moved', () => {
  const LATE = { occasion: 'late-events' } as const;

  it('is not there for the first ranking, which the board tells, nor for what is partial', () => {
    const partial = ranked(0.2, 0.1, { isPartial: true });

    expect(lines(played(partial, ranked(0.6, 0.1)))).toEqual([]);
    expect(lines(played(ranked(0.6, 0.1), partial))).toEqual([]);
  });

  it('says what became stronger and weaker since the last whole one, and why it was ranked', () => {
    const partial = ranked(0.5, 0.3, { isPartial: true, ...LATE });
    const [line] = lines(played(ranked(0.6, 0.1), partial, ranked(0.2, 0.62, LATE)));

    expect(line).toContain(
      '*Strengthened: hypothesis 2 (10 % → 62 %); weakened: hypothesis 1 (60 % → 20 %) and hypothesis 0 (30 % → 18 %)*. Events arrived late.',
    );
  });

  it('is not there when nothing moved far', () => {
    expect(lines(played(ranked(0.6, 0.2), ranked(0.63, 0.2, LATE)))).toEqual([]);
  });

  it('names the person whose answer moved them', () => {
    const statement: IncidentCommand = {
      type: 'record-evidence',
      evidence: aStatement({
        personId: 'UNOOR',
        answer: { verdict: 'planned', comment: null, atMs: 1 },
      }),
    };
    const told = lines(
      played(
        ranked(0.6, 0.1),
        [statement, { kind: 'person', userId: 'UNOOR' }],
        ranked(0.3, 0.4, { occasion: 'statement' }),
      ),
    );

    expect(told.at(-1)).toContain('. <@UNOOR> answered.');
  });

  it('names the person who attached what moved them', () => {
    const lookup: IncidentCommand = {
      type: 'record-evidence',
      evidence: {
        evidenceId: 'evidence-1',
        gatheringId: null,
        kind: 'lookup',
        question: 'who stopped i-0abc',
        coverage: aCoverage(),
        records: [],
      },
    };
    const attached = ranked(0.3, 0.4, { occasion: 'attached-evidence' });

    expect(lines(played(ranked(0.6, 0.1), [lookup, ana], attached)).at(-1)).toContain(
      '. <@UANA> attached evidence.',
    );
  });

  it('stays as it was when a verdict comes later', () => {
    const before = played(ranked(0.6, 0.2), ranked(0.3, 0.5, LATE));
    const after = play([judge('cause-e1', 'eliminated')], before);

    expect(lines(after)[0]).toBe(lines(before)[0]);
  });
});

describe('the line of a verdict', () => {
  it('says who leads now when something is ruled out', () => {
    const [line] = lines(played(ranked(0.6, 0.3), judge('cause-e1', 'eliminated')));

    expect(line).toContain(
      '*Hypothesis 1 eliminated* by <@UBEN>: Seen. Hypothesis 2 leads now (possible, 75 %).',
    );
  });

  it('says that nothing else explains it when nothing is left', () => {
    const told = lines(
      played(ranked(0.6, 0.3), judge('cause-e1', 'eliminated'), judge('cause-e2', 'eliminated')),
    );

    expect(told.join()).toContain(
      'Nothing else on record explains it so far (possible, over 99 %).',
    );
  });

  it('says nothing of the others when one is confirmed', () => {
    expect(lines(played(ranked(0.6, 0.3), judge('cause-e1', 'confirmed')))[0]).not.toContain(
      'leads',
    );
  });
});

describe('the root card', () => {
  it('begins with the likeliest cause and its likelihood', () => {
    expect(root(played(ranked(0.72, 0.1)))).toContain(
      '*Leading hypothesis (likely, 72 %):* 💡 1. Cause 1.\\n*Owner:*',
    );
  });

  it('says as plainly that nothing on record explains it, with what was read and the next best', () => {
    expect(root(played(ranked(0.2, 0.1)))).toContain(
      '*Nothing on record explains it so far* (likely, 70 %). Read: 212 records and 3 alarms, 2026-01-15 06:00:00 UTC to 2026-01-15 09:00:00 UTC. Next best: 💡 1. *possible, 20 %:* Cause 1.',
    );
  });

  it('gives no likelihood where nothing could be read, and lists why as one list', () => {
    const gaps = [
      'No AWS credentials were found: give the bot a role, a profile or keys.',
      'kubectl',
    ];
    const basis = { ...aRanking().basis, recordCount: 0, alarmCount: 0, gaps };
    const events = played(ranked(0, 0, { causes: [], basis }));

    expect(root(events)).toContain(
      '(how likely cannot be said: nothing was read). Read: 0 records',
    );
    expect(JSON.stringify(renderIncident({ state: stateOf(events), events, nowMs: 0 }))).toContain(
      'a profile or keys; kubectl',
    );
  });

  it('says how much was read while the reading goes on', () => {
    const reading = ranked(0.2, 0.1, { isPartial: true, gatheringId: 'gathering-1' });

    expect(root(played(reading))).toContain('2026-03-08 10:45:00 UTC, 212 records read so far');
  });

  it('leads to the reasons in one tap, until a fix is on its way', () => {
    expect(root(played(ranked(0.72, 0.1)))).toContain('"tap:show-why"');
    expect(root(played(ranked(0.72, 0.1), judge('cause-e1', 'confirmed')))).not.toContain(
      'show-why',
    );
  });
});

describe('the cards of the steps', () => {
  function step(name: string, ...steps: readonly (readonly [IncidentCommand, Actor])[]): string {
    const events = played(...steps);
    const slots = renderIncident({ state: stateOf(events), events, nowMs: 0 });
    return JSON.stringify(slots.find(({ slot }) => slot === name)?.conservative.blocks);
  }

  it('tell what the bot proposed from what people proposed', () => {
    const own: IncidentCommand = {
      type: 'propose-hypothesis',
      hypothesisId: 'hypothesis-9',
      statement: 'DNS.',
      likelihood: 'low',
      impact: 'high',
      evidenceIds: [],
    };

    expect(step('step-3-1', ranked(0.72, 0.1), [own, ana])).toContain(
      '*From the evidence, by Redthread:*\\n• Hypothesis 1: Cause 1. (likely)\\n• Hypothesis 2: Cause 2. (possible)\\n*By people:*\\n• Hypothesis 3: DNS. (low likelihood, high impact)',
    );
  });

  it('say of a verdict that there was no test', () => {
    const move: IncidentCommand = { type: 'move-to-step', step: 'test', reason: 'Go.' };

    expect(
      step('step-4-1', ranked(0.72, 0.1), [move, ana], judge('cause-e1', 'eliminated')),
    ).toContain('❌ Hypothesis 1 eliminated without a test: Seen.');
  });
});
