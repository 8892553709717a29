/** Before each line that Redthread has drafted and people have taken over as it was. */
const BOT_MARK = '🤖';

interface Stated {
  readonly symptoms: string;
  readonly affected: string;
  readonly recentChanges: string;
  /** Lines of these texts that are Redthread's, word for word. */
  readonly drafted: readonly string[];
}

export const DRAFTED_WORDS = `${BOT_MARK}: as Redthread drafted it`;

const lines = (text: string): readonly string[] => text.split(/\r?\n/).map((line) => line.trim());

/** Of these lines those that stand in the text as they are. */
export function standingLines(
  texts: readonly string[],
  drafted: readonly string[],
): readonly string[] {
  const standing = new Set(texts.flatMap(lines));
  return [...new Set(drafted)].filter((line) => standing.has(line));
}

/** The text with its drafted lines marked; a mark that somebody typed says nothing. */
export function markDrafted(text: string, { drafted }: Pick<Stated, 'drafted'>): string {
  if (drafted.length === 0) return text;
  return lines(text)
    .map((line) => (drafted.includes(line) ? `${BOT_MARK} ${line}` : withoutMark(line)))
    .join('\n');
}

/** What people wrote themselves. */
export function ownLines(text: string, { drafted }: Pick<Stated, 'drafted'>): string {
  return lines(text)
    .filter((line) => !drafted.includes(line))
    .join('\n');
}

/** The statement of the problem, ready to be told: whose line is whose. */
export function tellProblem<T extends Stated>(problem: T): T {
  return {
    ...problem,
    symptoms: markDrafted(problem.symptoms, problem),
    affected: markDrafted(problem.affected, problem),
    recentChanges: markDrafted(problem.recentChanges, problem),
  };
}

function withoutMark(line: string): string {
  return line.startsWith(BOT_MARK) ? line.slice(BOT_MARK.length).trimStart() : line;
}
