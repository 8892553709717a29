import type { TrailQuery } from './query.ts';
import { resourceClassOf } from './resource-class.ts';

/** People know `checkout` and CloudTrail `checkout-prod`: how to ask for both; null where no name was asked for. */
export function nameHint({ conditions }: TrailQuery): string | null {
  const named = conditions.find(
    ({ key, value, negated }) =>
      !negated && (key === 'name' || key === 'resource') && isPlain(value),
  );
  return named === undefined
    ? null
    : `A name is matched whole: ${named.value}* would find all that begin so.`;
}

/** No id and no ARN, which are whole, and not a pattern already. */
function isPlain(value: string): boolean {
  return /^[a-z][\w.-]{2,59}$/i.test(value) && resourceClassOf(value) === null;
}
