/** A limit that is reached ends the reading with a sentence: half an answer would look like a whole. */
export const FILE_LIMITS = {
  /** A trail's bucket is nine folders deep. */
  foldersDeepMax: 24,
  filesMax: 200_000,
  /** Of text, unpacked, of all files together. */
  bytesMax: 64 * 1024 ** 3,
  recordsMax: 50_000_000,
  /** What is wanted stays in memory, about half a kilobyte each. */
  recordsKeptMax: 500_000,
  /** A record is 256 KB at most; inside LookupEvents output it is escaped, which may double it. */
  recordCharactersMax: 600_000,
} as const;
