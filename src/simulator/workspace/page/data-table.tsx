import { type ReactNode, useState } from 'react';
import { LibraryBlock } from './library-block.tsx';
import { type Loose, listOf, numberOf, stringOf, textOf } from './loose.ts';

interface Order {
  readonly column: number;
  readonly isAscending: boolean;
}

const pageSizeDefault = 5;

/** Slack's sortable table: the first row is the header, a filter searches all cells. */
export function DataTable(props: { block: Loose }): ReactNode {
  const { block } = props;
  const [order, setOrder] = useState<Order | null>(null);
  const [filter, setFilter] = useState('');
  const [page, setPage] = useState(0);
  const [header = [], ...body] = Array.isArray(block.rows) ? block.rows.map(listOf) : [];
  const rows = sorted(
    body.filter((row) => matches(row, filter)),
    order,
  );
  const pageSize = numberOf(block.page_size, pageSizeDefault);
  const pages = Math.max(1, Math.ceil(rows.length / pageSize));
  const current = Math.min(page, pages - 1);
  const shown = rows.slice(current * pageSize, (current + 1) * pageSize);
  const sortBy = (column: number) =>
    setOrder({ column, isAscending: order?.column !== column || !order.isAscending });
  return (
    <div className="data-table">
      <div className="data-table-frame">
        <table>
          <caption>{stringOf(block.caption)}</caption>
          <TableHead header={header} order={order} sortBy={sortBy} />
          <TableBody rows={shown} headerColumn={numberOf(block.row_header_column_index, 0)} />
        </table>
      </div>
      <div className="data-table-foot">
        <input
          className="field small"
          aria-label="Filter rows"
          placeholder="Filter"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
        <span>
          {rows.length} {rows.length === 1 ? 'row' : 'rows'}
        </span>
        {pages > 1 && <Pager current={current} pages={pages} go={setPage} />}
      </div>
    </div>
  );
}

function TableHead(props: {
  header: readonly Loose[];
  order: Order | null;
  sortBy: (column: number) => void;
}): ReactNode {
  return (
    <thead>
      <tr>
        {props.header.map((cell, column) => (
          <th key={`${column}-${textOf(cell)}`} scope="col" aria-sort={sortOf(props.order, column)}>
            <button type="button" onClick={() => props.sortBy(column)}>
              {textOf(cell)} <span aria-hidden="true">{arrowOf(props.order, column)}</span>
            </button>
          </th>
        ))}
      </tr>
    </thead>
  );
}

function TableBody(props: {
  rows: readonly (readonly Loose[])[];
  headerColumn: number;
}): ReactNode {
  return (
    <tbody>
      {props.rows.map((row) => (
        <tr key={JSON.stringify(row)}>
          {row.map((cell, column) => (
            <Cell
              key={`${column}-${cellText(cell)}`}
              cell={cell}
              isHeader={column === props.headerColumn}
            />
          ))}
        </tr>
      ))}
    </tbody>
  );
}

function Cell(props: { cell: Loose; isHeader: boolean }): ReactNode {
  const { cell } = props;
  const content = cell.type === 'rich_text' ? <LibraryBlock block={cell} /> : cellText(cell);
  const className = cell.type === 'raw_number' ? 'number' : undefined;
  return props.isHeader ? (
    <th scope="row" className={className}>
      {content}
    </th>
  ) : (
    <td className={className}>{content}</td>
  );
}

function Pager(props: { current: number; pages: number; go: (page: number) => void }): ReactNode {
  const { current, pages, go } = props;
  return (
    <nav aria-label="Table pages">
      <button type="button" disabled={current === 0} onClick={() => go(current - 1)}>
        ‹ Previous
      </button>
      <span>
        {current + 1} of {pages}
      </span>
      <button type="button" disabled={current >= pages - 1} onClick={() => go(current + 1)}>
        Next ›
      </button>
    </nav>
  );
}

function sortOf(order: Order | null, column: number): 'ascending' | 'descending' | 'none' {
  if (order?.column !== column) return 'none';
  return order.isAscending ? 'ascending' : 'descending';
}

function arrowOf(order: Order | null, column: number): string {
  return { none: '↕', ascending: '↑', descending: '↓' }[sortOf(order, column)];
}

function sorted(
  rows: readonly (readonly Loose[])[],
  order: Order | null,
): readonly (readonly Loose[])[] {
  if (order === null) return rows;
  const { column, isAscending } = order;
  const ascending = rows.toSorted((a, b) => compareCells(a[column] ?? {}, b[column] ?? {}));
  return isAscending ? ascending : ascending.toReversed();
}

function compareCells(a: Loose, b: Loose): number {
  if (typeof a.value === 'number' && typeof b.value === 'number') return a.value - b.value;
  return cellText(a).localeCompare(cellText(b), 'en', { numeric: true });
}

function matches(row: readonly Loose[], filter: string): boolean {
  return row.some((cell) => cellText(cell).toLowerCase().includes(filter.toLowerCase()));
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
