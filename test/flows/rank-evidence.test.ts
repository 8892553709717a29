import { describe, expect, it } from 'vitest';
import type { StatementVerdict } from '../../src/domain/incident/evidence.ts';
import type { IncidentState } from '../../src/domain/incident/state.ts';
import { actOnIncident } from '../../src/flows/act-on-incident.ts';
import { scheduleDeeper } from '../../src/flows/rank-again.ts';
import { scheduleNextLook } from '../../src/flows/second-look-evidence.ts';
import type { Store } from '../../src/ports.ts';
import { aChange, anAlarm, MINUTE_MS, minutes, wentOff } from '../domain/investigation/builders.ts';
import { aCoverage } from '../support/full-incident.ts';
import { anAnswer, aStatement } from '../support/statement-builders.ts';
import { openRankingDesk, type RankingDesk } from './ranking-support.ts';

const group = 'targetgroup/orders/0123456789abcdef';
const alarm = anAlarm('orders-5xx');
const culprit = aChange('DeregisterTargets', 'elasticloadbalancing', [group], minutes(-2));
const earlier = aChange('ModifyTargetGroup', 'elasticloadbalancing', [group], minutes(-25));
const unrelated = aChange('PutBucketLifecycle', 's3', ['old-invoices'], minutes(-40));
const world = () => ({
  records: [culprit, earlier, unrelated],
  alarms: [alarm],
  transitions: [wentOff(alarm, minutes(4))],
});

const leadsOf = ({ ranking }: IncidentState) =>
  ranking?.causes.map(({ cause }) => cause.eventIds[0]) ?? [];

const probabilityOf = ({ ranking }: IncidentState, eventId: string) =>
  ranking?.causes.find(({ cause }) => cause.eventIds.includes(eventId))?.assessment.probability ??
  0;

const whenAborted = (signal: AbortSignal) =>
  new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

async function attach(desk: RankingDesk, records = [culprit]): Promise<void> {
  await actOnIncident(desk.deps, {
    incidentId: 'RT-7K3F9',
    command: {
      type: 'record-evidence',
      evidence: {
        kind: 'lookup',
        evidenceId: 'lookup-1',
        gatheringId: null,
        question: 'who changed orders',
        records,
        coverage: aCoverage(),
      },
    },
    actor: { kind: 'person', userId: 'UANA' },
    dedupeId: 'attach',
  });
}

async function say(desk: RankingDesk, verdict: StatementVerdict): Promise<void> {
  const statement = aStatement({ records: [culprit] });
  const asked = { actor: { kind: 'person', userId: 'UANA' }, dedupeId: 'asked' } as const;
  const answered = { actor: { kind: 'person', userId: 'UBEN' }, dedupeId: 'answered' } as const;
  const answer = anAnswer({ verdict });
  const steps = [
    { ...asked, evidence: statement },
    { ...answered, evidence: { ...statement, answer } },
  ];
  for (const { evidence, actor, dedupeId } of steps) {
    const command = { type: 'record-evidence', evidence } as const;
    await actOnIncident(desk.deps, { incidentId: 'RT-7K3F9', command, actor, dedupeId });
  }
}

describe('a gathering', () => {
  it('puts the ranked causes on the record, best first, and proposes them', async () => {
    const desk = await openRankingDesk(world());

    await desk.gather();

    const state = await desk.state();
    expect(leadsOf(state)[0]).toBe(culprit.eventId);
    expect(state.ranking).toMatchObject({ occasion: 'gathering', isPartial: false });
    expect(state.ranking?.onset).toMatchObject({ earliestMs: minutes(0) });
    expect(state.hypotheses[0]).toMatchObject({ status: 'proposed', by: { kind: 'bot' } });
    expect(desk.acts.at(-1)?.command.type).toBe('finish-gathering');
  });

  it('knows when it began from an alarm that is OK again', async () => {
    const recovered = anAlarm('orders-5xx', { state: 'OK', evaluation: null });
    const desk = await openRankingDesk({
      ...world(),
      alarms: [recovered],
      transitions: [wentOff(recovered, minutes(4))],
    });

    await desk.gather();

    const state = await desk.state();
    expect(state.ranking?.onset?.earliestMs).toBe(minutes(0));
    expect(state.ranking?.causes[0]?.assessment.for.join()).toContain('which the alarm watches');
  });

  it('shows a change of days ago in its card, when that is a likely cause', async () => {
    const old = aChange(
      'ModifyTargetGroup',
      'elasticloadbalancing',
      [group],
      minutes(-3 * 24 * 60),
    );
    const desk = await openRankingDesk({ ...world(), records: [old, unrelated] });

    await desk.gather();

    const state = await desk.state();
    const card = state.evidence.find(({ kind }) => kind === 'changes');
    expect(leadsOf(state)).toContain(old.eventId);
    expect(JSON.stringify(card)).toContain(old.eventId);
    expect(card?.coverage.query).toContain('with 1 from before that may be the cause');
  });

  it('says that no alarm tells when it began, and by what it went instead', async () => {
    const desk = await openRankingDesk(
      { ...world(), alarms: [], transitions: [] },
      { startedAtMs: minutes(0) },
    );

    await desk.gather();

    const state = await desk.state();
    const card = state.evidence.find(({ kind }) => kind === 'changes');
    expect(card?.coverage.gaps).toContain('when it began (no alarm says; people say 10:00:00 UTC)');
    expect(state.ranking?.onset).toBeNull();
    expect(state.ranking?.nothing.probability).toBe(1);
  });

  it('names a place that did not answer among what the ranking could not look at', async () => {
    const desk = await openRankingDesk({ ...world(), troubles: { 'us-east-1': 'denied' } });

    await desk.gather();

    const { ranking } = await desk.state();
    expect(ranking?.basis.gaps).toContain('us-east-1 said no.');
    expect(ranking?.causes[0]?.cause.eventIds).toContain(culprit.eventId);
  });

  it('counts what was attached while it read', async () => {
    const desk = await openRankingDesk({ ...world(), records: [unrelated] });
    await attach(desk);

    await desk.gather();

    expect(leadsOf(await desk.state())[0]).toBe(culprit.eventId);
  });

  it('run again after a crash leaves the rankings and hypotheses that there were', async () => {
    const desk = await openRankingDesk(world());
    const crash: typeof actOnIncident = (deps, input) =>
      input.command.type === 'finish-gathering'
        ? Promise.reject(new Error('killed'))
        : actOnIncident(deps, input);
    await expect(desk.gather({ act: crash })).rejects.toThrow('killed');
    const before = await desk.state();
    const ranked = await desk.eventsOf('causes-ranked');

    await desk.gather();

    const after = await desk.state();
    expect(await desk.eventsOf('causes-ranked')).toEqual(ranked);
    expect(after.hypotheses).toEqual(before.hypotheses);
    expect(after.gatherings[0]?.finishedAtMs).not.toBeNull();
  });

  it('keeps its evidence when the ranking meets a defect of ours, and logs that', async () => {
    const desk = await openRankingDesk(world());
    // A state that cannot be: the record itself stays as it is.
    const store: Store = Object.create(desk.deps.store, {
      readState: { value: async () => ({ ...(await desk.state()), hypotheses: null }) },
    });

    await desk.gather({ store, act: (_deps, input) => actOnIncident(desk.deps, input) });

    const state = await desk.state();
    expect(state.gatherings[0]?.finishedAtMs).not.toBeNull();
    expect(state.evidence.map(({ kind }) => kind).sort()).toEqual(['alarms', 'changes']);
    expect(desk.log.lines.map(({ level }) => level)).toContain('error');
  });

  it('ranks nothing in an incident that was closed meanwhile', async () => {
    const desk = await openRankingDesk(world());
    await actOnIncident(desk.deps, {
      incidentId: 'RT-7K3F9',
      command: { type: 'close-incident', reason: 'A test.' },
      actor: { kind: 'person', userId: 'UANA' },
      dedupeId: 'close',
    });

    await desk.gather();

    expect(desk.rankings()).toEqual([]);
  });
});

describe('what the budget was too small for', () => {
  const busy = () => ({
    ...world(),
    records: [
      ...Array.from({ length: 1_500 }, (_, index) =>
        aChange('UpdateService', 'ecs', [`service-${index % 90}`], minutes(-3) - index * 2_000),
      ),
      earlier,
    ],
  });

  it('is read later, once, and then the ranking is whole', async () => {
    const desk = await openRankingDesk(busy());
    await desk.gather();
    expect((await desk.state()).ranking?.isPartial).toBe(true);
    const work = { incidentId: 'RT-7K3F9', gatheringId: 'gathering-1' };

    await scheduleDeeper(desk.deps, work);
    await scheduleDeeper(desk.deps, work);
    desk.clock.ms += 1_000;

    const deeper = (await desk.claim()).filter(({ kind }) => kind === 'rank');
    expect(deeper).toEqual([{ ...work, kind: 'rank', occasion: 'gathering' }]);
    const before = desk.callCount();
    expect(await desk.rankAgain('gathering')).toEqual({ kind: 'done' });
    expect(desk.callCount() - before).toBeGreaterThan(before);
    expect((await desk.state()).ranking?.isPartial).toBe(false);
  });

  it('is nothing where all was read', async () => {
    const desk = await openRankingDesk(world());
    await desk.gather();

    await scheduleDeeper(desk.deps, { incidentId: 'RT-7K3F9', gatheringId: 'gathering-1' });

    expect((await desk.claim()).map(({ kind }) => kind)).not.toContain('rank');
  });

  it('is left when AWS does not answer any more, and the ranking ends as it is', async () => {
    const desk = await openRankingDesk(busy());
    await desk.gather();
    const before = (await desk.state()).ranking;
    desk.aws.troubles = { 'eu-west-1': 'throttled' };

    await desk.rankAgain('gathering');

    expect((await desk.state()).ranking).toEqual({ ...before, isPartial: false });
  });
});

describe('a later look', () => {
  it('ranks what arrived late, says so in one line, and is done once', async () => {
    const desk = await openRankingDesk({ ...world(), records: [earlier, unrelated] });
    await desk.gather();
    const ranked = await desk.eventsOf('causes-ranked');
    desk.aws.records = world().records;
    desk.clock.ms += 5 * MINUTE_MS;

    await desk.look(1);
    await desk.look(1);
    await desk.look(2);

    const state = await desk.state();
    expect(leadsOf(state)[0]).toBe(culprit.eventId);
    expect(state.ranking?.occasion).toBe('late-events');
    expect(state.notes.map(({ text }) => text)).toEqual([
      expect.stringContaining('CloudTrail delivered 1 change late'),
    ]);
    expect(await desk.eventsOf('causes-ranked')).toHaveLength(ranked.length + 1);
    const card = state.evidence.find(({ kind }) => kind === 'changes');
    expect(JSON.stringify(card)).toContain(culprit.eventId);
  });

  it('finds the rest when it was killed between its line and its ranking', async () => {
    const desk = await openRankingDesk({ ...world(), records: [earlier, unrelated] });
    await desk.gather();
    desk.aws.records = world().records;
    const crash: typeof actOnIncident = (deps, input) =>
      input.command.type === 'rank-causes'
        ? Promise.reject(new Error('killed'))
        : actOnIncident(deps, input);
    await expect(desk.look(1, { act: crash })).rejects.toThrow('killed');

    await desk.look(1);

    const state = await desk.state();
    expect(leadsOf(state)[0]).toBe(culprit.eventId);
    expect(state.notes).toHaveLength(1);
  });

  it('changes nothing when nothing arrived', async () => {
    const desk = await openRankingDesk(world());
    await desk.gather();
    const { version } = await desk.state();
    desk.clock.ms += 5 * MINUTE_MS;

    await desk.look(1);

    expect((await desk.state()).version).toBe(version);
  });

  it('changes nothing when less can be read than before', async () => {
    const desk = await openRankingDesk(world());
    await desk.gather();
    const { version } = await desk.state();
    desk.aws.troubles = { 'eu-west-1': 'timed-out' };

    await desk.look(1);

    expect((await desk.state()).version).toBe(version);
  });

  it('still knows the onset when the alarms are gone', async () => {
    const desk = await openRankingDesk({ ...world(), records: [earlier, unrelated] });
    await desk.gather();
    Object.assign(desk.aws, { ...world(), alarms: [], transitions: [] });

    await desk.look(1);

    expect((await desk.state()).ranking?.onset?.earliestMs).toBe(minutes(0));
  });
});

describe('the later looks', () => {
  const work = { kind: 'gather', incidentId: 'RT-7K3F9', gatheringId: 'gathering-1' } as const;
  const looksDue = async (desk: RankingDesk) =>
    (await desk.claim()).flatMap((item) =>
      item.kind === 'gather' && item.look > 0 ? [item.look] : [],
    );

  it('are scheduled one after the other, each once, as long as something may still arrive', async () => {
    const desk = await openRankingDesk(world());
    await desk.gather();

    await scheduleNextLook(desk.deps, { ...work, look: 0 }, [0, 0]);
    await scheduleNextLook(desk.deps, { ...work, look: 0 }, [0, 0]);
    expect(await looksDue(desk)).toEqual([1]);
    await scheduleNextLook(desk.deps, { ...work, look: 1 }, [0, 0]);
    expect(await looksDue(desk)).toEqual([2]);
    await scheduleNextLook(desk.deps, { ...work, look: 2 }, [0, 0]);
    expect(await looksDue(desk)).toEqual([]);
  });

  it('are none where all has arrived', async () => {
    const desk = await openRankingDesk(world());
    desk.clock.ms += 20 * MINUTE_MS;
    await desk.gather();

    await scheduleNextLook(desk.deps, { ...work, look: 0 }, [0, 0]);

    expect(await looksDue(desk)).toEqual([]);
  });

  it('stop asking AWS when the incident is closed on the way', async () => {
    const desk = await openRankingDesk({ ...world(), records: [earlier, unrelated] });
    await desk.gather();
    const before = desk.callCount();
    const { activity } = desk.deps;
    const closing: typeof activity.readPages = async function* (request, signal) {
      await actOnIncident(desk.deps, {
        incidentId: 'RT-7K3F9',
        command: { type: 'close-incident', reason: 'A test.' },
        actor: { kind: 'person', userId: 'UANA' },
        dedupeId: 'close',
      });
      return yield* activity.readPages(request, signal);
    };

    await desk.look(1, { activity: { ...activity, readPages: closing } });

    expect(desk.callCount() - before).toBeLessThanOrEqual(2);
    expect((await desk.state()).ranking?.occasion).toBe('gathering');
  });
});

describe('what people attach', () => {
  it('has the causes ranked again, also what no lookup found', async () => {
    const desk = await openRankingDesk({ ...world(), records: [unrelated] });
    await desk.gather();
    await attach(desk);
    desk.clock.ms += 2_000;

    expect(await desk.claim()).toContainEqual({
      kind: 'rank',
      incidentId: 'RT-7K3F9',
      gatheringId: null,
      occasion: 'attached-evidence',
    });
    await desk.rankAgain('attached-evidence');

    const state = await desk.state();
    expect(leadsOf(state)[0]).toBe(culprit.eventId);
    expect(state.ranking?.occasion).toBe('attached-evidence');
  });

  it('waits for a gathering under way', async () => {
    const desk = await openRankingDesk(world());

    expect((await desk.rankAgain('attached-evidence')).kind).toBe('later');
    expect(desk.requests()).toEqual([]);
  });

  it('is not ranked in an incident that was closed', async () => {
    const desk = await openRankingDesk(world());
    await desk.gather();
    const ranked = desk.rankings().length;
    await actOnIncident(desk.deps, {
      incidentId: 'RT-7K3F9',
      command: { type: 'close-incident', reason: 'A test.' },
      actor: { kind: 'person', userId: 'UANA' },
      dedupeId: 'close',
    });

    expect(await desk.rankAgain('attached-evidence')).toEqual({ kind: 'done' });
    expect(desk.rankings()).toHaveLength(ranked);
  });
});

describe('what the person behind a change says', () => {
  it.each<[StatementVerdict, 1 | -1]>([
    ['mistake', 1],
    ['not-me', 1],
    ['planned', -1],
  ])('%s moves its likelihood', async (verdict, direction) => {
    const close = aChange('ModifyTargetGroup', 'elasticloadbalancing', [group], minutes(-3));
    const desk = await openRankingDesk({ ...world(), records: [culprit, close] });
    await desk.gather();
    const before = probabilityOf(await desk.state(), culprit.eventId);
    await say(desk, verdict);
    desk.clock.ms += 2_000;

    expect(
      (await desk.claim()).map((work) => (work.kind === 'rank' ? work.occasion : '')),
    ).toContain('statement');
    await desk.rankAgain('statement');
    await desk.rankAgain('statement');

    const last = desk.rankings().at(-1);
    const after = last?.causes.find(({ cause }) => cause.eventIds.includes(culprit.eventId));
    expect(Math.sign((after?.assessment.probability ?? 0) - before)).toBe(direction);
    expect(desk.rankings().filter(({ occasion }) => occasion === 'statement').length).toBeLessThan(
      2,
    );
  });
});

describe('a place that hangs', () => {
  it('keeps nobody from the ranking of what the others said', async () => {
    const desk = await openRankingDesk(world());
    const stop = new AbortController();
    const { activity } = desk.deps;
    const hanging: typeof activity.readPages = async function* (request, signal) {
      if (request.target.region === 'us-east-1') await whenAborted(signal);
      return yield* activity.readPages(request, signal);
    };
    const gathering = desk.gather({ activity: { ...activity, readPages: hanging } }, stop.signal);
    await expect.poll(async () => leadsOf(await desk.state())[0]).toBe(culprit.eventId);
    expect((await desk.state()).ranking?.isPartial).toBe(true);

    stop.abort(new Error('shutting down'));

    await expect(gathering).rejects.toThrow('shutting down');
    await desk.gather();
    expect((await desk.state()).ranking).toMatchObject({ isPartial: false });
  });
});
