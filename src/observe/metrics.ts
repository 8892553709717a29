import { METRICS, type MetricName } from './metric-table.ts';

type Table = typeof METRICS;
type NamesOf<Type extends Table[MetricName]['type']> = {
  [Name in MetricName]: Table[Name]['type'] extends Type ? Name : never;
}[MetricName];
type LabelsOf<Name extends MetricName> = Readonly<
  Record<Table[Name]['labels'][number], string | number>
>;

/** The metrics of one process. */
export interface Metrics {
  count<Name extends NamesOf<'counter'>>(name: Name, labels: LabelsOf<Name>, by?: number): void;
  set<Name extends NamesOf<'gauge'>>(name: Name, labels: LabelsOf<Name>, value: number): void;
  /** Of something that is counted elsewhere since the process started. */
  setTotal<Name extends NamesOf<'counter'>>(
    name: Name,
    labels: LabelsOf<Name>,
    value: number,
  ): void;
  observe<Name extends NamesOf<'histogram'>>(
    name: Name,
    labels: LabelsOf<Name>,
    seconds: number,
  ): void;
  /** Leaves it out until it is set again: what is not known is not shown as it was. */
  forget(name: NamesOf<'gauge'>): void;
  /** Prometheus's text format 0.0.4. */
  expose(): string;
}

interface Series {
  readonly labels: string;
  value: number;
  /** Of a histogram: observations up to each bound. */
  readonly counts: number[];
  count: number;
}

export const METRICS_CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** A bug that puts ids into labels must not fill the memory: further series are left out. */
const SERIES_MAX = 1_000;

export function createMetrics(): Metrics {
  const families = new Map<MetricName, Map<string, Series>>();
  const seriesOf = (
    name: MetricName,
    labels: Readonly<Record<string, string | number>>,
  ): Series => {
    const family = families.get(name) ?? new Map<string, Series>();
    families.set(name, family);
    const key = labelText(METRICS[name].labels, labels);
    const known = family.get(key);
    if (known !== undefined) return known;
    const counts = bucketsOf(name).map(() => 0);
    const series: Series = { labels: key, value: 0, counts, count: 0 };
    if (family.size < SERIES_MAX) family.set(key, series);
    return series;
  };
  const set: Metrics['set'] = (name, labels, value) => {
    seriesOf(name, labels).value = value;
  };
  return {
    count: (name, labels, by = 1) => {
      seriesOf(name, labels).value += by;
    },
    set,
    setTotal: (name, labels, value) => {
      seriesOf(name, labels).value = value;
    },
    observe: (name, labels, seconds) => {
      const series = seriesOf(name, labels);
      series.value += seconds;
      series.count += 1;
      for (const [index, bound] of bucketsOf(name).entries()) {
        if (seconds <= bound) series.counts[index] = (series.counts[index] ?? 0) + 1;
      }
    },
    forget: (name) => {
      families.delete(name);
    },
    expose: () => {
      const known = (Object.keys(METRICS) as MetricName[]).filter((name) => families.has(name));
      const lines = known.flatMap((name) => [
        `# HELP ${name} ${METRICS[name].help}`,
        `# TYPE ${name} ${METRICS[name].type}`,
        ...[...(families.get(name)?.values() ?? [])].flatMap((series) => linesOf(name, series)),
      ]);
      return `${lines.join('\n')}\n`;
    },
  };
}

function bucketsOf(name: MetricName): readonly number[] {
  const metric = METRICS[name];
  return 'buckets' in metric ? metric.buckets : [];
}

function linesOf(name: MetricName, { labels, value, counts, count }: Series): readonly string[] {
  if (METRICS[name].type !== 'histogram') return [`${name}${wrap(labels)} ${value}`];
  const bounds = [...bucketsOf(name).map(String), '+Inf'];
  return [
    ...bounds.map((bound, index) => {
      const all = [labels, `le="${bound}"`].filter((text) => text !== '').join(',');
      return `${name}_bucket${wrap(all)} ${counts[index] ?? count}`;
    }),
    `${name}_sum${wrap(labels)} ${value}`,
    `${name}_count${wrap(labels)} ${count}`,
  ];
}

function wrap(labels: string): string {
  return labels === '' ? '' : `{${labels}}`;
}

function labelText(
  names: readonly string[],
  labels: Readonly<Record<string, string | number>>,
): string {
  return names.map((name) => `${name}="${escapeLabel(String(labels[name] ?? ''))}"`).join(',');
}

function escapeLabel(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');
}
