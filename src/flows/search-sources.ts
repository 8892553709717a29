import type { TargetReport } from '../domain/coverage.ts';
import { PLACE_NAMES } from '../domain/trail/query/query.ts';
import type { SourceChoice, SourceSearch } from '../domain/trail/query/source-reach.ts';
import type { AwsTarget, TrailFindings, TrailSearch, TrailSource } from '../ports.ts';

type Search = SourceSearch<TrailSource, AwsTarget>;

interface Answered extends Search {
  readonly findings: TrailFindings;
}

/** Searches side by side whatever was chosen, and tells of every target what became of it. */
export async function searchSources(
  choice: SourceChoice<TrailSource, AwsTarget>,
  search: TrailSearch,
  signal: AbortSignal,
): Promise<TrailFindings> {
  const answered = await Promise.all(
    choice.searches.map(async ({ source, targets }): Promise<Answered> => {
      const findings = await source.search({ ...search, targets }, signal);
      return { source, targets, findings };
    }),
  );
  const uncovered = choice.uncovered.map(({ target, explanation }): TargetReport => {
    return { ...target, outcome: 'disabled', count: 0, truncated: true, explanation };
  });
  return {
    records: answered.flatMap(({ findings }) => findings.records),
    targets: [...reportsOf(answered), ...uncovered],
    skippedCount: answered.reduce((sum, { findings }) => sum + findings.skippedCount, 0),
    matchedBy: matchedBy(answered),
  };
}

function reportsOf(answered: readonly Answered[]): readonly TargetReport[] {
  const main = answered[0]?.source.reach.id;
  const reports = answered.flatMap(({ source, targets, findings }) =>
    findings.targets.map((report, index) => ({
      target: targets[index],
      report: source.reach.id === main ? report : askedElsewhere(report, source),
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
  const rank = ({ outcome }: TargetReport): number =>
    outcome === 'found' ? 2 : outcome === 'nothing' ? 0 : 1;
  const [first, second] = rank(b) > rank(a) ? [b, a] : [a, b];
  return {
    ...first,
    accountId: first.accountId ?? second.accountId,
    count: Math.max(first.count, second.count),
    truncated: first.truncated || second.truncated,
    explanation: first.explanation ?? second.explanation,
  };
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
