import { describe, expect, it } from 'vitest';
import { untrusted } from '../../src/domain/untrusted.ts';
import { mergeIncident } from '../../src/flows/merge-incident.ts';
import type { Store } from '../../src/ports.ts';
import { anAlarmChange, anAllClear } from '../support/alarm-builders.ts';
import { aBench, by, opened } from './alarm-support.ts';

describe('merging', () => {
  it('makes the alarm part of the other incident, once, and closes its own', async () => {
    const bench = await aBench();
    const first = await opened(bench);
    const other = anAlarmChange({ name: untrusted('checkout-latency') });
    const second = await bench.take(other);
    const incidentId = second.kind === 'opened' ? second.incidentId : '';
    const merge = { incidentId, intoId: first, userId: 'UANA', dedupeId: 'merge' };
    expect(await mergeIncident(bench.deps, merge)).toEqual({ kind: 'merged' });
    const target = await bench.store.readState(first);
    expect(target?.alarmNames).toEqual(['checkout-5xx', 'checkout-latency']);
    expect(target?.gatherings).toHaveLength(2);
    expect(await bench.store.readState(incidentId)).toMatchObject({
      status: 'closed',
      proposal: { verdict: 'merged', mergedInto: first },
    });
    expect(await bench.take(other)).toEqual({ kind: 'known', incidentId: first });
    const clear = anAllClear({ name: other.name });
    expect(await bench.take(clear)).toEqual({ kind: 'recorded', incidentId: first });
    const again = await mergeIncident(bench.deps, { ...merge, dedupeId: 'merge 2' });
    expect(again).toMatchObject({ kind: 'rejected' });
  });

  it('goes on where a crash interrupted it', async () => {
    const bench = await aBench();
    const intoId = await opened(bench);
    const second = await bench.take(anAlarmChange({ name: untrusted('checkout-latency') }));
    const incidentId = second.kind === 'opened' ? second.incidentId : '';
    const merge = { incidentId, intoId, userId: 'UANA', dedupeId: 'merge' };
    let appends = 0;
    const store: Store = {
      ...bench.store,
      append: async (request) => {
        appends += 1;
        if (appends > 1) throw new Error('killed');
        return bench.store.append(request);
      },
    };
    await expect(mergeIncident({ ...bench.deps, store }, merge)).rejects.toThrow('killed');
    expect((await bench.store.readState(incidentId))?.status).toBe('open');
    expect(await mergeIncident(bench.deps, merge)).toEqual({ kind: 'merged' });
    const events = await bench.store.readEvents(intoId);
    expect(events.filter(({ event }) => event.type === 'alarm-changed')).toHaveLength(2);
  });

  it('changes nothing in the other incident when somebody has accepted this one', async () => {
    const bench = await aBench();
    const intoId = await opened(bench);
    const second = await bench.take(anAlarmChange({ name: untrusted('checkout-latency') }));
    const incidentId = second.kind === 'opened' ? second.incidentId : '';
    await by(bench.deps, incidentId, 'accept');
    const merge = { incidentId, intoId, userId: 'UBEN', dedupeId: 'merge' };
    expect(await mergeIncident(bench.deps, merge)).toMatchObject({
      kind: 'rejected',
      sentence: expect.stringContaining('already accepted by <@UANA>'),
    });
    expect((await bench.store.readState(intoId))?.alarms).toHaveLength(1);
  });

  it('is refused into what is closed, unknown or itself', async () => {
    const bench = await aBench();
    const incidentId = await opened(bench);
    const second = await bench.take(anAlarmChange({ name: untrusted('checkout-latency') }));
    const closed = second.kind === 'opened' ? second.incidentId : '';
    await by(bench.deps, closed, 'decline');
    const sentences = await Promise.all(
      [closed, 'RT-NONE', incidentId].map(async (intoId) => {
        const merge = { incidentId, intoId, userId: 'UANA', dedupeId: intoId };
        const outcome = await mergeIncident(bench.deps, merge);
        return outcome.kind === 'rejected' ? outcome.sentence : outcome.kind;
      }),
    );
    expect(sentences).toEqual([
      `${closed} is closed by now. Choose another one, or accept this one.`,
      'I do not know the incident to merge into. Choose another one.',
      'An incident cannot become part of itself. Choose another one.',
    ]);
  });
});
