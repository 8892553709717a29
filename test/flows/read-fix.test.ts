import { describe, expect, it } from 'vitest';
import type { IncidentCommand } from '../../src/domain/incident/commands.ts';
import type { Actor } from '../../src/domain/incident/events.ts';
import { fixWindow } from '../../src/domain/incident/fix-writes.ts';
import type { IncidentState, Plan } from '../../src/domain/incident/state.ts';
import type { TrailRecord } from '../../src/domain/trail/record.ts';
import { untrusted } from '../../src/domain/untrusted.ts';
import { actOnIncident } from '../../src/flows/act-on-incident.ts';
import { judgeWrites } from '../../src/flows/judge-writes.ts';
import { type FixDependencies, readFix, scheduleNextFixLook } from '../../src/flows/read-fix.ts';
import type { FoundAccount } from '../../src/ports.ts';
import { aStore, neverAborted } from '../aws/support.ts';
import {
  ana,
  ben,
  commands,
  eventsUpTo,
  MINUTE_MS,
  OPENED_AT_MS,
  openCommand,
  stateOf,
} from '../support/incident-builders.ts';
import { createKeptLog } from '../support/kept-log.ts';
import { createMemoryActivity, type MemoryActivityOptions } from '../support/memory-activity.ts';
import { aPrincipal, aRecord } from '../support/trail-record.ts';

const incidentId = 'RT-7K3F9';
const APPROVED_AT_MS = OPENED_AT_MS + 10 * MINUTE_MS;
const IMPLEMENTED_AT_MS = APPROVED_AT_MS + 10 * MINUTE_MS;

function aWrite(
  eventId: string,
  resource: string,
  options: { readonly by?: string; readonly atMs?: number } = {},
): TrailRecord {
  const { by = 'noor@example.com', atMs = APPROVED_AT_MS + 5 * MINUTE_MS } = options;
  const principal = aPrincipal({ label: untrusted(by), sessionName: untrusted(by) });
  return aRecord({ eventId, atMs, named: [resource], principal });
}

const inPlan = aWrite('named', 'arn:aws:ec2:eu-west-1:111122223333:security-group/sg-0abc');
const byReporter = aWrite('reporter', 'sg-other', { by: 'ana@example.com' });
const beside = aWrite('beside', 'sg-other');

function member(userId: string): FoundAccount {
  return {
    kind: 'found',
    account: { userId, name: userId, timeZone: 'UTC', standing: 'member' },
  };
}

/** Noor is known to Slack as well, and did not report it. */
const PEOPLE: Readonly<Record<string, FoundAccount>> = {
  'ana@example.com': member('UANA'),
  'noor@example.com': member('UNOOR'),
  'broken@example.com': { kind: 'unknown', sentence: 'Slack did not answer just now.' },
};

/** An incident whose plan was reported as implemented just now, in front of AWS in memory. */
async function openDesk(
  aws: { records: readonly TrailRecord[] } & Omit<MemoryActivityOptions, 'records'>,
) {
  const store = await aStore();
  const clock = { ms: OPENED_AT_MS };
  const requests: unknown[] = [];
  const deps: FixDependencies = {
    store,
    clock: { nowMs: () => clock.ms },
    ids: { next: (prefix) => `${prefix}-1`, incidentId: () => incidentId },
    log: createKeptLog(),
    wakeWorkers: () => undefined,
    activity: {
      lookbackMaxMs: 90 * 86_400_000,
      deliveryLagMs: 15 * MINUTE_MS,
      readPages: (request, signal) => {
        requests.push(request);
        return createMemoryActivity(aws).readPages(request, signal);
      },
    },
    people: {
      describe: async (userId) => ({ userId, name: userId, timeZone: 'UTC' }),
      findByEmail: async (email) => PEOPLE[email] ?? { kind: 'nobody' },
      findAccount: async () => ({ kind: 'nobody' }),
    },
    scopeOf: () => ({
      targets: ['eu-west-1', 'us-east-1'].map((region) => ({ accountId: null, region })),
      accountNames: new Map(),
    }),
  };
  const act = (command: IncidentCommand, actor: Actor, atMs: number) => {
    clock.ms = atMs;
    const dedupeId = `${command.type}-${atMs}`;
    return actOnIncident(deps, { incidentId, command, actor, dedupeId });
  };
  const plan = { ...commands.plan, hypothesisId: null };
  await act(openCommand(), ana, OPENED_AT_MS);
  await act(
    { type: 'move-to-step', step: 'solve', reason: 'Known.' },
    ana,
    OPENED_AT_MS + MINUTE_MS,
  );
  await act(plan, ana, OPENED_AT_MS + 5 * MINUTE_MS);
  await act(commands.approve, ben, APPROVED_AT_MS);
  await act(commands.implement, ana, IMPLEMENTED_AT_MS);
  const workAt = (look: number) =>
    ({ kind: 'read-fix', incidentId, planId: 'plan-1', look }) as const;
  const state = async (): Promise<IncidentState> => {
    const found = await store.readState(incidentId);
    if (found === null) throw new Error('There is no incident.');
    return found;
  };
  return {
    deps,
    aws,
    clock,
    requests,
    state,
    act,
    look: (look: number, changes: Partial<FixDependencies> = {}) =>
      readFix({ ...deps, ...changes }, workAt(look), neverAborted()),
    scheduleAfter: (look: number) => scheduleNextFixLook(deps, workAt(look)),
    due: async () =>
      (await store.claimWork({ leaseMs: 1_000, limit: 100 }))
        .map(({ work }) => work)
        .filter(({ kind }) => kind === 'read-fix'),
    card: async () => {
      const found = (await state()).evidence.find(({ evidenceId }) => evidenceId === 'fix-plan-1');
      return found?.kind === 'changes' ? found : null;
    },
  };
}

describe('what was written while a plan was carried out', () => {
  it('is read as soon as it is reported as implemented', async () => {
    const desk = await openDesk({ records: [] });

    expect(await desk.due()).toEqual([{ kind: 'read-fix', incidentId, planId: 'plan-1', look: 0 }]);
  });

  it('is in the plan by what it touched, and apart from it what else the reporter did', async () => {
    const desk = await openDesk({ records: [inPlan, byReporter, beside] });

    await desk.look(0);

    const card = await desk.card();
    expect(card?.fix?.inside).toEqual([{ eventId: 'named', because: 'resource' }]);
    expect(card?.fix?.samePerson).toEqual(['reporter']);
    expect(card?.records).toHaveLength(3);
    expect(card?.coverage).toMatchObject({
      query: 'writes while plan 1 was carried out',
      fromMs: APPROVED_AT_MS,
      recordCount: 3,
    });
  });

  it('is in a plan that names nothing by who reported it', async () => {
    const desk = await openDesk({ records: [inPlan, byReporter, beside] });
    const plan = stateOf(eventsUpTo('implement')).plans[0] as Plan;

    const judged = await judgeWrites(desk.deps.people, { ...plan, resources: [] }, [
      inPlan,
      byReporter,
      beside,
    ]);

    expect(judged.fix).toEqual({
      planId: 'plan-1',
      inside: [{ eventId: 'reporter', because: 'person' }],
      samePerson: [],
    });
  });

  it('is never by whoever reported it where a machine was at work', async () => {
    const machine = aRecord({
      ...byReporter,
      principal: aPrincipal({ label: untrusted('ana@example.com'), kind: 'automation' }),
    });
    const desk = await openDesk({ records: [machine] });

    await desk.look(0);

    expect((await desk.card())?.fix).toMatchObject({ inside: [], samePerson: [] });
  });

  it('leaves out what was before the approval, and what failed', async () => {
    const early = aWrite('early', 'sg-0abc', { atMs: APPROVED_AT_MS - MINUTE_MS });
    const refused = { ...aWrite('refused', 'sg-0abc'), errorCode: untrusted('AccessDenied') };
    const desk = await openDesk({ records: [early, refused, inPlan] });

    await desk.look(0);

    expect((await desk.card())?.records.map(({ eventId }) => eventId)).toEqual(['named']);
  });

  it('may be nothing, which is a result and says what may still arrive', async () => {
    const desk = await openDesk({ records: [] });

    await desk.look(0);

    expect(await desk.card()).toMatchObject({
      records: [],
      coverage: { recordCount: 0, mayStillArriveAfterMs: APPROVED_AT_MS },
    });
  });

  it('says when Slack could not tell who is behind an address', async () => {
    const desk = await openDesk({
      records: [aWrite('whose', 'sg-other', { by: 'broken@example.com' })],
    });

    await desk.look(0);

    const card = await desk.card();
    expect(card?.fix?.inside).toEqual([]);
    expect(card?.coverage.gaps[0]).toContain('who is behind some e-mail addresses');
  });

  it('is not asked for where no account is', async () => {
    const desk = await openDesk({ records: [inPlan] });

    await desk.look(0, { scopeOf: () => ({ targets: [], accountNames: new Map() }) });

    expect(desk.requests).toEqual([]);
    expect(await desk.card()).toBeNull();
  });

  it('is looked at again after six and eighteen minutes, and what came late is told once', async () => {
    const desk = await openDesk({ records: [inPlan] });
    await desk.look(0);
    await desk.scheduleAfter(0);
    await desk.scheduleAfter(0);
    desk.clock.ms = IMPLEMENTED_AT_MS + 6 * MINUTE_MS;
    expect((await desk.due()).map((work) => 'look' in work && work.look).sort()).toEqual([0, 1]);
    desk.aws.records = [inPlan, aWrite('after', 'i-0123', { atMs: IMPLEMENTED_AT_MS + 90_000 })];

    await desk.look(1);
    await desk.look(1);

    const { notes } = await desk.state();
    expect(notes.map(({ text }) => text)).toEqual([
      'CloudTrail has now delivered 1 more write made while plan 1 was carried out, 1 outside of the plan. The card of these writes has it (evidence 1 in the document).',
    ]);
    expect((await desk.card())?.records).toHaveLength(2);
    await desk.scheduleAfter(1);
    desk.clock.ms = IMPLEMENTED_AT_MS + 18 * MINUTE_MS;
    await desk.look(2);
    const card = await desk.card();
    expect(card?.coverage.mayStillArriveAfterMs).toBeNull();
    expect(card?.coverage.toMs).toBe(fixWindow((await desk.state()).plans[0]!)?.toMs);
    expect((await desk.state()).notes).toHaveLength(1);
  });

  it('stays as it is when a Region that had answered does not any more', async () => {
    const desk = await openDesk({ records: [inPlan] });
    await desk.look(0);
    desk.clock.ms = IMPLEMENTED_AT_MS + 6 * MINUTE_MS;

    await desk.look(1, {
      activity: {
        ...desk.deps.activity,
        readPages: createMemoryActivity({ records: [], troubles: { 'eu-west-1': 'throttled' } })
          .readPages,
      },
    });

    expect((await desk.card())?.records).toHaveLength(1);
  });

  it('is not read any more once the incident is closed', async () => {
    const desk = await openDesk({ records: [inPlan] });
    await desk.act({ type: 'close-incident', reason: 'Over.' }, ana, IMPLEMENTED_AT_MS + MINUTE_MS);

    await desk.look(0);

    expect(await desk.card()).toBeNull();
  });
});
