import { hasVisibleText } from '../text/cut-text.ts';
import { utcClock, utcDay, utcWords } from '../text/time-words.ts';
import { type Rejection, reject } from './decision.ts';
import { LIMITS } from './limits.ts';

/** When a plan is to go in; `toMs` null: open-ended. */
export interface PlanWindow {
  readonly fromMs: number;
  readonly toMs: number | null;
}

export interface PlanScope {
  readonly resources: readonly string[];
  readonly window: PlanWindow | null;
}

const QUOTES = /^["'`“”‘’]+|["'`“”‘’]+$/gu;
const NAME_MARK = /[\d/:_.-]/;

/**
 * The names in what was typed: one a line, or with commas or semicolons between them. Words side by
 * side are names of their own only where each looks like an id, because names may have spaces.
 */
export function namesIn(text: string): readonly string[] {
  const names = text
    .split(/[\n,;]+/u)
    .map((piece) => piece.trim())
    .flatMap((piece) => {
      const words = piece.split(/\s+/u);
      return words.every((word) => NAME_MARK.test(word)) ? words : [piece];
    })
    .map((name) => name.replace(QUOTES, '').trim());
  return [...new Set(names.filter(hasVisibleText))];
}

export function rejectScope({ resources, window }: PlanScope): Rejection | null {
  if (resources.length > LIMITS.planResourcesMax) {
    return reject(
      'too-many',
      `A plan names at most ${LIMITS.planResourcesMax} resources, and these are ${resources.length}. Name what matters most, and the rest in the text.`,
    );
  }
  if (resources.some((name) => name.length > LIMITS.shortTextCharactersMax)) {
    return reject(
      'text-too-long',
      `The name of a resource is at most ${LIMITS.shortTextCharactersMax} characters long. Put commas between names.`,
    );
  }
  if (window === null || window.toMs === null || window.toMs > window.fromMs) return null;
  return reject(
    'not-allowed',
    'The window ends before it begins. Choose an end after the beginning.',
  );
}

/** "2026-03-08 10:42:05 UTC to 11:00:00" */
export function windowWords({ fromMs, toMs }: PlanWindow): string {
  if (toMs === null) return `from ${utcWords(fromMs)} on`;
  const isOneDay = utcDay(fromMs) === utcDay(toMs);
  return `${utcWords(fromMs)} to ${isOneDay ? utcClock(toMs) : utcWords(toMs)}`;
}
