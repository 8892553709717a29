/**
 * `next`, with every part that equals the same part of `previous` replaced by it. The server sends
 * the whole workspace after each change; shared parts let React skip messages that did not change.
 */
export function shareUnchanged<T>(previous: unknown, next: T): T;
export function shareUnchanged(previous: unknown, next: unknown): unknown {
  if (Object.is(previous, next)) return previous;
  if (Array.isArray(previous) && Array.isArray(next)) return shareArray(previous, next);
  if (isRecord(previous) && isRecord(next)) return shareRecord(previous, next);
  return next;
}

function shareArray(previous: readonly unknown[], next: readonly unknown[]): readonly unknown[] {
  const shared = next.map((item, index) => shareUnchanged(previous[index], item));
  const isSame = shared.length === previous.length && shared.every((v, i) => v === previous[i]);
  return isSame ? previous : shared;
}

function shareRecord(
  previous: Readonly<Record<string, unknown>>,
  next: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const shared = Object.fromEntries(
    Object.entries(next).map(([key, value]) => [key, shareUnchanged(ownOf(previous, key), value)]),
  );
  const keys = Object.keys(shared);
  const isSame =
    keys.length === Object.keys(previous).length &&
    keys.every((key) => Object.hasOwn(previous, key) && shared[key] === previous[key]);
  return isSame ? previous : shared;
}

function ownOf(record: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
