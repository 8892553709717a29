import { describe, expect, it } from 'vitest';
import { createCachedActivity } from '../../src/aws/cloudtrail/window-cache.ts';
import type { StatementVerdict } from '../../src/domain/incident/evidence.ts';
import { actOnIncident } from '../../src/flows/act-on-incident.ts';
import { scheduleDeeper } from '../../src/flows/rank-again.ts';
import { trailRecordsCodec } from '../../src/store/codec.ts';
import { aChange, MINUTE_MS, minutes } from '../domain/investigation/builders.ts';
import {
  attach,
  culprit,
  earlier,
  group,
  leadsOf,
  probabilityOf,
  say,
  unrelated,
  world,
} from './ranking-story.ts';
import { openRankingDesk } from './ranking-support.ts';

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

describe('what was read before', () => {
  it('costs no call again, once nothing can arrive any more', async () => {
    const desk = await openRankingDesk(world());
    const activity = createCachedActivity({
      activity: desk.deps.activity,
      store: desk.deps.store,
      records: trailRecordsCodec,
      scope: 'test',
      nowMs: desk.deps.clock.nowMs,
      log: desk.log,
    });
    const callsOf = async (read: () => Promise<unknown>) => {
      const before = desk.requests().length;
      await read();
      return desk.requests().length - before;
    };
    const rankNow = () => desk.rankAgain('attached-evidence', { activity });

    expect(await callsOf(() => desk.gather({ activity }))).toBeGreaterThan(5);
    desk.clock.ms += 30 * MINUTE_MS;
    await rankNow();

    expect(await callsOf(rankNow)).toBe(0);
    expect(leadsOf(await desk.state())[0]).toBe(culprit.eventId);
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
