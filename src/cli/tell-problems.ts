import type { FileProblem } from '../aws/files/read-files.ts';
import { showHidden } from '../domain/text/markdown-text.ts';

const PROBLEMS_TOLD_MAX = 10;

/** Tells what was skipped on standard error: the first few by place, the rest as a number. */
export function createProblemTeller() {
  let count = 0;
  return {
    onProblem: ({ file, line, reason }: FileProblem): void => {
      count += 1;
      if (count > PROBLEMS_TOLD_MAX) return;
      process.stderr.write(`redthread: skipped ${showHidden(file)}:${line}: ${reason}\n`);
    },
    finish: (): void => {
      const more = count - PROBLEMS_TOLD_MAX;
      if (more > 0) process.stderr.write(`redthread: and ${more} more skipped\n`);
    },
  };
}
