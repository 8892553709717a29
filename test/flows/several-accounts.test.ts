import { describe, expect, it } from 'vitest';
import { createAlarmSource } from '../../src/aws/cloudwatch/alarm-source.ts';
import { describeAccounts } from '../../src/domain/account-coverage.ts';
import type { TrailAnswer } from '../../src/domain/trail/answer.ts';
import { actOnIncident } from '../../src/flows/act-on-incident.ts';
import { answerTrail } from '../../src/flows/answer-trail.ts';
import { createEventHistory } from '../../src/flows/event-history.ts';
import { gatherEvidence } from '../../src/flows/gather-evidence.ts';
import { type Installation, scopeOfChannel } from '../../src/flows/scope.ts';
import type { Work } from '../../src/ports.ts';
import {
  AUDIT,
  OWN,
  rolesOf,
  STAGING,
  sessionsOf,
  threeAccounts,
} from '../aws/accounts-support.ts';
import { neverAborted } from '../aws/support.ts';
import { openCommand } from '../support/incident-builders.ts';
import { createKeptLog } from '../support/kept-log.ts';

const REGIONS = ['eu-west-1', 'us-east-1'];
const INSTALLATION: Installation = {
  regions: REGIONS,
  accounts: [
    { accountId: OWN, name: 'prod', role: null, regions: REGIONS },
    { accountId: STAGING, name: 'staging', role: null, regions: REGIONS },
    { accountId: AUDIT, name: 'audit', role: null, regions: REGIONS },
  ],
  channels: [{ channelId: 'C0NARROW', accountIds: [OWN, STAGING] }],
};
/** One of the three has another external id than the bot was told. */
const roles = rolesOf({ [STAGING]: 'staging-word', [AUDIT]: 'guessed' });

/** Whatever it does, it only reads. */
const READS = new Set(['AssumeRole', 'LookupEvents', 'DescribeAlarms', 'DescribeAlarmHistory']);

async function startDesk() {
  const side = await threeAccounts({ roles });
  const nowMs = () => Date.now();
  const deps = {
    store: side.store,
    clock: { nowMs },
    ids: { next: (prefix: string) => `${prefix}-1`, incidentId: () => 'RT-7K3F9' },
    log: createKeptLog(),
    wakeWorkers: () => undefined,
    activity: side.activity,
    alarms: createAlarmSource({ clients: side.clients, log: createKeptLog() }),
    sources: [createEventHistory(side.activity)] as const,
    scopeOf: (channelId: string) => scopeOfChannel(INSTALLATION, channelId),
    people: {
      describe: async (userId: string) => ({ userId, name: 'Ana', timeZone: 'UTC' }),
    },
    act: actOnIncident,
  };
  return { ...side, deps };
}

type Desk = Awaited<ReturnType<typeof startDesk>>;

function ask({ deps }: Desk, question: string, channelId: string) {
  const work: Extract<Work, { kind: 'answer-trail' }> = {
    kind: 'answer-trail',
    answerId: 'trail-1',
    page: 0,
    look: 0,
    about: 'question',
    question,
    deliver: 'to-asker',
    userId: 'U0ANA',
    channelId,
    threadTs: null,
    replyUrl: null,
    incidentId: null,
    askedAtMs: Date.now(),
  };
  return answerTrail(deps, work, neverAborted());
}

async function gather({ deps }: Desk, channelId: string) {
  await actOnIncident(deps, {
    incidentId: 'RT-7K3F9',
    command: openCommand({ channelId, startedAtMs: Date.now() - 14 * 60_000 }),
    actor: { kind: 'person', userId: 'U0BEN' },
    dedupeId: 'open',
  });
  const work = { incidentId: 'RT-7K3F9', gatheringId: 'gathering-1' };
  await gatherEvidence(deps, work, neverAborted());
  const state = await deps.store.readState('RT-7K3F9');
  return { state, changes: state?.evidence.find(({ kind }) => kind === 'changes') };
}

describe('a question to three accounts of which one lets nobody in', () => {
  it('is answered from the other two, and says so', async () => {
    const desk = await startDesk();

    const reply = await ask(desk, 'who stopped i-0c4e8d21f6ab97530 since 2h', 'C0ANY');

    expect(reply).toMatchObject({ kind: 'answer', answer: { coverage: { recordCount: 2 } } });
    const { coverage } = (reply as { answer: TrailAnswer }).answer;
    expect(describeAccounts(coverage.targets)).toBe(
      `2 of 3 accounts searched; ${AUDIT} (audit): access denied`,
    );
    expect(new Set(desk.world.calls.map(({ operation }) => operation))).toEqual(
      new Set(['AssumeRole', 'LookupEvents']),
    );
    expect(new Set(sessionsOf(desk.world))).toEqual(new Set(['redthread-U0ANA']));
  });

  it('goes only to those that its channel may ask about', async () => {
    const desk = await startDesk();

    const reply = await ask(desk, 'who stopped i-0c4e8d21f6ab97530 since 2h', 'C0NARROW');

    const { coverage } = (reply as { answer: TrailAnswer }).answer;
    expect(describeAccounts(coverage.targets)).toBe('All 2 accounts searched');
    expect(JSON.stringify(desk.world.calls)).not.toContain(AUDIT);
  });

  it('is refused, with the place in the question, for an account that is not for the channel', async () => {
    const desk = await startDesk();
    const question = 'who stopped i-0abc account:audit';

    const reply = await ask(desk, question, 'C0NARROW');

    expect(reply).toMatchObject({
      kind: 'error',
      sentence: expect.stringContaining('The account audit cannot be asked about'),
      start: question.indexOf('audit'),
      end: question.length,
    });
    expect(desk.world.calls).toEqual([]);
    expect(await desk.store.readAudit(1)).toMatchObject([{ outcome: 'no-target' }]);
  });
});

describe("an incident's gathering", () => {
  it('asks the accounts of its channel, in the name of who opened it', async () => {
    const desk = await startDesk();

    const { changes } = await gather(desk, 'C0NARROW');

    expect(changes?.coverage.targets.map(({ accountName }) => accountName)).toEqual([
      'prod',
      'prod',
      'staging',
      'staging',
    ]);
    expect(changes?.coverage.gaps).toContain('accounts this channel does not ask about');
    expect(new Set(sessionsOf(desk.world))).toEqual(new Set(['redthread-U0BEN']));
  });

  it('tells which accounts did not answer, and changes nothing in any', async () => {
    const desk = await startDesk();

    const { state, changes } = await gather(desk, 'C0ANY');

    expect(changes?.coverage.recordCount).toBe(2);
    expect(changes?.coverage.gaps).toContain('Regions other than eu-west-1 and us-east-1');
    expect(state?.gatherings[0]?.summary).toContain(
      `2 of 3 accounts searched; ${AUDIT} (audit): access denied.`,
    );
    expect(desk.world.calls.filter(({ operation }) => !READS.has(operation))).toEqual([]);
  });

  it.each([
    ['DescribeAlarms', 'alarms', 'throttle', 'throttled'],
    ['DescribeAlarms', 'alarms', 'no-json', 'failed'],
    ['LookupEvents', 'changes', 'cut-body', 'failed'],
  ] as const)('never takes an account where %s fails for one without %s', async (operation, kind, fault, outcome) => {
    const desk = await startDesk();
    desk.world.faults.add({ kind: fault, operation, account: STAGING });

    const { state } = await gather(desk, 'C0NARROW');

    const evidence = state?.evidence.find((one) => one.kind === kind);
    const ofStaging = evidence?.coverage.targets.filter(({ accountId }) => accountId === STAGING);
    expect(ofStaging?.map((target) => target.outcome)).toEqual([outcome, outcome]);
    expect(state?.gatherings[0]?.summary).toMatch(
      /1 of 2 accounts searched; 444455556666 \(staging\)/,
    );
    expect(state?.gatherings[0]?.finishedAtMs).not.toBeNull();
  });
});
