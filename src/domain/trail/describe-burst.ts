import { listWords } from '../text/list-words.ts';
import type { Burst } from './bursts.ts';

const NAMES_TOLD_MAX = 3;

/**
 * "ci/deploy-7 changed 8 security group rules in sg-a, sg-b and 2 more (RevokeSecurityGroupIngress; 8
 * calls; eu-west-1)". Foreign text: make it harmless before showing it.
 */
export function describeBurst(burst: Burst): string {
  const { newest, action, joint, names, eventNames, count, regions } = burst;
  const shown = names.slice(0, NAMES_TOLD_MAX);
  const hidden = names.length - shown.length;
  const objects = listWords(hidden > 0 ? [...shown, `${hidden} more`] : shown);
  const isNamed = eventNames.some((name) => action.includes(name));
  const told = [
    ...(isNamed ? [] : [eventNames.join(', ')]),
    ...(count === 1 ? [] : [`${count} calls`]),
    regions.join(', '),
  ];
  const object = objects === '' ? '' : `${joint}${objects}`;
  return `${newest.principal.label} ${action}${object} (${told.join('; ')})`;
}
