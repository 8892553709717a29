import { cutAtWord, cutText } from './cut-text.ts';

const INLINE_CHARACTERS_MAX = 500;
const QUOTE_CHARACTERS_MAX = 3_000;
const QUOTE_LINES_MAX = 80;

/** Control, direction, zero-width, private and blank-looking characters; not newline and tab. */
const HIDDEN = /[^\P{C}\n\t]|\u034F|[\p{Zl}\p{Zp}\u115F\u1160\u17B4\u17B5\u2800\u3164\uFFA0]/gu;
/** Runs that a renderer may turn into a link or a mention by itself stand inside this alphabet. */
const ADDRESS_RUN = /[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+/g;
const ADDRESS_SIGN = /:\/\/|www\.|@/i;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Shows what cannot be seen: U+202E becomes `\u{202e}`. */
export function showHidden(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(HIDDEN, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`);
}

function escapePlain(text: string): string {
  return text
    .replace(/[\\`*_[\]|~$#^{}]/g, (character) => `\\${character}`)
    .replace(/[&<>]/g, (character) => ENTITIES[character] ?? '');
}

/** What would begin a list or an underline of a heading at the start of a line. */
function escapeLineStart(escaped: string): string {
  return escaped.replace(/^([-+=:])/, '\\$1').replace(/^(\d{1,9})([.)])/, '$1\\$2');
}

/** One line, hidden characters already shown. Addresses stay readable, in code, so nothing links them. */
function escapeLine(line: string): string {
  const parts: string[] = [];
  let end = 0;
  for (const { 0: run, index } of line.matchAll(ADDRESS_RUN)) {
    if (!ADDRESS_SIGN.test(run)) continue;
    parts.push(escapePlain(line.slice(end, index)), `\`${run}\``);
    end = index + run.length;
  }
  parts.push(escapePlain(line.slice(end)));
  return escapeLineStart(parts.join(''));
}

/**
 * The one way for text that is not ours into Markdown: on one line, with no HTML, link, image,
 * mention, heading, list, table cell or invisible character coming out of it.
 */
export function markdownInline(text: string, charactersMax = INLINE_CHARACTERS_MAX): string {
  const cut = cutAtWord(text.trim(), charactersMax);
  return escapeLine(showHidden(cut).replace(/\s+/gu, ' '));
}

/** The same for text of several lines: a block quote that keeps the lines and their indentation. */
export function markdownQuote(text: string): string {
  const lines = showHidden(cutText(text.trim(), QUOTE_CHARACTERS_MAX)).split('\n');
  const shown = lines.slice(0, QUOTE_LINES_MAX).map(quoteLine);
  const left = lines.length - shown.length;
  return [...shown, ...(left > 0 ? [`> … and ${left} more lines`] : [])].join('\n');
}

function quoteLine(line: string, index: number, lines: readonly string[]): string {
  const written = line.trimEnd();
  if (written === '') return '>';
  const body = written.trimStart();
  // Four plain spaces would begin a code block; no-break spaces only look like them.
  const indent = '\u00A0'.repeat(Math.min(written.length - body.length, 40));
  const isFollowed = index < lines.length - 1 && lines[index + 1]?.trim() !== '';
  return `> ${indent}${escapeLine(body)}${isFollowed ? '  ' : ''}`;
}

/** https anywhere; http only to this machine, where the demo's workspace is. */
const PLAIN_URL =
  /^(?:https:\/\/[A-Za-z0-9.-]+|http:\/\/(?:127\.0\.0\.1|localhost)(?::\d{1,5})?)(?:[/?#][^\s<>()[\]\\`|"']*)?$/;

/** A link with our own label; just the label when the address is not a plain one. */
export function markdownLink(label: string, url: string | null): string {
  return url !== null && PLAIN_URL.test(url) ? `[${label}](${url})` : label;
}
