/** Text that somebody outside chose is cut to this; long values hide what follows them on a phone. */
export const UNTRUSTED_CODE_POINTS_MAX = 300;

/** More combining marks than any script needs on one letter spill over the lines above and below. */
const COMBINING_MARKS_MAX = 4;

const EXCESS_MARKS = new RegExp(`(\\p{M}{${COMBINING_MARKS_MAX}})\\p{M}+`, 'gu');

/** Invisible in any script: controls, bidi, joiners, tags, fillers, variation selectors. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** The same without line breaks, and without the joiners that scripts and emoji need. */
const STEERING =
  /(?!\n|\u200c|\u200d|\ufe0f)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Cuts at a code point; the last one becomes `…` when something was lost. */
export function cutText(text: string, codePointsMax: number): string {
  if (text.length <= codePointsMax) return text;
  const points = [...text.slice(0, codePointsMax * 2 + 2)];
  if (points.length <= codePointsMax) return text;
  return `${points.slice(0, Math.max(0, codePointsMax - 1)).join('')}…`;
}

/** One line, nothing hidden in it, 300 code points at most. For text from outside. */
export function cleanUntrusted(text: string, codePointsMax = UNTRUSTED_CODE_POINTS_MAX): string {
  const oneLine = shorten(text, codePointsMax).replaceAll(/\s+/g, ' ');
  return cutText(oneLine.replaceAll(INVISIBLE, escapeCharacter).trim(), codePointsMax);
}

/** Keeps line breaks, joiners and emoji. For text that people in the channel typed. */
export function cleanTyped(text: string, codePointsMax: number): string {
  const lines = shorten(text, codePointsMax)
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll('\t', ' ')
    .replaceAll(/\n{3,}/g, '\n\n');
  return cutText(lines.replaceAll(STEERING, escapeCharacter).trim(), codePointsMax);
}

/** Work is bounded before anything else: a megabyte of marks costs no more than a page of them. */
function shorten(text: string, codePointsMax: number): string {
  const generous = text.slice(0, codePointsMax * 8 + 64).toWellFormed();
  return generous.replaceAll(EXCESS_MARKS, '$1');
}

function escapeCharacter(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
