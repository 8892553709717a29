import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { briefOf, type IncidentBrief } from '../../../src/domain/incident/brief.ts';
import type { RecordedEvent } from '../../../src/domain/incident/events.ts';
import { handoverAt, lastHandover } from '../../../src/domain/incident/handover.ts';
import { createHistory } from '../../../src/domain/incident/record.ts';
import { waitingFor } from '../../../src/domain/incident/waiting-for.ts';
import { EVERY_EVIDENCE } from '../../store/support/every-evidence.ts';
import { anAlarmChange } from '../../support/alarm-builders.ts';
import {
  ana,
  ben,
  bot,
  commands,
  eventsUpTo,
  MINUTE_MS,
  OPENED_AT_MS,
  openCommand,
  play,
  STARTED_AT_MS,
  stateOf,
} from '../../support/incident-builders.ts';
import { aRankedCause, aRanking } from '../../support/ranking-builders.ts';

const briefAt = (events: readonly RecordedEvent[]): IncidentBrief =>
  briefOf(stateOf(events), events);

describe('the brief of an incident', () => {
  test('says what was ruled out, why and by whom, and what is open, best first', () => {
    const unlikely = {
      hypothesisId: 'hypothesis-2',
      statement: 'A disk is full.',
      likelihood: 'low',
    } as const;
    const events = play(
      [
        [{ ...commands.propose, ...unlikely }, ben],
        [{ ...commands.propose, hypothesisId: 'hypothesis-3', statement: 'DNS is broken.' }, ben],
        [
          {
            type: 'conclude-test',
            hypothesisId: 'hypothesis-1',
            verdict: 'eliminated',
            finding: 'Nobody touched it.',
          },
          ben,
        ],
      ],
      eventsUpTo('startTest'),
    );
    const { ruledOut, open, nextTest } = briefAt(events);

    expect(ruledOut).toMatchObject([
      {
        hypothesis: { hypothesisId: 'hypothesis-1' },
        last: { finding: 'Nobody touched it.', concludedBy: ben },
      },
    ]);
    expect(open.map(({ hypothesisId }) => hypothesisId)).toEqual(['hypothesis-3', 'hypothesis-2']);
    expect(nextTest).toMatchObject({ hypothesis: { hypothesisId: 'hypothesis-3' }, test: null });
  });

  test('names the test that the kind of cause suggests', () => {
    const ranking = aRanking({ causes: [aRankedCause()] });
    const events = play([[{ type: 'rank-causes', ranking }, bot]], eventsUpTo('isolate'));

    expect(briefAt(events).nextTest?.test).toBe(ranking.causes[0]?.suggestion?.test);
  });

  test('has no next test while one runs or once the cause is confirmed', () => {
    expect(briefAt(eventsUpTo('startTest')).nextTest).toBeNull();
    expect(briefAt(eventsUpTo('confirm')).nextTest).toBeNull();
  });

  test.each([
    ['open', 'evidence'],
    ['startTest', 'test'],
    ['plan', 'approval'],
    ['approve', 'implementation'],
    ['implement', 'verification'],
  ] as const)('knows what is waited for after "%s"', (last, kind) => {
    expect(briefAt(eventsUpTo(last)).waiting?.kind).toBe(kind);
  });

  test('waits for nobody to approve what needs no approval', () => {
    const state = stateOf(eventsUpTo('plan'));
    const need = { rule: 'none', entitledIds: [] } as const;
    const plans = state.plans.map((plan) => ({ ...plan, need }));

    expect(waitingFor({ ...state, plans })).toMatchObject({ kind: 'implementation' });
  });

  test.each([
    ['test', 'test'],
    ['solve', 'approval'],
  ] as const)('at step "%s" waits for the %s, when there is a plan and a running test', (step, kind) => {
    const both = play(
      [
        [{ ...commands.plan, hypothesisId: null }, ana],
        [{ type: 'move-to-step', step: 'test', reason: 'It is not sure.' }, ana],
      ],
      eventsUpTo('startTest'),
    );

    expect(waitingFor({ ...stateOf(both), step }).kind).toBe(kind);
  });

  test('waits for nothing and misses nothing once it is closed', () => {
    expect(briefAt(eventsUpTo('close'))).toMatchObject({
      waiting: null,
      nextTest: null,
      missing: [],
    });
  });

  test('takes the beginning from people, else from the alarms, else says that nobody knows', () => {
    const unknown = play([[openCommand({ startedAtMs: null }), ana]]);
    const ranked = play([[{ type: 'rank-causes', ranking: aRanking() }, bot]], unknown);

    expect(briefAt(eventsUpTo('state')).onset).toEqual({ kind: 'told', atMs: STARTED_AT_MS });
    expect(briefAt(ranked).onset.kind).toBe('alarms');
    expect(briefAt(unknown).onset).toEqual({ kind: 'unknown' });
  });

  test('holds the running watch, and not the one of an earlier fix', () => {
    const reading = { type: 'record-watch', agreedMs: 900_000, trouble: null } as const;
    const { accountId, region, name } = anAlarmChange();
    const readings = [
      {
        accountId,
        region,
        name,
        state: 'OK',
        sinceMs: OPENED_AT_MS,
        reconfiguredAtMs: null,
      } as const,
    ];
    const watched = play([[{ ...reading, readings }, bot]], eventsUpTo('implement'));
    const again = play(
      [
        [{ type: 'fail-verification', finding: 'Still 503.' }, ana],
        [{ type: 'move-to-step', step: 'verify', reason: 'Fixed by hand.' }, ana],
      ],
      watched,
    );

    expect(briefAt(watched).watch).toMatchObject({ outcome: 'watching', alarms: [{ name }] });
    expect(briefAt(again).watch).toBeNull();
  });

  test('names who was asked and has not answered, and whom it was escalated to', () => {
    const evidence = { ...EVERY_EVIDENCE.statement, answer: null };
    const events = play(
      [
        [{ type: 'record-evidence', evidence }, ana],
        [{ type: 'escalate-incident', to: 'Network team', reason: 'Need help.' }, ana],
      ],
      eventsUpTo('own'),
    );

    expect(briefAt(events)).toMatchObject({
      unanswered: [{ personId: evidence.personId }],
      escalations: [{ to: 'Network team', by: ana }],
    });
  });

  test('lists who was active, the last one first, and never the bot', () => {
    const { active } = briefAt(eventsUpTo('approve'));

    expect(active.map(({ userId }) => userId)).toEqual(['UBEN', 'UANA']);
    expect(active[0]?.lastAtMs).toBe(OPENED_AT_MS + 8 * MINUTE_MS);
  });
});

describe('a handover', () => {
  const handed = play([[{ type: 'assign-owner', ownerId: 'UBEN' }, ana]], eventsUpTo('startTest'));

  test('is to another person, by somebody, as the incident was then', () => {
    const later = play([[commands.confirm, ben]], handed);

    expect(lastHandover(later)).toMatchObject({
      ownerId: 'UBEN',
      handedOverBy: 'UANA',
      version: handed.length,
      state: { step: 'test', version: handed.length },
    });
  });

  test('is a take-over from another owner, too', () => {
    const taken = play([[{ type: 'assign-owner', ownerId: 'UBEN' }, ben]], eventsUpTo('own'));

    expect(lastHandover(taken)).toMatchObject({ ownerId: 'UBEN', handedOverBy: null });
  });

  test('is none when it is taken by the first owner, or given up', () => {
    const given = play([[{ type: 'assign-owner', ownerId: null }, ana]], handed);

    expect(lastHandover(eventsUpTo('own'))).toBeNull();
    expect(lastHandover(given)).toBeNull();
  });

  test('stays what it was, whatever is recorded later', () => {
    const index = fc.nat({ max: handed.length - 1 });
    const later = play([[commands.confirm, ben]], handed);
    fc.assert(
      fc.property(index, (at) => {
        const recorded = handed[at] as RecordedEvent;
        expect(handoverAt(recorded, createHistory(later))).toEqual(
          handoverAt(recorded, createHistory(handed)),
        );
      }),
    );
  });
});
