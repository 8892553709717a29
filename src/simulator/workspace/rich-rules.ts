import { blockLimits as limit } from './block-limits.ts';
import {
  all,
  anything,
  byType,
  type Check,
  choice,
  flag,
  integer,
  list,
  number,
  rule,
  type Shape,
  shape,
  string,
} from './check-kit.ts';

/** Rich text, and the blocks made of it: tables and task cards. */

export function block({ required = {}, optional = {} }: Shape): Check {
  const block_id = string({ min: 1, max: limit.idMax });
  return shape({ required, optional: { ...optional, block_id } });
}

/** Rich text is checked down to its kinds; styles and the leaves' own fields are left alone. */
const richLeaves = [
  'text',
  'link',
  'emoji',
  'user',
  'usergroup',
  'channel',
  'team',
  'broadcast',
  'date',
  'color',
];
const leaf = byType(() => Object.fromEntries(richLeaves.map((type) => [type, richLeaf])));
const richLeaf = rule((object) =>
  object['type'] === 'text' && (typeof object['text'] !== 'string' || object['text'] === '')
    ? 'must be more than 0 characters'
    : null,
);
const leaves = list(leaf, { max: 3_000 });
const richSection = shape({ required: { elements: leaves } });
export const richText = block({
  required: {
    elements: list(
      byType(() => ({
        rich_text_section: richSection,
        rich_text_preformatted: shape({
          required: { elements: leaves },
          optional: { border: integer({ max: 1 }), language: string({ max: 50 }) },
        }),
        rich_text_quote: shape({
          required: { elements: leaves },
          optional: { border: integer({ max: 1 }) },
        }),
        rich_text_list: shape({
          required: {
            style: choice('bullet', 'ordered'),
            elements: list(
              byType(() => ({ rich_text_section: richSection })),
              { max: 1_000 },
            ),
          },
          optional: {
            indent: integer({ max: 8 }),
            offset: integer({ max: 100_000 }),
            border: integer({ max: 1 }),
          },
        }),
      })),
      { max: 1_000 },
    ),
  },
});

export const richTextOnly = byType(() => ({ rich_text: richText }));
const rawCells: Readonly<Record<string, Check>> = {
  raw_text: shape({ required: { text: string({ min: 1, max: limit.tableCharactersMax }) } }),
  raw_number: shape({ required: { value: number, text: string({ min: 1, max: 255 }) } }),
};
const cell = byType(() => ({ ...rawCells, rich_text: richText }));
const headerCell = byType(() => rawCells);

const evenRows = rule(({ rows }) => {
  if (!Array.isArray(rows)) return null;
  const widths = new Set(rows.map((row) => (Array.isArray(row) ? row.length : 0)));
  return widths.size > 1 ? 'all rows must have the same number of cells' : null;
});

const dataTableRows: Check = (value, pointer, report) => {
  const cells = (item: Check) => list(item, { min: 1, max: limit.dataTableColumnsMax });
  list(cells(cell), { min: limit.dataTableRowsMin, max: limit.dataTableRowsMax })(
    value,
    pointer,
    report,
  );
  if (Array.isArray(value)) cells(headerCell)(value[0], `${pointer}/0`, report);
};

export const taskCard = block({
  required: {
    task_id: string({ min: 1, max: limit.idMax }),
    title: string({ min: 1, max: limit.textObjectMax }),
    status: choice('pending', 'in_progress', 'complete', 'error'),
  },
  optional: { details: richTextOnly, output: richTextOnly, sources: list(anything, { max: 50 }) },
});

export const table = all(
  block({
    required: {
      rows: list(list(cell, { min: 1, max: limit.tableColumnsMax }), {
        min: 1,
        max: limit.tableRowsMax,
      }),
    },
    optional: {
      column_settings: list(
        shape({ optional: { align: choice('left', 'center', 'right'), is_wrapped: flag } }),
        { max: limit.tableColumnsMax },
      ),
    },
  }),
  evenRows,
);

export const dataTable = all(
  block({
    required: { rows: dataTableRows, caption: string({ min: 1, max: limit.textObjectMax }) },
    optional: {
      page_size: integer({ min: 1, max: limit.dataTablePageSizeMax }),
      row_header_column_index: integer({ max: limit.dataTableColumnsMax - 1 }),
    },
  }),
  evenRows,
);
