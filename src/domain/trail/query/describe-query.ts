import { type Condition, hasFlag, PLACE_NAMES, type TrailQuery } from './query.ts';
import { VERBS } from './verbs.ts';

const KEY_NOUNS = {
  user: 'user',
  role: 'role',
  event: 'event',
  source: 'service',
  resource: 'resource',
  name: 'resource or user',
  type: 'type',
  key: 'access key',
  ip: 'address',
  id: 'event id',
  account: 'account',
  region: 'Region',
  error: 'error',
  agent: 'user agent',
} as const satisfies Record<Condition['key'], string>;

const FLAG_WORDS = {
  write: 'writes',
  read: 'reads',
  error: 'failed calls',
  denied: 'denied calls',
  console: 'in the console',
  root: 'by root',
  human: 'by people',
  automation: 'by automation',
} as const satisfies Record<TrailQuery['flags'][number]['flag'], string>;

/** How a question was understood: `stopped · resource i-0abc`. The window is told by the coverage. */
export function describeQuery(query: TrailQuery): string {
  const verbs = query.verbs.map((verb) => (verb === 'did' ? 'any call' : VERBS[verb].words[0]));
  const parts = [
    verbs.map((verb) => (verb === 'logged' ? 'logged in' : verb)).join(' or '),
    ...describeConditions(
      query.conditions.filter(({ negated }) => !negated),
      '',
    ),
    ...describeConditions(
      query.conditions.filter(({ negated }) => negated),
      'not ',
    ),
    ...query.flags.map(({ flag, negated }) => `${negated ? 'not ' : ''}${FLAG_WORDS[flag]}`),
    query.assumesWrites ? FLAG_WORDS.write : '',
    query.place === null ? '' : `in ${PLACE_NAMES[query.place]}`,
  ].filter((part) => part !== '');
  return parts.join(' · ');
}

function describeConditions(conditions: readonly Condition[], before: string): string[] {
  const keys = [...new Set(conditions.map(({ key }) => key))];
  return keys.map((key) => {
    const values = conditions.filter((condition) => condition.key === key);
    return `${before}${KEY_NOUNS[key]} ${values.map(({ value }) => value).join(' or ')}`;
  });
}

/** Whether the question can be answered by calls that only read. */
export function includesReads(query: TrailQuery): boolean {
  return !query.assumesWrites && !hasFlag(query, 'write');
}
