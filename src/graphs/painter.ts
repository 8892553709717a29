import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Graph } from '../domain/graph/graph.ts';
import type { GraphPainter } from '../ports.ts';
import { type ChartOptions, chartOptions, FONT, PICTURE } from './chart-options.ts';

// Machines without a desktop have no fonts, so one comes along.
const FONT_FILE = '@expo-google-fonts/lato/400Regular/Lato_400Regular.ttf';
const RASTERIZER_FILE = '@resvg/resvg-wasm/index_bg.wasm';

type Paint = (options: ChartOptions) => Uint8Array;

/** Paints graphs without a display or a browser. The libraries are loaded with the first graph. */
export function createGraphPainter(): GraphPainter {
  let loading: Promise<Paint> | null = null;
  return {
    async paint(graph: Graph) {
      loading ??= load().catch((error: unknown) => {
        loading = null;
        throw error;
      });
      const paint = await loading;
      return paint(chartOptions(graph));
    },
  };
}

async function load(): Promise<Paint> {
  const [echarts, charts, components, renderers, rasterize, font] = await Promise.all([
    import('echarts/core'),
    import('echarts/charts'),
    import('echarts/components'),
    import('echarts/renderers'),
    loadRasterizer(),
    readPackageFile(FONT_FILE),
  ]);
  const { GridComponent, MarkLineComponent, TitleComponent } = components;
  const parts = [charts.LineChart, GridComponent, MarkLineComponent, TitleComponent];
  echarts.use([...parts, renderers.SVGRenderer]);
  return (options) => {
    const { widthPx: width, heightPx: height } = PICTURE;
    const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
    try {
      chart.setOption(options);
      return rasterize(withLongFonts(chart.renderToSVGString()), font);
    } finally {
      chart.dispose();
    }
  };
}

/** The chart library writes some fonts in CSS's short form, which the rasterizer does not read. */
function withLongFonts(svg: string): string {
  return svg.replaceAll(/font: normal normal (\d+px) (\w+)/g, 'font-size: $1; font-family: $2');
}

let rasterizer: ReturnType<typeof initRasterizer> | null = null;

/** Its package can be started only once in a process. */
function loadRasterizer(): ReturnType<typeof initRasterizer> {
  rasterizer ??= initRasterizer().catch((error: unknown) => {
    rasterizer = null;
    throw error;
  });
  return rasterizer;
}

async function initRasterizer() {
  const { initWasm, Resvg } = await import('@resvg/resvg-wasm');
  // Whoever else paints in this process may have started it: it can be started only once.
  await initWasm(await readPackageFile(RASTERIZER_FILE)).catch((error: unknown) => {
    if (!String(error).includes('Already initialized')) throw error;
  });
  return (svg: string, font: Uint8Array): Uint8Array => {
    const settings = { fontBuffers: [font], defaultFontFamily: FONT };
    const image = new Resvg(svg, { font: settings });
    const picture = image.render();
    try {
      return picture.asPng();
    } finally {
      picture.free();
      image.free();
    }
  };
}

function readPackageFile(name: string): Promise<Buffer> {
  return readFile(createRequire(import.meta.url).resolve(name));
}
