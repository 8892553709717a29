import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alarmKey } from '../../src/domain/alarm/alarm-change.ts';
import { untrusted } from '../../src/domain/untrusted.ts';
import { separateAlarm } from '../../src/flows/separate-alarm.ts';
import { takeAlarm } from '../../src/flows/take-alarm.ts';
import type { Store } from '../../src/ports.ts';
import { anAlarmChange, anAllClear, FIRED_AT_MS } from '../support/alarm-builders.ts';
import { aBench, by, listed, opened } from './alarm-support.ts';

const MINUTE_MS = 60_000;
const togetherMs = 10 * MINUTE_MS;

const firing = (name: string, minute = 1) =>
  anAlarmChange({ name: untrusted(name), atMs: FIRED_AT_MS + minute * MINUTE_MS });
const allClear = (name: string) => anAllClear({ name: untrusted(name) });

/** One incident with `checkout-5xx`, which `cart` and `search` have joined. */
async function aStorm() {
  const bench = await aBench({ togetherMs });
  const incidentId = await opened(bench);
  await bench.take(firing('cart'));
  await bench.take(firing('search', 2));
  const state = async () => {
    const now = await bench.store.readState(incidentId);
    return now ?? expect.fail('There is no incident.');
  };
  const separate = async (name: string, dedupeId = name) =>
    separateAlarm(bench.deps, { incidentId, firing: firing(name), userId: 'UANA', dedupeId });
  return { ...bench, incidentId, state, separate };
}

describe('the alarms of one outage', () => {
  it('open one incident, however often each is reported', async () => {
    const { store, take, incidentId, state } = await aStorm();
    expect(await take(firing('cart'))).toEqual({ kind: 'known', incidentId });
    expect(await listed(store)).toHaveLength(1);
    expect((await state()).alarms.map((row) => [row.firing.name, row.hasJoined])).toEqual([
      ['checkout-5xx', false],
      ['cart', true],
      ['search', true],
    ]);
  });

  it('close it when all are over before anybody came, and not before', async () => {
    const { take, state } = await aStorm();
    await take(anAllClear());
    await take(allClear('search'));
    expect((await state()).status).toBe('open');
    await take(allClear('cart'));
    expect(await state()).toMatchObject({ status: 'closed', proposal: { verdict: 'lapsed' } });
  });

  it('ask no more after somebody said that it is no incident, each until it was OK', async () => {
    const { deps, take, incidentId } = await aStorm();
    await by(deps, incidentId, 'decline');
    const again = anAlarmChange({ ...firing('cart', 8), from: 'INSUFFICIENT_DATA' });
    expect(await take(again)).toEqual({ kind: 'known', incidentId });
  });

  it('stay apart where that is switched off, and where one is more urgent', async () => {
    const off = await aBench();
    await opened(off);
    expect((await off.take(firing('cart'))).kind).toBe('opened');
    const bench = await aBench({
      togetherMs,
      routeOf: ({ name }) => ({
        kind: 'open',
        channelId: 'C1',
        severity: name === 'cart' ? 'sev1' : 'sev2',
      }),
    });
    const first = await opened(bench);
    expect((await bench.take(firing('cart'))).kind).toBe('opened');
    expect(await bench.take(firing('search'))).toEqual({ kind: 'recorded', incidentId: first });
  });
});

describe('an alarm that people take out', () => {
  it('has an incident of its own, once, and does not come back', async () => {
    const { store, take, state, separate } = await aStorm();
    const outcome = await separate('cart');
    const intoId = outcome.kind === 'separated' ? outcome.intoId : '';
    expect(await separate('cart', 'again')).toMatchObject({
      kind: 'rejected',
      sentence: expect.stringContaining(`already given ${intoId}`),
    });
    expect(await store.readState(intoId)).toMatchObject({
      title: 'Alarm cart',
      channelId: 'C1',
      proposal: { verdict: null },
      alarms: [{ firing: { name: 'cart' }, hasJoined: false }],
    });
    expect((await state()).alarms.map((row) => row.firing.name)).toEqual([
      'checkout-5xx',
      'search',
    ]);
    expect(await take(allClear('cart'))).toEqual({ kind: 'recorded', incidentId: intoId });
    expect(await take(firing('cart', 9))).not.toMatchObject({ kind: 'recorded' });
    expect((await state()).alarms).toHaveLength(2);
  });

  it('is opened once when the first try ended in between', async () => {
    const { store, state, separate, deps } = await aStorm();
    const broken = {
      ...deps,
      store: {
        ...store,
        append: (request: Parameters<Store['append']>[0]) =>
          request.expectedVersion === 0
            ? store.append(request)
            : Promise.reject(new Error('killed here')),
      },
    };
    const { incidentId } = await state();
    const asked = { incidentId, firing: firing('cart'), userId: 'UANA', dedupeId: 'cart' };
    await expect(separateAlarm(broken, asked)).rejects.toThrow('killed here');
    expect((await separate('cart')).kind).toBe('separated');
    expect(await listed(store)).toHaveLength(2);
  });

  it('has to have joined, and to be in ALARM', async () => {
    const { take, separate } = await aStorm();
    expect(await separate('checkout-5xx')).toMatchObject({
      sentence: expect.stringContaining('is about this alarm'),
    });
    await take(allClear('search'));
    expect(await separate('search')).toMatchObject({
      sentence: expect.stringContaining('OK again'),
    });
    expect(await separate('unheard-of')).toMatchObject({ kind: 'rejected' });
  });
});

/** The same store as another process sees it: no queue in common, and every call takes its time. */
function asOtherProcess(store: Store, scheduler: fc.Scheduler): Store {
  const later = <T>(what: string, call: () => Promise<T>): Promise<T> =>
    scheduler.schedule(Promise.resolve(), what).then(call);
  return {
    ...store,
    append: (request) => later('append', () => store.append(request)),
    readState: (incidentId) => later('read', () => store.readState(incidentId)),
    listIncidents: (filter) => later('list', () => store.listIncidents(filter)),
  };
}

describe('a storm at several processes', () => {
  it('opens one incident that has each alarm once, in whatever order they arrive', async () => {
    const delivery = fc.tuple(
      fc.constantFrom('checkout', 'cart', 'search', 'login', 'orders'),
      fc.integer({ min: 0, max: 2 }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(delivery, { minLength: 2, maxLength: 9 }),
        async (scheduler, deliveries) => {
          const { deps, store } = await aBench({ togetherMs });
          const processes = [0, 1, 2].map(() => ({
            ...deps,
            store: asOtherProcess(store, scheduler),
          }));
          const all = Promise.all(
            deliveries.map(([name, index]) => takeAlarm(processes[index] ?? deps, firing(name))),
          );
          await scheduler.waitFor(all);
          const [one, ...more] = await listed(store);
          expect(more).toEqual([]);
          const names = new Set(deliveries.map(([name]) => alarmKey(firing(name))));
          expect(one?.alarmKeys.toSorted()).toEqual([...names].toSorted());
          await store.close();
        },
      ),
      { numRuns: 60 },
    );
  });

  it('opens one for each alarm where they stay apart', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { deps, store } = await aBench();
        const names = ['checkout', 'cart', 'search'];
        const all = Promise.all(
          [...names, ...names].map((name) =>
            takeAlarm({ ...deps, store: asOtherProcess(store, scheduler) }, firing(name)),
          ),
        );
        await scheduler.waitFor(all);
        expect(await listed(store)).toHaveLength(names.length);
        await store.close();
      }),
      { numRuns: 30 },
    );
  });
});
