/** Parsed JSON, as a record's parameters come: anything may be anything. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

export type JsonObject = { readonly [key: string]: JsonValue };

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value under a key whatever its case: services differ in it (`dBInstanceIdentifier`). */
export function memberOf(value: JsonValue | undefined, key: string): JsonValue | undefined {
  if (!isJsonObject(value)) return undefined;
  if (Object.hasOwn(value, key)) return value[key];
  const wanted = key.toLowerCase();
  const found = Object.keys(value).find((candidate) => candidate.toLowerCase() === wanted);
  return found === undefined ? undefined : value[found];
}

/** Follows keys one after another; undefined where one is missing. */
export function pathOf(
  value: JsonValue | undefined,
  ...keys: readonly string[]
): JsonValue | undefined {
  return keys.reduce<JsonValue | undefined>(memberOf, value);
}

/** Text that says something: not empty, not the `-` and `--` of masked records. */
export function textOf(value: JsonValue | undefined): string | null {
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return /^-*$/.test(text) ? null : text;
}
