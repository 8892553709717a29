import { type ReactNode, useMemo, useState } from 'react';
import {
  cellText,
  matchingRows,
  type Order,
  type PlacedCell,
  type Row,
  rowsOf,
  sortedRows,
} from './data-table-rows.ts';
import { LibraryBlock } from './library-block.tsx';
import { type Loose, numberOf, stringOf } from './loose.ts';

const pageSizeDefault = 5;

/** Slack's sortable table: the first row is the header, a filter searches all cells. */
export function DataTable(props: { block: Loose }): ReactNode {
  const { block } = props;
  const [order, setOrder] = useState<Order | null>(null);
  const [filter, setFilter] = useState('');
  const [page, setPage] = useState(0);
  const [header, ...body] = useMemo(() => rowsOf(block), [block]);
  const rows = sortedRows(matchingRows(body, filter), order);
  const pageSize = Math.max(1, numberOf(block.page_size, pageSizeDefault));
  const pages = Math.max(1, Math.ceil(rows.length / pageSize));
  const current = Math.min(page, pages - 1);
  const sortBy = (column: number) =>
    setOrder({ column, isAscending: order?.column !== column || !order.isAscending });
  return (
    <div className="data-table">
      <div className="data-table-frame">
        <table>
          <caption>{stringOf(block.caption)}</caption>
          <TableHead cells={header?.cells ?? []} order={order} sortBy={sortBy} />
          <TableBody
            rows={rows.slice(current * pageSize, (current + 1) * pageSize)}
            headerColumn={numberOf(block.row_header_column_index, 0)}
          />
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
  cells: readonly PlacedCell[];
  order: Order | null;
  sortBy: (column: number) => void;
}): ReactNode {
  return (
    <thead>
      <tr>
        {props.cells.map(({ column, cell }) => (
          <th key={column} scope="col" aria-sort={sortOf(props.order, column)}>
            <button type="button" onClick={() => props.sortBy(column)}>
              {cellText(cell)} <span aria-hidden="true">{arrows[sortOf(props.order, column)]}</span>
            </button>
          </th>
        ))}
      </tr>
    </thead>
  );
}

function TableBody(props: { rows: readonly Row[]; headerColumn: number }): ReactNode {
  return (
    <tbody>
      {props.rows.map((row) => (
        <tr key={row.place}>
          {row.cells.map(({ column, cell }) => (
            <CellView key={column} cell={cell} isHeader={column === props.headerColumn} />
          ))}
        </tr>
      ))}
    </tbody>
  );
}

function CellView(props: { cell: Loose; isHeader: boolean }): ReactNode {
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

const arrows = { none: '↕', ascending: '↑', descending: '↓' } as const;

function sortOf(order: Order | null, column: number): keyof typeof arrows {
  if (order?.column !== column) return 'none';
  return order.isAscending ? 'ascending' : 'descending';
}
