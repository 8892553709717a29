/** Chance that is the same on every run: the incident's files must not change by themselves. */
export interface SeededRandom {
  /** From 0 up to, not including, 1. */
  next(): number;
  integer(from: number, to: number): number;
  pick<T>(items: readonly [T, ...T[]]): T;
  hex(length: number): string;
  uuid(): string;
  /** An access key id that says it is none. */
  keyId(prefix: 'AKIA' | 'ASIA'): string;
  principalId(prefix: 'AROA' | 'AIDA'): string;
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** mulberry32: 32 bits of state are plenty for a few thousand draws. */
export function createSeededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  const text = (alphabet: string, length: number) =>
    Array.from({ length }, () => alphabet[integer(0, alphabet.length - 1)]).join('');
  const hex = (length: number) => text('0123456789abcdef', length);
  return {
    next,
    integer,
    pick: (items) => items[integer(0, items.length - 1)] ?? items[0],
    hex,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${text('89ab', 1)}${hex(3)}-${hex(12)}`,
    keyId: (prefix) => `${prefix}${text(BASE32, 9)}EXAMPLE`,
    principalId: (prefix) => `${prefix}${text(BASE32, 17)}`,
  };
}
