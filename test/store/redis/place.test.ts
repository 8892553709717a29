import { describe, expect, it } from 'vitest';
import { type RedisPlace, readPlace } from '../../../src/store/redis/place.ts';

function placeOf(url: string): RedisPlace {
  const reading = readPlace(url);
  if (reading.kind === 'place') return reading.place;
  throw new Error(reading.problem);
}

describe('REDIS_URL', () => {
  it('names sentinels, the primary, the database and who logs in', () => {
    const url = 'rediss+sentinel://bot:p%40ss%2Cword@one:5000,two,[fd00::3]:26380/incidents/2';
    expect(placeOf(url)).toEqual({
      kind: 'sentinel',
      isTls: true,
      username: 'bot',
      password: 'p@ss,word',
      addresses: [
        { host: 'one', port: 5_000 },
        { host: 'two', port: 26_379 },
        { host: 'fd00::3', port: 26_380 },
      ],
      primaryName: 'incidents',
      database: 2,
    });
  });

  it('names some nodes of a Cluster', () => {
    expect(placeOf('redis+cluster://:secret@one,two:7000')).toEqual({
      kind: 'cluster',
      isTls: false,
      username: null,
      password: 'secret',
      addresses: [
        { host: 'one', port: 6_379 },
        { host: 'two', port: 7_000 },
      ],
    });
  });

  it.each([
    'redis://localhost',
    'rediss://bot:p%40ss@cache.example:6380/3?family=6',
  ])('names one server: %s', (url) => {
    expect(placeOf(url)).toEqual({ kind: 'server', url });
  });

  it.each([
    ['http://localhost', /must start with redis:\/\//],
    ['redis+proxy://localhost', /must start with redis:\/\//],
    ['redis://:hunter2@one:1,two:2', /several servers.*redis\+sentinel.*redis\+cluster/],
    ['redis://:hunter2/@one', /is not redis:\/\/USER.*%2F/],
    ['redis://one:hunter2', /is not redis:\/\/USER/],
    ['redis://one/hunter2', /is not redis:\/\/USER/],
    ['redis+sentinel://one:26379', /must end with NAME.*sentinel monitor/],
    ['redis+sentinel://one/na me', /must end with NAME/],
    ['redis+sentinel://one/name?password=hunter2', /leave options after a "\?" away/],
    ['redis+sentinel://:hunter2@one,two:high/name', /not HOST:PORT, number 2 of 2/],
    ['redis+sentinel://one,/name', /not HOST:PORT, number 2 of 2/],
    ['redis+cluster://one:0', /not HOST:PORT, number 1 of 1/],
    ['redis+cluster://one:65536', /not HOST:PORT, number 1 of 1/],
    ['redis+cluster://bot:%hunter2@one', /a % in user or password/],
    ['redis+cluster://:hunter2@one/1', /a Cluster has only one/],
    ['redis+cluster://', /is not redis\+cluster:\/\//],
  ])('is refused as %s, with what to do and without what may be secret', (url, words) => {
    const reading = readPlace(url);
    expect(reading).toMatchObject({ kind: 'problem', problem: expect.stringMatching(words) });
    expect(JSON.stringify(reading)).not.toContain('hunter2');
  });
});
