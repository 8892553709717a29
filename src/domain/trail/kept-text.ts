import { cutText } from '../text/cut-text.ts';
import { redactSecrets } from '../text/redact.ts';
import type { Untrusted } from '../untrusted.ts';
import { untrusted } from '../untrusted.ts';

const CHARACTERS_MAX = 300;

/** Text of a record as it may be kept: without secrets, cut, and marked as somebody else's. */
export function keptText(text: string, charactersMax = CHARACTERS_MAX): Untrusted {
  return untrusted(cutText(redactSecrets(text).toWellFormed(), charactersMax));
}

export function keptTextOrNull(
  text: string | null,
  charactersMax = CHARACTERS_MAX,
): Untrusted | null {
  return text === null ? null : keptText(text, charactersMax);
}
