import { describe, expect, it } from 'vitest';
import type { TrailRecord } from '../../src/domain/trail/record.ts';
import {
  follow,
  home,
  mint,
  OTHER,
  outsider,
  session,
  startedAtMs,
  used,
  user,
} from '../support/chain-builders.ts';

describe('a call from another account', () => {
  const foreign = used(null, {
    eventId: 'seen-here',
    sharedEventId: 'shared-1',
    principal: outsider(),
    sessionStartedAtMs: null,
  });
  const twin = used(null, {
    eventId: 'seen-there',
    accountId: OTHER,
    sharedEventId: 'shared-1',
    principal: user('noor', { accountId: OTHER }),
    sessionStartedAtMs: null,
  });
  const targets = [home, { accountId: OTHER, region: 'eu-west-1' }];

  it('is known by that account’s record of the same action', async () => {
    const another = { ...twin, eventId: 'seen-too', sharedEventId: 'shared-2' };

    const { chain, requests } = await follow(foreign, [another, twin], { targets });

    expect(chain.links.map(({ label, eventId, by }) => [label, eventId, by])).toEqual([
      [outsider().label, 'seen-here', null],
      ['noor', 'seen-there', 'shared-id'],
    ]);
    expect(requests[0]).toMatchObject({
      target: { accountId: OTHER, region: 'eu-west-1' },
      attribute: { key: 'EventName', value: 'StopInstances' },
    });
  });

  it('costs nothing where that account cannot be asked', async () => {
    const own = { accountId: null, region: 'eu-west-1' };

    const { chain, requests } = await follow(foreign, [twin], { targets: [own] });

    expect(chain.end).toBe('foreign');
    expect(requests).toEqual([]);
  });
});

describe('records that point in a circle', () => {
  const circle = (changes: Partial<TrailRecord>) => [
    mint('ASIAKEY00001', session('a', 'x'), { accessKeyId: 'ASIAKEY00002', ...changes }),
    mint('ASIAKEY00002', session('b', 'y'), { accessKeyId: 'ASIAKEY00001', ...changes }),
  ];

  it('end the chain without another lookup', async () => {
    const first = used('ASIAKEY00001', { sessionStartedAtMs: null });

    const { chain, requests } = await follow(first, circle({}));

    expect(chain).toMatchObject({ end: 'loop', links: [{}, {}, {}] });
    expect(requests).toHaveLength(2);
  });

  it('end it also where the time of a session leads back into it', async () => {
    const { chain } = await follow(
      used('ASIAKEY00001'),
      circle({ sessionStartedAtMs: startedAtMs }),
    );

    expect(chain.links).toHaveLength(3);
    expect(chain.sentence).not.toBeNull();
  });
});
