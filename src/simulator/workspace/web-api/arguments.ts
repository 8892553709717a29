import { z } from 'zod';
import { jsonObject, parseJson } from '../json.ts';

/** Form fields are strings, JSON bodies are not; these read both. */

const isEmpty = (value: unknown) => value === undefined || value === null || value === '';

function optional<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (isEmpty(value) ? undefined : value), schema.optional());
}

const asText = z.union([z.string(), z.number().transform(String)]);
const asFlag = z.union([
  z.boolean(),
  z.enum(['true', '1']).transform(() => true),
  z.enum(['false', '0']).transform(() => false),
]);

export const text = z.preprocess((value) => (isEmpty(value) ? undefined : value), asText);
export const optionalText = optional(asText);
export const flag = optional(asFlag).transform((value) => value ?? false);
export const count = (fallback: number, max: number) =>
  optional(z.coerce.number().int().min(1)).transform((value) => Math.min(value ?? fallback, max));

function decoded(value: unknown): unknown {
  if (isEmpty(value)) return undefined;
  // Null is no object and no list, so broken JSON is refused and not taken for an absent argument.
  return typeof value === 'string' ? (parseJson(value) ?? null) : value;
}

/** A JSON array of objects, given as such or as a string. `present` tells an empty one from none. */
export const optionalObjects = z.preprocess(decoded, z.array(jsonObject).optional());
export const optionalObject = z.preprocess(decoded, jsonObject.optional());
export const object = z.preprocess(decoded, jsonObject);
/** `C1,C2` or a JSON array. */
export const idList = optional(
  z.union([z.array(z.string()), z.string().transform((value) => value.split(','))]),
);

/** The cursor is the place in the list, which is all that a workspace in memory needs. */
export function page<Item>(
  items: readonly Item[],
  limit: number,
  cursor: string | undefined,
): { readonly items: readonly Item[]; readonly nextCursor: string } {
  const start = cursor === undefined ? 0 : Number(Buffer.from(cursor, 'base64url').toString());
  const from = Number.isInteger(start) && start >= 0 ? start : 0;
  const end = from + limit;
  const nextCursor = end < items.length ? Buffer.from(String(end)).toString('base64url') : '';
  return { items: items.slice(from, end), nextCursor };
}
