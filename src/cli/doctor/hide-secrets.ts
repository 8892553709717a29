import { redactSecrets } from '../../domain/text/redact.ts';
import { withoutSecrets } from '../../observe/logger.ts';
import type { CheckedRow } from './check.ts';

/** Shorter values are found everywhere by chance. */
const SECRET_CHARACTERS_MIN = 6;

/** Takes the secrets of this installation, and whatever else looks like one, out of every row. */
export function hideSecrets(
  rows: readonly CheckedRow[],
  secrets: readonly string[],
): readonly CheckedRow[] {
  const known = secrets
    .filter(({ length }) => length >= SECRET_CHARACTERS_MIN)
    .toSorted((left, right) => right.length - left.length);
  const clean = (text: string): string => {
    const without = known.reduce((rest, secret) => rest.replaceAll(secret, '[redacted]'), text);
    return redactSecrets(withoutSecrets(without));
  };
  return rows.map((row) => ({
    ...row,
    name: clean(row.name),
    found: clean(row.found),
    advice: row.advice === null ? null : clean(row.advice),
  }));
}
