import { FILE_LIMITS } from './limits.ts';
import { type Piece, type Splitter, TROUBLES } from './piece.ts';

/** One record a line: a broken line spoils no other. Blank lines are none. */
export function createLineSplitter(): Splitter {
  let line = 1;
  let held = '';
  let isTooLong = false;

  function hold(text: string): void {
    isTooLong ||= held.length + text.length > FILE_LIMITS.recordCharactersMax;
    held = isTooLong ? '' : held + text;
  }

  function finish(): readonly Piece[] {
    const text = held.trim();
    const piece: Piece = isTooLong
      ? { kind: 'trouble', reason: TROUBLES.tooLong, line }
      : { kind: 'text', text, line };
    const isBlank = text === '' && !isTooLong;
    held = '';
    isTooLong = false;
    line += 1;
    return isBlank ? [] : [piece];
  }

  return {
    push: (text) => {
      const parts = text.split('\n');
      const last = parts.pop() ?? '';
      const pieces = parts.flatMap((part) => {
        hold(part);
        return finish();
      });
      hold(last);
      return pieces;
    },
    end: finish,
  };
}
