export type Path = readonly string[];

/** The ways to every part of a JSON value, the value itself first. */
export function pathsIn(value: unknown): Path[] {
  if (value === null || typeof value !== 'object') return [[]];
  const below = Object.entries(value).flatMap(([key, part]) =>
    pathsIn(part).map((path) => [key, ...path]),
  );
  return [[], ...below];
}

/** A copy in which one part is another. */
export function withPart(value: object, path: Path, part: unknown): unknown {
  const copy: unknown = structuredClone({ root: value });
  const keys = ['root', ...path];
  const last = String(keys.pop());
  const holder = keys.reduce((at, key) => (at as Record<string, unknown>)[key], copy);
  (holder as Record<string, unknown>)[last] = part;
  return (copy as { readonly root: unknown }).root;
}
