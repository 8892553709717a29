import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { actOnIncident } from '../../src/flows/act-on-incident.ts';
import type { Store } from '../../src/ports.ts';
import { ben, commands } from '../support/incident-builders.ts';
import { aFlowBench, aNoteInput, anOpenIncident, INCIDENT_ID } from './flow-support.ts';

/** The same store through another process: nothing in memory is shared but the store itself. */
function throughAnotherProcess(store: Store): Store {
  return { ...store };
}

describe('acting on an incident', () => {
  it('records thirty notes at once, each once and without a gap', async () => {
    const { deps, store } = await anOpenIncident();
    const texts = Array.from({ length: 30 }, (_, index) => `note ${index}`);
    const outcomes = await Promise.all(
      texts.map((text) => actOnIncident(deps, aNoteInput({}, text))),
    );
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(texts.map(() => 'done'));
    const events = await store.readEvents(INCIDENT_ID);
    expect(events.map((event) => event.version)).toEqual(events.map((_, index) => index + 1));
    expect((await store.readState(INCIDENT_ID))?.notes.map((note) => note.text)).toEqual(texts);
  });

  it('records what eight processes do at once, by deciding again after each lost race', async () => {
    const { deps, store } = await anOpenIncident();
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        actOnIncident(
          { ...deps, store: throughAnotherProcess(store) },
          aNoteInput({}, `note ${index}`),
        ),
      ),
    );
    expect(new Set(outcomes.map((outcome) => outcome.kind))).toEqual(new Set(['done']));
    expect((await store.readState(INCIDENT_ID))?.notes).toHaveLength(8);
  });

  it('tells the second of two people what the first has done, on the state after it', async () => {
    const { deps } = await anOpenIncident();
    const isolate = { ...aNoteInput({ command: commands.state }), dedupeId: 'state' };
    await actOnIncident(deps, isolate);
    const [first, second] = await Promise.all([
      actOnIncident(deps, aNoteInput({ command: commands.isolate, dedupeId: 'one' })),
      actOnIncident(deps, aNoteInput({ command: commands.isolate, dedupeId: 'two', actor: ben })),
    ]);
    expect(first.kind).toBe('done');
    expect(second).toMatchObject({
      kind: 'rejected',
      code: 'already-done',
      sentence: expect.stringContaining('<@UANA>'),
    });
  });

  it('answers the same input with the state it led to, and records it once', async () => {
    const { deps, store, wakes } = await anOpenIncident();
    const input = aNoteInput();
    await actOnIncident(deps, input);
    const wakesBefore = wakes();
    const again = await actOnIncident(deps, {
      ...input,
      command: { type: 'add-note', noteId: 'note-of-the-second-delivery', text: 'A note' },
    });
    expect(again).toMatchObject({ kind: 'duplicate', state: { version: 4 } });
    expect(await store.readEvents(INCIDENT_ID)).toHaveLength(4);
    expect(wakes()).toBe(wakesBefore);
  });

  it('schedules the rendering in the same step, and wakes the workers', async () => {
    const { deps, store, wakes } = await anOpenIncident();
    for (const item of await store.claimWork({ leaseMs: 1_000, limit: 10 })) {
      await store.completeWork(item);
    }
    await actOnIncident(deps, aNoteInput({ replyUrl: 'https://hooks.slack.com/x' }));
    expect(wakes()).toBe(2);
    const [item] = await store.claimWork({ leaseMs: 1_000, limit: 10 });
    expect(item?.work).toEqual({
      kind: 'render',
      incidentId: INCIDENT_ID,
      replyUrl: 'https://hooks.slack.com/x',
    });
  });

  it('says that there is no such incident', async () => {
    const { deps } = await aFlowBench();
    const outcome = await actOnIncident(deps, aNoteInput({ incidentId: 'RT-0000Z' }));
    expect(outcome).toMatchObject({ kind: 'rejected', code: 'incident-missing', state: null });
  });

  it('tries a write of unknown outcome once more under the same id, and finds that it was made', async () => {
    const { deps, store } = await anOpenIncident();
    const losing: Store = {
      ...store,
      append: async (request) => {
        const before = await store.readState(INCIDENT_ID);
        const outcome = await store.append(request);
        if (before?.version !== (await store.readState(INCIDENT_ID))?.version) {
          throw new AppError('store-unavailable', 'the answer was lost');
        }
        return outcome;
      },
    };
    const outcome = await actOnIncident({ ...deps, store: losing }, aNoteInput());
    expect(outcome).toMatchObject({ kind: 'duplicate', state: { version: 4 } });
    expect((await store.readState(INCIDENT_ID))?.notes).toHaveLength(1);
  });

  it('gives up on a store that does not answer after two tries, within the time of an acknowledgement', async () => {
    const { deps, store } = await anOpenIncident();
    let tries = 0;
    const away: Store = {
      ...store,
      append: async () => {
        tries += 1;
        throw new AppError('store-unavailable', 'away');
      },
    };
    await expect(actOnIncident({ ...deps, store: away }, aNoteInput())).rejects.toMatchObject({
      code: 'store-unavailable',
    });
    expect(tries).toBe(2);
  });

  it('gives up after eight lost races instead of turning for ever', async () => {
    const { deps, store } = await anOpenIncident();
    let tries = 0;
    const racing: Store = {
      ...store,
      append: async () => {
        tries += 1;
        return { kind: 'conflict', version: 99 };
      },
    };
    await expect(actOnIncident({ ...deps, store: racing }, aNoteInput())).rejects.toMatchObject({
      code: 'store-unavailable',
      message: expect.stringContaining('Try again'),
    });
    expect(tries).toBe(8);
  });

  it('lets nobody wait behind an input that failed', async () => {
    const { deps, store } = await anOpenIncident();
    let isAway = true;
    const flaky: Store = {
      ...store,
      readState: (incidentId) =>
        isAway
          ? Promise.reject(new AppError('store-unavailable', 'away'))
          : store.readState(incidentId),
    };
    const failing = actOnIncident({ ...deps, store: flaky }, aNoteInput());
    const waiting = actOnIncident({ ...deps, store: flaky }, aNoteInput({}, 'second'));
    await expect(failing).rejects.toThrow();
    isAway = false;
    await Promise.allSettled([waiting]);
    const outcome = await actOnIncident({ ...deps, store: flaky }, aNoteInput({}, 'third'));
    expect(outcome.kind).toBe('done');
  });
});
