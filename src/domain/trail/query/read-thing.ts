import { classifyThing, isRegion } from './classify-thing.ts';
import type { Condition } from './query.ts';

/** Ids of accounts by what people call them, in lower case. */
export type AccountNames = ReadonlyMap<string, string>;

/** What is wrong with the value of a filter; null when nothing is. */
export function troubleWith(key: string, value: string, accounts?: AccountNames): string | null {
  if (value === '') return `\`${key}:\` needs a value right after it.`;
  if (key === 'region' && !isRegion(value)) return 'A Region is written like `region:eu-west-1`.';
  if (key !== 'account' || /^\d{12}$/.test(value)) return null;
  // Where accounts have names, whether this is one is asked when the places are chosen.
  const mayBeName = (accounts?.size ?? 0) > 0 && /^[\w.-]{1,40}$/.test(value);
  return mayBeName ? null : 'An account has 12 digits.';
}

/** A bare word (`key` null) goes by its shape, an account's name before that; accounts end as ids. */
export function readThing(
  key: Condition['key'] | null,
  value: string,
  context: { readonly expectsUser: boolean; readonly accounts: AccountNames | undefined },
): Pick<Condition, 'key' | 'value'> {
  const accountId = context.accounts?.get(value.toLowerCase());
  const isName = key === null && !context.expectsUser && accountId !== undefined;
  const shape = key ?? (isName ? 'account' : classifyThing(value));
  const actual = shape === 'name' && context.expectsUser ? 'user' : shape;
  return { key: actual, value: actual === 'account' ? (accountId ?? value) : value };
}
