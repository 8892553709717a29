import { listSome, listWords } from '../text/list-words.ts';
import type { Burst, Doing } from './bursts.ts';

const NAMES_TOLD_MAX = 3;
const DOINGS_TOLD_MAX = 4;

/**
 * "ci/deploy-7 changed 8 security group rules in sg-a and 2 more (RevokeSecurityGroupIngress; 8
 * calls; eu-west-1)". Foreign text: make it harmless before showing it.
 */
export function describeBurst({ newest, doings, eventNames, count, regions }: Burst): string {
  const told = doings.slice(0, DOINGS_TOLD_MAX).map(doingWords);
  const hidden = doings.length - told.length;
  const facts = [
    // What is not told in words is at least named.
    ...(hidden > 0 || doings.some(({ isPlain }) => isPlain) ? [eventNames.join(', ')] : []),
    ...(count === 1 ? [] : [`${count} calls`]),
    regions.join(', '),
  ];
  const done = listWords(
    hidden > 0 ? [...told, `${hidden} more ${hidden === 1 ? 'kind' : 'kinds'} of calls`] : told,
  );
  return `${newest.principal.label} ${done} (${facts.join('; ')})`;
}

function doingWords({ action, joint, names }: Doing): string {
  const objects = listSome(names, NAMES_TOLD_MAX);
  return objects === '' ? action : `${action}${joint}${objects}`;
}
