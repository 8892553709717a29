import type { JsonValue } from './json-value.ts';
import { isJsonObject } from './json-value.ts';

/** One value at the end of a branch of the parameters. */
export interface ParameterLeaf {
  readonly side: 'request' | 'response';
  /** Keys in small letters, without list positions and wrappers. */
  readonly path: readonly string[];
  readonly value: string | number | boolean;
}

const LIMITS = { leavesMax: 5_000, depthMax: 20 } as const;

/**
 * Every value of the parameters, in their order. EC2 wraps lists in `items` and newer requests in
 * `<Operation>Request`: both wrappers are left out of the path. Nulls and empty texts are no values.
 */
export function parameterLeaves(
  side: ParameterLeaf['side'],
  parameters: JsonValue | undefined,
): readonly ParameterLeaf[] {
  const leaves: ParameterLeaf[] = [];
  const visit = (value: JsonValue, path: readonly string[]): void => {
    if (value === null || value === '' || leaves.length >= LIMITS.leavesMax) return;
    if (path.length > LIMITS.depthMax) return;
    if (typeof value !== 'object') {
      leaves.push({ side, path, value });
      return;
    }
    for (const [key, child] of childrenOf(value)) {
      visit(child, key === null ? path : [...path, key]);
    }
  };
  visit(withoutWrapper(parameters), []);
  return leaves;
}

function childrenOf(
  value: Exclude<JsonValue, null | boolean | number | string>,
): readonly (readonly [string | null, JsonValue])[] {
  if (!isJsonObject(value)) return [...value.values()].map((child) => [null, child] as const);
  return Object.entries(value).map(([key, child]) => {
    const small = key.toLowerCase();
    return [small === 'items' ? null : small, child] as const;
  });
}

function withoutWrapper(parameters: JsonValue | undefined): JsonValue {
  if (!isJsonObject(parameters)) return null;
  const [only, ...others] = Object.entries(parameters);
  if (only === undefined || others.length > 0) return parameters;
  const [key, value] = only;
  return /(?:Request|Response)$/.test(key) && isJsonObject(value) ? value : parameters;
}
