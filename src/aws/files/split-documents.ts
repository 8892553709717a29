import { FILE_LIMITS } from './limits.ts';
import { type Piece, type Splitter, TROUBLES } from './piece.ts';

/** What stands right before the list of a trail's object and of LookupEvents output. */
const LIST_KEY = /"(?:Records|Events)"\s*:\s*$/;
const LIST_KEY_CHARACTERS_MAX = 100;
const NOWHERE = -1;

const CODE = {
  newline: 10,
  space: 32,
  quote: 34,
  comma: 44,
  openList: 91,
  backslash: 92,
  closeList: 93,
  openObject: 123,
  closeObject: 125,
} as const;

/** Where the scanner is; private to this file, so it may change. */
interface Scan {
  line: number;
  /** How many objects and lists are open. */
  depth: number;
  /** At which depth records are: 0 in a file of records, 1 in a list, 2 in the list of an object. */
  recordsAt: number;
  isInString: boolean;
  isEscaped: boolean;
  isLineStart: boolean;
  /** Text of the record so far from earlier pushes; null outside of records. */
  held: string | null;
  /** Where the record, or its rest, begins in the text being scanned. */
  from: number;
  heldLine: number;
  isTooLong: boolean;
  isInJunk: boolean;
  readonly pieces: Piece[];
}

/**
 * JSON as it is printed: `{"Records":[…]}`, `{"Events":[…]}`, a list, or records one after the
 * other. Only brackets and quotes are followed, so that records come out while the rest is still
 * to be read; whether they are JSON is for `JSON.parse` to say.
 */
export function createDocumentSplitter(): Splitter {
  const scan: Scan = {
    line: 1,
    depth: 0,
    recordsAt: 0,
    isInString: false,
    isEscaped: false,
    isLineStart: true,
    held: null,
    from: 0,
    heldLine: 1,
    isTooLong: false,
    isInJunk: false,
    pieces: [],
  };
  return {
    push: (text) => {
      scan.from = 0;
      for (let at = 0; at < text.length; at += 1) readCharacter(scan, text, at);
      hold(scan, text, text.length);
      return scan.pieces.splice(0);
    },
    end: () => {
      const isCutOff = scan.depth > 0;
      const line = scan.held === null ? scan.line : scan.heldLine;
      return isCutOff ? [{ kind: 'trouble', reason: TROUBLES.cutOff, line }] : [];
    },
  };
}

function readCharacter(scan: Scan, text: string, at: number): void {
  const code = text.charCodeAt(at);
  const isLineStart = scan.isLineStart;
  scan.isLineStart = code === CODE.newline;
  if (code === CODE.newline) {
    scan.line += 1;
    // No JSON text goes over a line's end: what is broken there is broken no further.
    scan.isInString = false;
    scan.isEscaped = false;
    scan.isInJunk = false;
  } else if (scan.isInString) {
    readStringCharacter(scan, code);
  } else {
    if (isLineStart && code === CODE.openObject) breakOff(scan);
    readStructure(scan, code, text, at);
  }
}

/** Records printed over several lines are indented: an object at a line's start is a new one. */
function breakOff(scan: Scan): void {
  if (scan.held === null || scan.recordsAt !== 0) return;
  scan.pieces.push({ kind: 'trouble', reason: TROUBLES.brokenOff, line: scan.heldLine });
  forget(scan);
  scan.depth = 0;
}

function readStringCharacter(scan: Scan, code: number): void {
  if (scan.isEscaped) scan.isEscaped = false;
  else if (code === CODE.backslash) scan.isEscaped = true;
  else if (code === CODE.quote) scan.isInString = false;
}

function readStructure(scan: Scan, code: number, text: string, at: number): void {
  if (code === CODE.openObject) openObject(scan, at);
  else if (code === CODE.openList) openList(scan, text, at);
  else if (code === CODE.closeObject || code === CODE.closeList) close(scan, text, at);
  else if (code === CODE.comma) scan.isInJunk = false;
  else if (code > CODE.space) {
    scan.isInString = code === CODE.quote;
    noteJunk(scan);
  }
}

function openObject(scan: Scan, at: number): void {
  if (scan.depth === scan.recordsAt) {
    scan.held = '';
    scan.from = at;
    scan.heldLine = scan.line;
    scan.isInJunk = false;
  }
  scan.depth += 1;
}

function openList(scan: Scan, text: string, at: number): void {
  const { depth, recordsAt, held } = scan;
  if (depth === 0) scan.recordsAt = 1;
  else noteJunk(scan);
  scan.depth += 1;
  if (depth === 1 && recordsAt === 0 && held !== null) {
    const before = held.slice(-LIST_KEY_CHARACTERS_MAX) + text.slice(scan.from, at);
    if (!LIST_KEY.test(before.slice(-LIST_KEY_CHARACTERS_MAX))) return;
    scan.recordsAt = 2;
    forget(scan);
  }
}

function close(scan: Scan, text: string, at: number): void {
  if (scan.depth === 0) {
    noteJunk(scan);
    return;
  }
  scan.depth -= 1;
  if (scan.held !== null && scan.depth === scan.recordsAt) {
    hold(scan, text, at + 1);
    const { held, heldLine: line, isTooLong } = scan;
    scan.pieces.push(
      isTooLong
        ? { kind: 'trouble', reason: TROUBLES.tooLong, line }
        : { kind: 'text', text: held, line },
    );
    forget(scan);
  }
  if (scan.depth === 0) scan.recordsAt = 0;
  else if (scan.depth < scan.recordsAt) scan.recordsAt = NOWHERE;
}

/** Keeps what of the record has been scanned; of what is too long, nothing. */
function hold(scan: Scan, text: string, end: number): void {
  if (scan.held === null) return;
  scan.isTooLong ||= scan.held.length + end - scan.from > FILE_LIMITS.recordCharactersMax;
  scan.held = scan.isTooLong ? '' : scan.held + text.slice(scan.from, end);
}

function forget(scan: Scan): void {
  scan.held = null;
  scan.isTooLong = false;
}

/** Something else where a record should be: told once for each. */
function noteJunk(scan: Scan): void {
  if (scan.depth !== scan.recordsAt || scan.isInJunk) return;
  scan.isInJunk = true;
  scan.pieces.push({ kind: 'trouble', reason: TROUBLES.notAnObject, line: scan.line });
}
