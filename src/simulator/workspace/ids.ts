import { randomBytes, randomInt, randomUUID } from 'node:crypto';

const ID_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const WORD_ALPHABET = `${ID_ALPHABET}abcdefghijklmnopqrstuvwxyz`;

export interface Ids {
  /** A message timestamp, later than every one given out before. */
  nextTs(): string;
  /** A message timestamp for a moment in the past, for seeds. */
  tsAt(atMs: number): string;
  /** `C0A1B2C3D4E`: a prefix and ten characters. */
  id(prefix: string): string;
  word(length: number): string;
  /** `digits.digits.hex`, as Slack's trigger ids look. */
  trigger(): string;
  uuid(): string;
}

function pick(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
}

function asTs(micros: number): string {
  return `${Math.floor(micros / 1_000_000)}.${String(micros % 1_000_000).padStart(6, '0')}`;
}

export function createIds(): Ids {
  let lastMicros = 0;
  let seeded = 0;
  return {
    nextTs() {
      lastMicros = Math.max(lastMicros + 1, Date.now() * 1_000 + randomInt(1_000));
      return asTs(lastMicros);
    },
    tsAt(atMs) {
      seeded += 1;
      return asTs(Math.floor(atMs) * 1_000 + (seeded % 1_000));
    },
    id: (prefix) => `${prefix}0${pick(ID_ALPHABET, 9)}`,
    word: (length) => pick(WORD_ALPHABET, length),
    trigger: () =>
      `${pick('123456789', 13)}.${pick('123456789', 13)}.${randomBytes(16).toString('hex')}`,
    uuid: () => randomUUID(),
  };
}
