/** All of them in one text, for whoever starts the bot. */
export function report(problems: readonly string[]): string {
  const lines = problems.map((problem) => `  - ${problem}`);
  return [
    `The configuration has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:`,
    ...lines,
  ].join('\n');
}
