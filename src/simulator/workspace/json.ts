import { z } from 'zod';

export type Json = Readonly<Record<string, unknown>>;

export const jsonObject = z.record(z.string(), z.unknown());

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The list's objects; anything else in it, or anything that is not a list, is left out. */
export function objectsIn(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** Nothing at all: what a bare acknowledgement carries. */
export function isEmptyPayload(value: unknown): boolean {
  if (isObject(value)) return Object.keys(value).length === 0;
  return value === undefined || value === null || value === '';
}

/** The text as JSON, or undefined where it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
