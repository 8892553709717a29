/** What a command ends with; docs/errors.md says what each means. */
export const EXIT_CODES = {
  done: 0,
  /** The doctor found something that must be mended, or an error of our own ended the command. */
  failed: 1,
  /** A sentence on standard error says what is wrong and what to do. */
  refused: 2,
} as const;
