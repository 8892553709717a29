import { describe, expect, it } from 'vitest';
import { actOnIncident } from '../../src/flows/act-on-incident.ts';
import { scheduleNextLook } from '../../src/flows/second-look-evidence.ts';
import { writeDocument } from '../../src/flows/write-document.ts';
import type { People } from '../../src/ports.ts';
import { aChange, MINUTE_MS, minutes, wentOff } from '../domain/investigation/builders.ts';
import { alarm, culprit, earlier, group, leadsOf, unrelated, world } from './ranking-story.ts';
import { openRankingDesk, type RankingDesk } from './ranking-support.ts';

const NAMELESS: People = {
  describe: async (userId) => ({ userId, name: userId, timeZone: 'UTC' }),
};

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

  it('reaches people who have gone on to a solution as well', async () => {
    const desk = await openRankingDesk({ ...world(), records: [earlier, unrelated] });
    await desk.gather();
    await desk.act({ type: 'move-to-step', step: 'solve', reason: 'We know it.' });
    desk.aws.records = world().records;
    desk.clock.ms += 5 * MINUTE_MS;

    await desk.look(1);

    const state = await desk.state();
    expect([leadsOf(state)[0], state.notes.length]).toEqual([culprit.eventId, 1]);
  });

  it('leaves the ranking to a newer gathering, which has seen more', async () => {
    const desk = await openRankingDesk({ ...world(), records: [earlier, unrelated] });
    await desk.gather();
    const window = { fromMs: minutes(-60), toMs: minutes(11) };
    await desk.act({ type: 'request-gathering', gatheringId: 'gathering-2', ...window });
    const { ranking } = await desk.state();
    desk.aws.records = world().records;
    desk.clock.ms += 5 * MINUTE_MS;

    await desk.look(1);

    const state = await desk.state();
    expect(state.ranking).toEqual(ranking);
    expect(JSON.stringify(state.evidence)).toContain(culprit.eventId);
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

  it('that finds nothing says so in the coverage, until when it covers, and nothing else', async () => {
    const desk = await openRankingDesk(world());
    await desk.gather();
    const before = await desk.state();
    const document = async () => {
      const written = await writeDocument({ ...desk.deps, people: NAMELESS }, before.incidentId);
      return written?.markdown ?? '';
    };
    expect(await document()).toContain('Not delivered yet, perhaps: events after 2026');

    desk.clock.ms += 5 * MINUTE_MS;
    await desk.look(1);
    await desk.look(1);
    expect(await document()).toMatch(
      /Looked at again: .*; nothing more had arrived, covered until .*\n- Not delivered yet, perhaps/,
    );

    desk.clock.ms += 10 * MINUTE_MS;
    await desk.look(2);
    expect(await document()).not.toContain('Not delivered yet');
    expect(await document()).toContain('nothing more had arrived, covered until 2026');
    const after = await desk.state();
    expect(after.version).toBe(before.version + 2);
    expect({ ...after.evidence[1], coverage: null }).toEqual({
      ...before.evidence[1],
      coverage: null,
    });
    expect([after.notes, after.ranking]).toEqual([[], before.ranking]);
  });

  it('says nothing of the kind where not all had been read', async () => {
    const records = Array.from({ length: 1_500 }, (_, index) =>
      aChange('UpdateService', 'ecs', [`service-${index % 90}`], minutes(-3) - index * 2_000),
    );
    const desk = await openRankingDesk({ ...world(), records });
    await desk.gather();
    desk.clock.ms += 15 * MINUTE_MS;
    await desk.look(2);
    expect(JSON.stringify((await desk.state()).evidence)).not.toContain('lookedAgainAtMs');
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

describe('a search that begins anew', () => {
  it('ranks what happened since the incident was closed', async () => {
    const desk = await openRankingDesk(world());
    await desk.gather();
    await desk.act({ type: 'close-incident', reason: 'It works again.' });
    const second = aChange('ModifyTargetGroup', 'elasticloadbalancing', [group], minutes(238));
    desk.aws.records = [second, ...world().records];
    desk.aws.transitions = [...world().transitions, wentOff(alarm, minutes(244))];
    desk.clock.ms = minutes(250);

    await desk.act({ type: 'reopen-incident', reason: 'It fires again.' });
    await desk.gatherLast();

    expect(leadsOf(await desk.state())[0]).toBe(second.eventId);
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
