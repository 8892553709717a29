import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createIds } from '../../src/observe/ids.ts';

const ids = createIds();

it('makes incident ids of five letters and digits that cannot be mistaken when read out', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(), (seed, salt) => {
      expect(ids.incidentId(seed, salt)).toMatch(/^RT-[0-9ABCDEFGHJKMNPQRSTVWXYZ]{5}$/);
    }),
  );
});

it('gives a repeated opening the same incident id, and another with the next salt', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(100), (seed, salt) => {
      const id = ids.incidentId(seed, salt);
      expect(createIds().incidentId(seed, salt)).toBe(id);
      expect(Array.from({ length: 8 }, (_, at) => ids.incidentId(seed, salt + 1 + at))).not.toEqual(
        Array.from({ length: 8 }, () => id),
      );
    }),
  );
});

it('never makes the same id twice, and only ones that keys and file names can carry', () => {
  const made = Array.from({ length: 20_000 }, () => ids.next('work'));

  expect(new Set(made).size).toBe(made.length);
  expect(made.filter((id) => !/^work-[0-9a-hjkmnp-tv-z]{9}$/.test(id))).toEqual([]);
});
