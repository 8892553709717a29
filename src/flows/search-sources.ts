import { outcomeWeight, type TargetReport } from '../domain/coverage.ts';
import { PLACE_NAMES } from '../domain/trail/query/query.ts';
import type { SourceChoice, SourceSearch } from '../domain/trail/query/source-reach.ts';
import type { AwsTarget, SourceReach, TrailFindings, TrailSearch, TrailSource } from '../ports.ts';

type Search = SourceSearch<TrailSource, AwsTarget>;

interface Answered extends Search {
  readonly findings: TrailFindings;
}

export interface Searched extends TrailFindings {
  /** What the answer is from. */
  readonly from: { readonly source: SourceReach['id']; readonly gaps: readonly string[] };
  /** Events younger than this may not have arrived everywhere. */
  readonly deliveryLagMs: number;
  /** Why there; null where it goes without saying. */
  readonly sourceReason: string | null;
}

/** Searches side by side whatever was chosen, and tells of every target what became of it. */
export async function searchSources(
  choice: SourceChoice<TrailSource, AwsTarget>,
  search: TrailSearch,
  signal: AbortSignal,
): Promise<Searched> {
  const answered = await askAll(choice, search, signal);
  const uncovered = choice.uncovered.map(({ target, explanation }): TargetReport => {
    return { ...target, outcome: 'disabled', count: 0, truncated: true, explanation };
  });
  const main = mainOf(answered);
  return {
    records: answered.flatMap(({ findings }) => findings.records),
    targets: [...reportsOf(answered, main), ...uncovered],
    skippedCount: answered.reduce((sum, { findings }) => sum + findings.skippedCount, 0),
    matchedBy: matchedBy(answered),
    readAtMs: firstReadMs(answered),
    from: { source: main.id, gaps: gapsOf(answered) },
    deliveryLagMs: Math.max(...answered.map(({ source }) => source.reach.deliveryLagMs)),
    sourceReason: answered.length < choice.searches.length ? null : choice.reason,
  };
}

async function askAll(
  { searches: [first, ...others], othersLater }: SourceChoice<TrailSource, AwsTarget>,
  search: TrailSearch,
  signal: AbortSignal,
): Promise<readonly [Answered, ...Answered[]]> {
  const ask = async ({ source, targets }: Search): Promise<Answered> => {
    const findings = await source.search({ ...search, targets }, signal);
    return { source, targets, findings };
  };
  if (!othersLater) return Promise.all([ask(first), ...others.map(ask)]);
  const answered = await ask(first);
  if (answered.findings.records.length > 0) return [answered];
  return [answered, ...(await Promise.all(others.map(ask)))];
}

/** The first; or, of those asked about the same, one that found something where the first did not. */
function mainOf([first, ...others]: readonly [Answered, ...Answered[]]): SourceReach {
  if (first.findings.records.length > 0) return first.source.reach;
  const finder = others.find(
    ({ findings, targets }) =>
      findings.records.length > 0 && targets.some((target) => first.targets.includes(target)),
  );
  return (finder ?? first).source.reach;
}

function reportsOf(answered: readonly Answered[], main: SourceReach): readonly TargetReport[] {
  const reports = answered.flatMap(({ source, targets, findings }) =>
    findings.targets.map((report, index) => ({
      target: targets[index],
      report: source.reach.id === main.id ? report : askedElsewhere(report, source),
    })),
  );
  const byTarget = Map.groupBy(reports, ({ target }) => target);
  return [...byTarget.values()].map((rows) => rows.map(({ report }) => report).reduce(bothOf));
}

function askedElsewhere(report: TargetReport, { reach }: TrailSource): TargetReport {
  return { ...report, explanation: report.explanation ?? `Asked in ${PLACE_NAMES[reach.id]}.` };
}

/** Of one target, asked in two places: an answer counts before trouble, trouble before nothing. */
function bothOf(a: TargetReport, b: TargetReport): TargetReport {
  const [first, second] = outcomeWeight(b) > outcomeWeight(a) ? [b, a] : [a, b];
  return {
    ...first,
    accountId: first.accountId ?? second.accountId,
    count: Math.max(first.count, second.count),
    truncated: first.truncated || second.truncated,
    explanation: first.explanation ?? second.explanation,
  };
}

/** What no place shows in which some target was asked about. */
function gapsOf(answered: readonly Answered[]): readonly string[] {
  const targets = new Set(answered.flatMap((row) => row.targets));
  const gaps = [...targets].flatMap((target) => {
    const [first, ...others] = answered
      .filter((row) => row.targets.includes(target))
      .map(({ source }) => source.reach.gaps);
    return (first ?? []).filter((gap) => others.every((other) => other.includes(gap)));
  });
  return [...new Set(gaps)];
}

/** Undefined: all of it was read just now. */
function firstReadMs(answered: readonly Answered[]): number | undefined {
  const times = answered.flatMap(({ findings }) => findings.readAtMs ?? []);
  return times.length === 0 ? undefined : Math.min(...times);
}

/** As the source says it that found the newest match. */
function matchedBy(answered: readonly Answered[]): string | null {
  const newest = answered
    .map(({ findings }) => ({
      atMs: findings.records.reduce((latest, { atMs }) => Math.max(latest, atMs), -1),
      by: findings.matchedBy,
    }))
    .reduce((a, b) => (b.atMs > a.atMs ? b : a), { atMs: -1, by: null });
  return newest.by;
}
