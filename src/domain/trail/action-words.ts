import { ACTION_WORDS } from './action-table.ts';
import { normaliseEventName } from './event-name.ts';
import { INFINITIVES } from './infinitives.ts';
import type { TrailRecord } from './record.ts';
import { isAccessKey, isPolicy } from './telling-names.ts';

/** Where what was asked for says more than the name of the call: by event name, label and value. */
const WORDS_BY_DETAIL: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  UpdateAccessKey: {
    'status Active': 'activated an access key of',
    'status Inactive': 'deactivated an access key of',
  },
};

type Call = Pick<TrailRecord, 'eventName' | 'details' | 'resources'>;

/** What all calls of one kind did; null where the event's own name says it better than we could. */
export function kindWords({ eventName, details, resources }: Call): string | null {
  const name = normaliseEventName(eventName);
  const byDetail = Object.hasOwn(WORDS_BY_DETAIL, name) ? WORDS_BY_DETAIL[name] : undefined;
  const [said = null] = details.flatMap(
    ({ label, value }) => ownValue(byDetail ?? {}, `${label} ${value}`) ?? [],
  );
  const words = said ?? ownValue(ACTION_WORDS, name);
  const policy = apart(resources, isPolicy);
  return policy === null
    ? words
    : (words?.replace('a policy', `the policy ${policy.split('/').at(-1)}`) ?? null);
}

/** Of calls of one kind. The access key of a single one is told apart from whose it is. */
export function actionWords(calls: readonly Call[]): string | null {
  const [call] = calls;
  if (call === undefined) return null;
  const words = kindWords(call);
  const key = calls.length === 1 ? apart(call.resources, isAccessKey) : null;
  return key === null ? words : (words?.replace('an access key', `access key ${key}`) ?? null);
}

/** What something was done with, where what it was done to is named as well. */
function apart(resources: Call['resources'], isIt: (name: string) => boolean): string | null {
  const [found, ...more] = resources.filter(({ name }) => isIt(name));
  const isAlone = more.length > 0 || resources.every(({ name }) => isIt(name));
  return found === undefined || isAlone ? null : found.name;
}

/** "stop", "open a port in"; null where only the event's name says it. */
export function attemptWords(calls: readonly Call[]): string | null {
  const words = actionWords(calls);
  const [verb = ''] = words?.split(' ') ?? [];
  const infinitive = ownValue(INFINITIVES, verb);
  return words === null || infinitive === null ? null : infinitive + words.slice(verb.length);
}

function ownValue(table: Readonly<Record<string, string>>, key: string): string | null {
  return Object.hasOwn(table, key) ? (table[key] ?? null) : null;
}
