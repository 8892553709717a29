import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GraphMark } from '../../src/domain/graph/graph.ts';
import { placeLabels } from '../../src/graphs/place-labels.ts';

const widths = { plotPx: 740, letterPx: 17, platePx: 20, gapPx: 14 };

function placed(marks: readonly GraphMark[]) {
  return placeLabels({ fromMs: 0, toMs: 740, marks }, widths);
}

/** Where a label stands on the picture: a millisecond is a pixel here. */
function spanOf({ mark, align }: ReturnType<typeof placed>[number]): readonly [number, number] {
  const plate = mark.kind === 'change' ? widths.platePx : 0;
  const width = mark.label.length * widths.letterPx + plate;
  const begin = { left: mark.atMs, center: mark.atMs - width / 2, right: mark.atMs - width }[align];
  return [begin, begin + width];
}

describe('the labels above a plot', () => {
  it('stand in one row where there is room', () => {
    const marks: readonly GraphMark[] = [
      { kind: 'change', atMs: 50, label: '1' },
      { kind: 'onset', atMs: 120, label: 'onset 10:42' },
      { kind: 'alarm', atMs: 700, label: 'ALARM 10:45' },
    ];
    expect(placed(marks).map(({ row }) => row)).toEqual([0, 0, 0]);
  });

  it('stand above each other where they are close, numbers lowest', () => {
    const marks: readonly GraphMark[] = [
      { kind: 'onset', atMs: 400, label: 'onset 10:42' },
      { kind: 'change', atMs: 398, label: '2' },
      { kind: 'change', atMs: 396, label: '1' },
    ];
    expect(placed(marks).map(({ mark, row }) => [mark.label, row])).toEqual([
      ['1', 0],
      ['2', 1],
      ['onset 10:42', 2],
    ]);
  });

  it('never cover each other, and each is there once', () => {
    const mark = fc.record({
      kind: fc.constantFrom('onset' as const, 'alarm' as const, 'change' as const),
      atMs: fc.integer({ min: 0, max: 740 }),
      label: fc.string({ minLength: 1, maxLength: 14 }),
    });
    fc.assert(
      fc.property(fc.array(mark, { maxLength: 9 }), (marks) => {
        const labels = placed(marks);
        const pairs = labels.flatMap((one, index) =>
          labels.slice(index + 1).map((other) => [one, other] as const),
        );
        const covered = pairs.filter(([one, other]) => {
          const [[from, to], [begin, end]] = [spanOf(one), spanOf(other)];
          return one.row === other.row && from < end && begin < to;
        });

        expect(covered).toEqual([]);
        expect(new Set(labels.map((label) => label.mark))).toEqual(new Set(marks));
      }),
    );
  });
});
