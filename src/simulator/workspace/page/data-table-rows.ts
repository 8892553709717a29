import { type Loose, listOf, stringOf, textOf } from './loose.ts';

/** A row with its place in the app's own order, which is also its identity. */
export interface Row {
  readonly place: number;
  readonly cells: readonly PlacedCell[];
}

export interface PlacedCell {
  readonly column: number;
  readonly cell: Loose;
}

export interface Order {
  readonly column: number;
  readonly isAscending: boolean;
}

/** The header first; cells that are not objects become empty ones. */
export function rowsOf(block: Loose): readonly Row[] {
  const rows = Array.isArray(block.rows) ? block.rows : [];
  return rows.map((row: unknown, place) => ({
    place,
    cells: listOf(row).map((cell, column) => ({ column, cell })),
  }));
}

export function matchingRows(rows: readonly Row[], filter: string): readonly Row[] {
  const wanted = filter.toLowerCase();
  return rows.filter(({ cells }) =>
    cells.some(({ cell }) => cellText(cell).toLowerCase().includes(wanted)),
  );
}

/** Numbers by value, everything else by its text; rows that compare equal keep their order. */
export function sortedRows(rows: readonly Row[], order: Order | null): readonly Row[] {
  if (order === null) return rows;
  const cellOf = (row: Row) => row.cells[order.column]?.cell ?? {};
  const direction = order.isAscending ? 1 : -1;
  return rows.toSorted((a, b) => direction * compareCells(cellOf(a), cellOf(b)));
}

function compareCells(a: Loose, b: Loose): number {
  if (typeof a.value === 'number' && typeof b.value === 'number') return a.value - b.value;
  return cellText(a).localeCompare(cellText(b), 'en', { numeric: true });
}

/** The characters of a raw_text, raw_number or rich_text cell. */
export function cellText(cell: Loose): string {
  if (cell.type === 'rich_text') return richTextCharacters(cell);
  const text = textOf(cell);
  return text === '' && typeof cell.value === 'number' ? String(cell.value) : text;
}

function richTextCharacters(part: Loose): string {
  return stringOf(part.text) + listOf(part.elements).map(richTextCharacters).join('');
}
