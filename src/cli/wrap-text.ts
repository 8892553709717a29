const WIDTH = 100;

/** A line cut at blanks so that it fits a terminal; what goes on below begins under its text. */
export function wrapText(line: string, indent: string): string {
  const lines: string[] = [];
  const [start = ''] = /^ */.exec(line) ?? [];
  let current = start;
  for (const word of line.slice(start.length).split(' ')) {
    const longer = current.trim() === '' ? current + word : `${current} ${word}`;
    if (longer.length > WIDTH && current.trim() !== '') {
      lines.push(current);
      current = indent + word;
    } else current = longer;
  }
  return [...lines, current].join('\n');
}
