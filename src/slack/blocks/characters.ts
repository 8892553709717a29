import { cutText } from '../../domain/text/cut-text.ts';

/** Text that somebody outside chose is cut to this; long values hide what follows them on a phone. */
const UNTRUSTED_CHARACTERS_MAX = 300;

/** More combining marks than any script needs on one letter spill over the lines above and below. */
const COMBINING_MARKS_MAX = 4;

const EXCESS_MARKS = new RegExp(`(\\p{M}{${COMBINING_MARKS_MAX}})\\p{M}+`, 'gu');

/** Invisible in any script: controls, bidi, joiners, tags, fillers, variation selectors. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** The same without line breaks, and without the joiners that scripts and emoji need. */
const STEERING =
  /(?!\n|\u200c|\u200d|\ufe0f)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** One line, nothing hidden in it, 300 characters at most. For text from outside. */
export function cleanUntrusted(text: string, charactersMax = UNTRUSTED_CHARACTERS_MAX): string {
  const oneLine = shorten(text, charactersMax).replaceAll(/\s+/g, ' ');
  return cutText(oneLine.replaceAll(INVISIBLE, escapeCharacter).trim(), charactersMax);
}

/** Keeps line breaks, joiners and emoji. For text that people in the channel typed. */
export function cleanTyped(text: string, charactersMax: number): string {
  const lines = shorten(text, charactersMax)
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll('\t', ' ')
    .replaceAll(/\n{3,}/g, '\n\n');
  return cutText(lines.replaceAll(STEERING, escapeCharacter).trim(), charactersMax);
}

/** Work is bounded before anything else: a megabyte of marks costs no more than a page of them. */
function shorten(text: string, charactersMax: number): string {
  const generous = text.slice(0, charactersMax * 8 + 64).toWellFormed();
  return generous.replaceAll(EXCESS_MARKS, '$1');
}

function escapeCharacter(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
