import { describe, expect, it } from 'vitest';
import { createSharedReading } from '../../../src/aws/cloudtrail/shared-reading.ts';
import { AppError } from '../../../src/errors.ts';
import type { Asker } from '../../../src/ports.ts';
import { aRequest, readAll } from '../support.ts';
import { aWorld, everyMinute, readPages, TO_MS } from './cache-world.ts';

const person: Asker = { userId: 'U0ANA', urgency: 'waiting' };
const background: Asker = { userId: null, urgency: 'background' };

describe('the same question at the same time', () => {
  it('is read once for all who ask', async () => {
    const { inside, read } = await aWorld();
    const [one, other] = await Promise.all([read(), read()]);
    expect(inside.requests).toHaveLength(4);
    expect(other.end).toEqual(one.end);
  });

  it('goes on for the others when one of them stops waiting', async () => {
    const stop = new AbortController();
    const { activity, inside, read } = await aWorld({
      beforePage: async () => void (inside.requests.length === 1 && stop.abort()),
    });
    const [one, other] = await Promise.all([
      readAll(activity.readPages(aRequest(), stop.signal)),
      read(),
    ]);
    expect(one.end).toMatchObject({ outcome: 'timed-out', truncated: true });
    expect(other.end).toMatchObject({ outcome: 'found', recordCount: 20 });
    expect(inside.requests).toHaveLength(4);
  });

  it('ends the call to AWS when nobody waits any more', async () => {
    const stop = new AbortController();
    const signals: AbortSignal[] = [];
    const { activity } = await aWorld({
      beforePage: async (_request, signal) => {
        signals.push(signal);
        stop.abort();
      },
    });
    const { end } = await readAll(activity.readPages(aRequest(), stop.signal));
    expect(end.outcome).toBe('timed-out');
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it('begins nothing for one who has stopped waiting', async () => {
    let calls = 0;
    const shared = createSharedReading(
      async function* () {
        calls += 1;
        yield* [];
        throw new AppError('store-unavailable', 'The store has been closed.');
      },
      async () => undefined,
    );
    shared.join();
    await expect(shared.step(0, AbortSignal.abort('gone'))).rejects.toBe('gone');
    await shared.leave();
    expect(calls).toBe(0);
  });

  it('counts unreadable records only where they were asked about', async () => {
    const records = everyMinute(20).map((one, index) => ({ ...one, isUnreadable: index === 7 }));
    const { read } = await aWorld({ records });
    const fromMs = TO_MS - 6 * 60_000;
    const [all, few] = await Promise.all([read(), read({ fromMs })]);
    expect(all.end).toMatchObject({ recordCount: 19, skippedCount: 1 });
    expect(few.end).toMatchObject({ recordCount: 7, skippedCount: 0 });
  });

  it('is read on for whoever wants more than the one who began', async () => {
    const { read } = await aWorld();
    const [few, all] = await Promise.all([read({ recordsMax: 3 }), read()]);
    expect(few.end).toMatchObject({ recordCount: 3, truncated: true });
    expect(all.end).toMatchObject({ recordCount: 20, truncated: false });
  });

  it('does not follow one that begins much later, which nobody may want to read so far', async () => {
    const { activity, inside, read } = await aWorld();
    const toMs = TO_MS - 15 * 60_000;
    await Promise.all([readPages(activity, 1), read({ toMs })]);
    expect(inside.requests).toHaveLength(2);
  });

  it('never makes a person follow a reading that stands back for people', async () => {
    const { inside, read } = await aWorld();
    await Promise.all([read({ asker: background }), read({ asker: person })]);
    expect(inside.requests.map(({ asker }) => asker.urgency)).toContain('waiting');
  });

  it('lets the background follow a person', async () => {
    const { inside, read } = await aWorld();
    await Promise.all([read({ asker: person }), read({ asker: background })]);
    expect(inside.requests).toHaveLength(4);
  });

  it('fails for all when the limiter cannot be reached, and not for those who come later', async () => {
    let isDown = true;
    const { inside, read } = await aWorld({
      beforePage: async () => {
        if (isDown) throw new AppError('store-unavailable', 'The store is away.');
      },
    });
    const outcomes = await Promise.allSettled([read(), read()]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isDown = false;
    expect((await read()).end).toMatchObject({ outcome: 'found', recordCount: 20 });
    expect(inside.requests).toHaveLength(4);
  });
});
