import { describe, expect, it } from 'vitest';
import type { IncidentCommand } from '../../src/domain/incident/commands.ts';
import type { IncidentEvent } from '../../src/domain/incident/events.ts';
import { JUDGED_WITHOUT_TEST } from '../../src/domain/incident/hypotheses.ts';
import { answerQuestion } from '../../src/domain/trail/answer.ts';
import { parseQuery } from '../../src/domain/trail/query/parse-query.ts';
import type { TrailQuery } from '../../src/domain/trail/query/query.ts';
import { actOnIncident } from '../../src/flows/act-on-incident.ts';
import { lookForTest, type TestDependencies } from '../../src/flows/look-for-test.ts';
import { workAfter } from '../../src/flows/work-after.ts';
import { neverAborted } from '../aws/support.ts';
import { anAlarm, minutes } from '../domain/investigation/builders.ts';
import { anAlarmChange } from '../support/alarm-builders.ts';
import { aCoverage } from '../support/full-incident.ts';
import { ana, bot, openCommand } from '../support/incident-builders.ts';
import { aRankedCause, aRanking } from '../support/ranking-builders.ts';
import { aRecord } from '../support/trail-record.ts';
import { aFlowBench, INCIDENT_ID } from './flow-support.ts';

const CAUSE_ID = 'cause-e1';
const WORK = { kind: 'look-for-test', incidentId: INCIDENT_ID, hypothesisId: CAUSE_ID } as const;
const change = aRecord({ eventId: 'e1', named: ['sg-0abc'] });
const ranking = aRanking({ causes: [aRankedCause()] });
const TEST = { type: 'start-test', hypothesisId: CAUSE_ID, test: 'Compare the rules.' } as const;
const evidence = {
  kind: 'changes',
  evidenceId: 'changes-1',
  gatheringId: 'gathering-1',
  coverage: aCoverage(),
  records: [change],
} as const;

/** An incident in front of AWS in memory, after these commands; and what was asked. */
async function aDesk(commands: readonly IncidentCommand[]) {
  const { deps, store } = await aFlowBench();
  const asked: string[] = [];
  const alarm = anAlarm('checkout-5xx', { state: 'OK', transitionedAtMs: minutes(9) });
  const answered = { outcome: 'found', accountId: null, skippedCount: 0 } as const;
  const found = { ...answered, truncated: false, explanation: null };
  const all: TestDependencies = {
    ...deps,
    alarms: {
      readAlarms: async () => ({ ...found, items: [alarm] }),
      readTransitions: async () => ({ ...found, items: [] }),
      readContributors: async () => ({ ...found, items: [] }),
      readTags: async () => ({ ...found, items: [] }),
    },
    scopeOf: () => ({
      targets: [{ accountId: null, region: 'eu-west-1' }],
      accountNames: new Map(),
    }),
    ask: async ({ question, askedAtMs }) => {
      asked.push(question);
      const when = { timeZone: 'UTC', nowMs: askedAtMs, meaning: 'past' } as const;
      const parsed = parseQuery(question, { ...when, lookbackMaxMs: null });
      const { query } = parsed as { readonly query: TrailQuery };
      const read = { targets: aCoverage().targets, skippedCount: 0, deliveredUntilMs: askedAtMs };
      const answer = answerQuestion({ question, query, records: [change], ...read });
      return { kind: 'answer', answer };
    },
  };
  const opening = openCommand({ alarm: anAlarmChange(), startedAtMs: null });
  for (const [index, command] of [opening, ...commands].entries()) {
    const input = { incidentId: INCIDENT_ID, command, dedupeId: `step-${index}` };
    await actOnIncident(deps, { ...input, actor: command.type === 'start-test' ? ana : bot });
  }
  const state = async () => (await store.readState(INCIDENT_ID)) ?? expect.unreachable();
  return { asked, state, look: () => lookForTest(all, WORK, neverAborted()) };
}

const RANKED = [
  { type: 'record-evidence', evidence },
  { type: 'rank-causes', ranking },
] as const satisfies readonly IncidentCommand[];

describe('what the bot reads for a test', () => {
  it('is what the alarms are now, and what was done since to what the cause is about', async () => {
    const desk = await aDesk([...RANKED, TEST]);

    await desk.look();

    const { evidence: rows, notes } = await desk.state();
    expect(desk.asked).toEqual(['touched "sg-0abc" since 2026-01-15T08:47:00.000Z']);
    expect(rows.at(-1)).toMatchObject({
      kind: 'lookup',
      question: 'test 1 of hypothesis 1 · touched · resource sg-0abc',
      records: [{ eventId: 'e1' }],
    });
    expect(notes.map(({ text }) => text)).toEqual([
      expect.stringMatching(
        /^Read for test 1 of hypothesis 1: now “checkout-5xx” is OK since .*\. One call since 2026-01-15 08:47/,
      ),
    ]);
  });

  it('is recorded once, however often the work runs', async () => {
    const desk = await aDesk([...RANKED, TEST]);

    await desk.look();
    await desk.look();

    const { evidence: rows, notes } = await desk.state();
    expect([rows.length, notes.length]).toEqual([2, 1]);
  });

  it('is nothing once the test has its verdict', async () => {
    const verdict = { verdict: 'inconclusive', finding: 'Unclear.' } as const;
    const concluded = { type: 'conclude-test', hypothesisId: CAUSE_ID, ...verdict } as const;
    const desk = await aDesk([...RANKED, TEST, concluded]);

    await desk.look();

    expect(desk.asked).toEqual([]);
    expect((await desk.state()).notes).toEqual([]);
  });

  it('is asked for as a test begins, and not where somebody judges without one', () => {
    const kindsAfter = (test: string) => {
      const event: IncidentEvent = { type: 'test-started', hypothesisId: CAUSE_ID, test };
      const context = { incidentId: INCIDENT_ID, nowMs: 0, by: 'person', status: 'open' } as const;
      const work = workAfter([event], { ...context, isSetAside: false, replyUrl: null });
      return work.map(({ work: { kind } }) => kind);
    };

    expect(kindsAfter('Compare the rules.')).toContain('look-for-test');
    expect(kindsAfter(JUDGED_WITHOUT_TEST)).not.toContain('look-for-test');
  });
});
