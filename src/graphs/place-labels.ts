import type { Graph, GraphMark } from '../domain/graph/graph.ts';

export interface PlacedLabel {
  readonly mark: GraphMark;
  /** 0: directly above the plot. */
  readonly row: number;
  readonly align: 'left' | 'center' | 'right';
}

interface Widths {
  readonly plotPx: number;
  readonly letterPx: number;
  /** What the plate of a number adds to its width. */
  readonly platePx: number;
  /** Between two labels of one row. */
  readonly gapPx: number;
}

/**
 * Where the labels of vertical lines stand: each in the lowest row in which it covers no other, so
 * that marks a minute apart can all be read. Numbers of changes come first and stay lowest.
 */
export function placeLabels(
  { fromMs, toMs, marks }: Pick<Graph, 'fromMs' | 'toMs' | 'marks'>,
  { plotPx, letterPx, platePx, gapPx }: Widths,
): readonly PlacedLabel[] {
  const inOrder = marks.toSorted(
    (a, b) => Number(b.kind === 'change') - Number(a.kind === 'change') || a.atMs - b.atMs,
  );
  const taken: { readonly row: number; readonly fromPx: number; readonly toPx: number }[] = [];
  return inOrder.map((mark) => {
    const isPlate = mark.kind === 'change';
    const share = (mark.atMs - fromMs) / (toMs - fromMs);
    const align = isPlate ? 'center' : share > 0.5 ? 'right' : 'left';
    const widthPx = mark.label.length * letterPx + (isPlate ? platePx : 0);
    const begin = { left: 0, center: widthPx / 2, right: widthPx }[align];
    const fromPx = share * plotPx - begin;
    const toPx = fromPx + widthPx + gapPx;
    let row = 0;
    while (taken.some((one) => one.row === row && one.fromPx < toPx && fromPx < one.toPx)) row += 1;
    taken.push({ row, fromPx, toPx });
    return { mark, row, align };
  });
}
