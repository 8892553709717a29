import { describe, expect, it } from 'vitest';
import { actOnIncident } from '../../src/flows/act-on-incident.ts';
import type { Store } from '../../src/ports.ts';
import { aChange, anAlarm, minutes, wentOff } from '../domain/investigation/builders.ts';
import { attach, culprit, group, leadsOf, unrelated, world } from './ranking-story.ts';
import { openRankingDesk } from './ranking-support.ts';

const whenAborted = (signal: AbortSignal) =>
  new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

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

  it('weighs what CloudTrail Insights found, which no other lookup tells', async () => {
    const surge = aChange('DeregisterTargets', 'elasticloadbalancing', [group], minutes(-1), {
      category: 'insight',
      readOnly: true,
      insight: {
        state: 'start',
        measure: 'call-rate',
        errorCode: null,
        baselinePerMinute: 0.01,
        insightPerMinute: 40,
        durationMinutes: null,
        attributions: [],
      },
    });
    const desk = await openRankingDesk({ ...world(), records: [unrelated, surge] });

    await desk.gather();

    expect((await desk.state()).ranking?.causes).toContainEqual(
      expect.objectContaining({
        cause: expect.objectContaining({ observation: 'unusual-rate', eventIds: [surge.eventId] }),
      }),
    );
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
      { startedAtMs: minutes(0), title: 'orders returns 5xx', resources: [group] },
    );

    await desk.gather();

    const state = await desk.state();
    const card = state.evidence.find(({ kind }) => kind === 'changes');
    expect(card?.coverage.gaps).toContain('when it began (no alarm says; people say 10:00:00 UTC)');
    expect(state.ranking).toMatchObject({ onset: { earliestMs: minutes(0), alarms: [] } });
    expect(state.ranking?.basis.gaps[0]).toContain('what people said is taken for it');
    expect(leadsOf(state)[0]).toBe(culprit.eventId);
    expect(state.ranking?.causes[0]?.assessment.for.join()).toContain('which people named');
    expect(JSON.stringify(state.ranking?.causes)).not.toContain('the alarm');
  });

  it('ranks nothing where nobody and nothing tells when it began', async () => {
    const desk = await openRankingDesk({ ...world(), alarms: [], transitions: [] });

    await desk.gather();

    const { ranking } = await desk.state();
    expect(ranking).toMatchObject({ onset: null, causes: [], nothing: { probability: 1 } });
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
