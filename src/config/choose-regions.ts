import type { ConfigFileReading } from './read-config-file.ts';

/** Empty, with a problem said, when nothing names a Region. */
export function chooseRegions(
  /** What the environment says. */
  own: string | undefined,
  { file, unreadable }: ConfigFileReading,
  problems: string[],
): readonly string[] {
  const ofAccounts = (file.accounts ?? []).map(({ regions }) => regions);
  const enough = ofAccounts.every((regions) => regions !== undefined);
  const chosen = file.regions ?? (own === undefined ? (enough ? ofAccounts.flat() : []) : [own]);
  const isSaid =
    unreadable.length > 0 ||
    problems.some((problem) => /^(AWS_(DEFAULT_)?REGION|REDTHREAD_CONFIG)/.test(problem));
  if (chosen.length === 0 && !isSaid) {
    problems.push(
      'AWS_REGION is missing: the Region your systems run in, for example eu-west-1 (or list several under "regions" in the file REDTHREAD_CONFIG names)',
    );
  }
  return chosen;
}
