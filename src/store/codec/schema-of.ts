import { z } from 'zod';

type Complete<T, Output> = [T] extends [Output]
  ? unknown
  : { readonly problem: 'the schema leaves out a part of the type'; readonly output: Output };

/**
 * Ties a schema to a domain type in both directions: what it yields fits the type, and whatever
 * the type allows it lets through. So a new event or field cannot be written but not read.
 */
export function schemaOf<T>() {
  return <S extends z.ZodType<T>>(schema: S & Complete<T, z.output<S>>): z.ZodType<T> => schema;
}

export function listOf<S extends z.ZodType>(schema: S) {
  return z.array(schema).readonly();
}
