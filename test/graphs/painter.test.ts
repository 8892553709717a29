import { describe, expect, it } from 'vitest';
import type { Graph } from '../../src/domain/graph/graph.ts';
import { chartOptions, PICTURE, valueWords } from '../../src/graphs/chart-options.ts';
import { createGraphPainter } from '../../src/graphs/painter.ts';
import { everyMinute, MINUTE_MS, ONSET_MS } from '../domain/graph/builders.ts';

function aGraph(changes: Partial<Graph> = {}): Graph {
  return {
    title: 'HTTPCode_ELB_5XX_Count (Sum per 1 min)',
    points: everyMinute(ONSET_MS - 3 * MINUTE_MS, [1, 0, 2, 247, 203, 250]),
    periodMs: MINUTE_MS,
    fromMs: ONSET_MS - 3 * MINUTE_MS,
    toMs: ONSET_MS + 3 * MINUTE_MS,
    threshold: { value: 10, label: 'alarm above 10' },
    marks: [{ kind: 'onset', atMs: ONSET_MS, label: 'onset 10:42' }],
    ...changes,
  };
}

function seriesOf(graph: Graph) {
  const { series } = chartOptions(graph);
  return (
    series as { data: { value: unknown[]; symbol?: string }[]; markLine: { data: object[] } }[]
  )[0]!;
}

describe('the options of a chart', () => {
  it('hold the threshold as a horizontal and the onset as a vertical line', () => {
    expect(seriesOf(aGraph()).markLine.data).toMatchObject([{ yAxis: 10 }, { xAxis: ONSET_MS }]);
  });

  it('say on the axis that the times are UTC, and of which day', () => {
    const options = chartOptions(aGraph());
    expect(options).toMatchObject({ useUTC: true, xAxis: { name: '2026-10-14, UTC' } });
  });

  it('break the line where periods have no data, and show a lonely datapoint as a dot', () => {
    const points = [
      ...everyMinute(ONSET_MS, [5]),
      ...everyMinute(ONSET_MS + 5 * MINUTE_MS, [6, 7]),
    ];
    const { data } = seriesOf(aGraph({ points }));
    expect(data.map(({ value }) => value[1])).toEqual([5, '-', 6, 7]);
    expect(data.map(({ symbol }) => symbol)).toEqual(['circle', undefined, 'none', 'none']);
  });

  it('go as far as a threshold that nothing reaches', () => {
    const far = aGraph({ threshold: { value: 1_000, label: 'alarm above 1000' } });
    expect(chartOptions(far)).toMatchObject({ yAxis: { max: 1_500, interval: 500 } });
  });

  it('are the same for the same graph', () => {
    const [one, other] = [chartOptions(aGraph()), chartOptions(aGraph())];
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
  });

  it.each([
    [0, '0'],
    [250, '250'],
    [1_500_000, '1.5M'],
    [-2_000, '-2k'],
    [0.125, '0.125'],
  ])('write %d short', (value, words) => {
    expect(valueWords(value)).toBe(words);
  });
});

const PNG_BEGINNING = [137, 80, 78, 71, 13, 10, 26, 10];

function sizeOf(png: Uint8Array): readonly number[] {
  const view = new DataView(png.buffer, png.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
}

describe('a painted graph', () => {
  const painter = createGraphPainter();

  it('is a PNG of the size that was asked for, small enough for a phone', async () => {
    const png = await painter.paint(aGraph());
    expect([...png.slice(0, 8)]).toEqual(PNG_BEGINNING);
    expect(sizeOf(png)).toEqual([PICTURE.widthPx, PICTURE.heightPx]);
    expect(png.length).toBeLessThan(200_000);
  });

  it('shows its texts: without them the picture is another', async () => {
    const [written, silent] = await Promise.all([
      painter.paint(aGraph({ title: 'HealthyHostCount' })),
      painter.paint(aGraph({ title: '' })),
    ]);
    expect(written).not.toEqual(silent);
  });

  it('shows two graphs painted at the same time as they are', async () => {
    const flat = aGraph({ points: everyMinute(ONSET_MS, [1]) });
    const together = await Promise.all([painter.paint(aGraph()), painter.paint(flat)]);
    const alone = [await painter.paint(aGraph()), await painter.paint(flat)];
    expect(together).toEqual(alone);
  });

  it.each<[string, Partial<Graph>]>([
    ['markup', { title: '</text><image href="file:///etc/passwd"/>&{a|b}' }],
    ['control characters', { title: '\u0000\u0007\u202e\ud800' }],
    ['255 characters', { title: 'x'.repeat(255) }],
    ['one datapoint', { points: everyMinute(ONSET_MS, [1]) }],
    ['huge numbers', { points: everyMinute(ONSET_MS, [1e300, -1e300]) }],
    ['no marks', { marks: [], threshold: null }],
  ])('is drawn with %s', async (_what, changes) => {
    expect(sizeOf(await painter.paint(aGraph(changes)))).toEqual([900, 640]);
  });
});
