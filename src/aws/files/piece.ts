/** The text of what should be one record, with where it begins; or why there is none. */
export type Piece =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly line: number;
    }
  | { readonly kind: 'trouble'; readonly reason: string; readonly line: number };

/** Cuts a file into records while it is read. It holds one record at most, whatever it is fed. */
export interface Splitter {
  push(text: string): readonly Piece[];
  /** What the end of the file completes. */
  end(): readonly Piece[];
}

export const TROUBLES = {
  tooLong: 'longer than any record',
  brokenOff: 'broken off',
  cutOff: 'the file ends in the middle of it',
  notAnObject: 'no JSON object',
} as const;
