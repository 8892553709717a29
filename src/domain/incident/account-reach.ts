import type { IncidentState } from './state.ts';

/** Accounts whose evidence is on record and which are not among `allowed`; those without a number are the bot's own. */
export function accountsBeyond(
  { evidence }: Pick<IncidentState, 'evidence'>,
  allowed: readonly (string | null)[],
): readonly string[] {
  // A configuration without accounts asks the bot's own, wherever it is asked.
  if (allowed.includes(null)) return [];
  const seen = evidence.flatMap(({ coverage }) =>
    coverage.targets.flatMap(({ accountId }) => accountId ?? []),
  );
  return [...new Set(seen)].filter((accountId) => !allowed.includes(accountId));
}
