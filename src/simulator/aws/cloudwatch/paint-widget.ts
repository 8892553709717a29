import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Point } from './metric-points.ts';

export interface WidgetPicture {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly periodMs: number;
  readonly points: readonly Point[];
  readonly horizontal: readonly { readonly value: number; readonly label: string }[];
  readonly vertical: readonly { readonly atMs: number; readonly label: string }[];
}

const FONT_FILE = '@expo-google-fonts/lato/400Regular/Lato_400Regular.ttf';
const RASTERIZER_FILE = '@resvg/resvg-wasm/index_bg.wasm';
const TEXT = { fontFamily: 'Lato', fontSize: 12, color: '#16191f' } as const;
const LINES = { series: '#1f77b4', horizontal: '#d62728', vertical: '#687078' } as const;

let tools: ReturnType<typeof load> | null = null;

/** A PNG in the manner of CloudWatch's: small letters, labels on their lines, times in UTC. */
export async function paintWidget(picture: WidgetPicture): Promise<Uint8Array> {
  tools ??= load();
  const { echarts, Resvg, font } = await tools;
  const { width, height } = picture;
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(optionsOf(picture));
    const svg = chart
      .renderToSVGString()
      .replaceAll(/font: normal normal (\d+px) (\w+)/g, 'font-size: $1; font-family: $2');
    const settings = { fontBuffers: [font], defaultFontFamily: TEXT.fontFamily };
    const image = new Resvg(svg, { font: settings });
    const rendered = image.render();
    try {
      return rendered.asPng();
    } finally {
      rendered.free();
      image.free();
    }
  } finally {
    chart.dispose();
  }
}

async function load() {
  const [echarts, charts, components, renderers, resvg, font] = await Promise.all([
    import('echarts/core'),
    import('echarts/charts'),
    import('echarts/components'),
    import('echarts/renderers'),
    import('@resvg/resvg-wasm'),
    readPackageFile(FONT_FILE),
  ]);
  const { GridComponent, MarkLineComponent, TitleComponent } = components;
  const parts = [charts.LineChart, GridComponent, MarkLineComponent, TitleComponent];
  echarts.use([...parts, renderers.SVGRenderer]);
  // Whoever else paints in this process may have started it: it can be started only once.
  await resvg.initWasm(await readPackageFile(RASTERIZER_FILE)).catch((error: unknown) => {
    if (!String(error).includes('Already initialized')) throw error;
  });
  return { echarts, Resvg: resvg.Resvg, font };
}

function optionsOf(picture: WidgetPicture) {
  const { title, fromMs, toMs, horizontal, vertical } = picture;
  return {
    animation: false,
    useUTC: true,
    backgroundColor: '#ffffff',
    textStyle: TEXT,
    title: { text: title, left: 12, top: 8, textStyle: { ...TEXT, fontSize: 14 } },
    grid: { left: 50, right: 20, top: 60, bottom: 32 },
    xAxis: { type: 'time', min: fromMs, max: toMs, axisLabel: { ...TEXT, hideOverlap: true } },
    yAxis: { type: 'value', axisLabel: TEXT },
    series: [
      {
        type: 'line',
        symbol: 'circle',
        symbolSize: 3,
        itemStyle: { color: LINES.series },
        data: withGaps(picture),
        lineStyle: { color: LINES.series, width: 2 },
        markLine: {
          symbol: 'none',
          data: [
            ...horizontal.map(({ value, label }) => ({
              yAxis: value,
              lineStyle: { color: LINES.horizontal, type: 'solid' },
              label: labelOf(label, LINES.horizontal, 'insideStartTop'),
            })),
            ...vertical.map(({ atMs, label }) => ({
              xAxis: atMs,
              lineStyle: { color: LINES.vertical, type: 'solid' },
              label: labelOf(label, LINES.vertical, 'end'),
            })),
          ],
        },
      },
    ],
  };
}

/** Nothing is drawn across periods without data. */
function withGaps({
  points,
  periodMs,
}: WidgetPicture): readonly (readonly [number, number | '-'])[] {
  return points.flatMap(({ timeMs, value }, index) => {
    const before = points[index - 1];
    const isGap = before !== undefined && timeMs - before.timeMs > 1.5 * periodMs;
    return isGap
      ? [[timeMs - 1, '-'] as const, [timeMs, value] as const]
      : [[timeMs, value] as const];
  });
}

function labelOf(label: string, color: string, position: string) {
  return { ...TEXT, formatter: () => label, position, color };
}

function readPackageFile(name: string): Promise<Buffer> {
  return readFile(createRequire(import.meta.url).resolve(name));
}
