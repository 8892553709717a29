import { showHidden } from '../../domain/text/markdown-text.ts';
import { jsonText } from '../json-text.ts';
import { wrapText } from '../wrap-text.ts';
import type { CheckedRow, Verdict } from './check.ts';

const MARKS: Readonly<Record<Verdict, string>> = {
  ok: 'ok',
  warning: 'warning',
  failed: 'FAILED',
  'not-checked': 'not checked',
};
const MARK_WIDTH = 'not checked'.length;
const NAME_WIDTH = 26;

/** One line a row, with what to do about it below. */
export function doctorText(rows: readonly CheckedRow[]): string {
  const indent = ' '.repeat(MARK_WIDTH + 2);
  const lines: string[] = [];
  let area = '';
  for (const row of joinWellPlaces(rows)) {
    if (row.area !== area) lines.push('', row.area);
    area = row.area;
    const name = row.place === null ? row.name : `${row.place}: ${row.name}`;
    const start = `${MARKS[row.verdict].padEnd(MARK_WIDTH)}  ${name.padEnd(NAME_WIDTH)}`;
    const isLong = name.length > NAME_WIDTH;
    const told = isLong ? [start, indent + row.found] : [`${start}  ${row.found}`];
    lines.push(...told.map((line) => wrapText(showHidden(line.trimEnd()), indent)));
    if (row.advice !== null)
      lines.push(wrapText(showHidden(`${indent}→ ${row.advice}`), `${indent}  `));
  }
  return `${[...lines.slice(1), '', summaryOf(rows)].join('\n')}\n`;
}

export function doctorJson(rows: readonly CheckedRow[]): string {
  return jsonText({ isWell: isWell(rows), rows });
}

/** Warnings and what could not be checked keep nobody from working. */
export function isWell(rows: readonly CheckedRow[]): boolean {
  return rows.every(({ verdict }) => verdict !== 'failed');
}

/** Rows of one place that all say the same are one line: a reader looks for what differs. */
function joinWellPlaces(rows: readonly CheckedRow[]): readonly CheckedRow[] {
  const keyOf = ({ place, verdict, found, advice }: CheckedRow) =>
    JSON.stringify([place, verdict, found, advice]);
  const shown = new Set<string>();
  return rows.flatMap((row) => {
    const key = keyOf(row);
    const alike = row.place === null ? [row] : rows.filter((other) => keyOf(other) === key);
    if (alike.length === 1) return [row];
    if (shown.has(key)) return [];
    shown.add(key);
    const names = alike.map(({ name }) => name);
    const found =
      row.verdict === 'ok' ? 'all work' : `${row.found.replace(/\.$/, '')} (${names.join(', ')})`;
    return [{ ...row, name: `${alike.length} permissions`, found }];
  });
}

function summaryOf(rows: readonly CheckedRow[]): string {
  const count = (verdict: Verdict): number => rows.filter((row) => row.verdict === verdict).length;
  const parts = [
    `${count('ok')} ok`,
    ...(count('warning') > 0 ? [`${count('warning')} to look at`] : []),
    ...(count('failed') > 0 ? [`${count('failed')} FAILED`] : []),
    ...(count('not-checked') > 0 ? [`${count('not-checked')} not checked`] : []),
  ];
  return `${rows.length} checks: ${parts.join(', ')}.`;
}
