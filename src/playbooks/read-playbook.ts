import { isNode, isPair, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Playbook } from '../domain/playbook/playbook.ts';
import { playbookSchema } from './schema.ts';

export interface PlaceAndReason {
  /** 1 for the first line; null where it is about the file as a whole. */
  readonly line: number | null;
  readonly reason: string;
}

export type PlaybookReading =
  | { readonly kind: 'playbook'; readonly playbook: Playbook }
  | { readonly kind: 'problems'; readonly problems: readonly PlaceAndReason[] };

/** More than these help nobody: the first ones have to be mended anyway. */
const PROBLEMS_TOLD_MAX = 10;

/** Reads the text of one playbook file; every problem has the line it is on. */
export function readPlaybook(text: string): PlaybookReading {
  const lines = new LineCounter();
  const tree = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line);
  if (tree.errors.length > 0) {
    return problems(
      tree.errors.map((error) => ({ line: lineAt(error.pos[0]), reason: error.message })),
    );
  }
  if (tree.contents === null) return problems([{ line: null, reason: 'is empty' }]);
  const value = toValue(tree);
  if (value.kind === 'refused') return problems([{ line: null, reason: value.reason }]);
  const parsed = playbookSchema.safeParse(value.value);
  if (parsed.success) return { kind: 'playbook', playbook: parsed.data };
  return problems(
    parsed.error.issues
      .flatMap(eachKeyAlone)
      .map(({ path, message }) => ({
        line: lineAt(offsetOf(tree.contents, path)),
        reason: path.length === 0 ? message : `${path.map(String).join('.')} ${message}`,
      }))
      .toSorted((a, b) => a.line - b.line),
  );
}

function problems(found: readonly PlaceAndReason[]): PlaybookReading {
  const told = found.slice(0, PROBLEMS_TOLD_MAX);
  const more = found.length - told.length;
  const rest = more > 0 ? [{ line: null, reason: `has ${more} more problems` }] : [];
  return { kind: 'problems', problems: [...told, ...rest] };
}

/** No aliases: with them a small file can stand for an endless tree. */
function toValue(tree: { toJS(options: { maxAliasCount: number }): unknown }) {
  try {
    return { kind: 'value', value: tree.toJS({ maxAliasCount: 0 }) } as const;
  } catch {
    return { kind: 'refused', reason: 'uses anchors and aliases (& and *): write it out' } as const;
  }
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

function eachKeyAlone(issue: z.core.$ZodIssue): readonly Issue[] {
  if (issue.code !== 'unrecognized_keys') return [issue];
  return issue.keys.map((key) => ({ path: [...issue.path, key], message: 'is not known here' }));
}

/** Where the deepest part of the path that is there begins. */
function offsetOf(root: unknown, path: readonly PropertyKey[]): number {
  let offset = isNode(root) ? (root.range?.[0] ?? 0) : 0;
  let node: unknown = root;
  for (const step of path) {
    const next = childOf(node, step);
    if (next === null) break;
    offset = next.offset;
    node = next.node;
  }
  return offset;
}

function childOf(
  node: unknown,
  step: PropertyKey,
): { readonly node: unknown; readonly offset: number } | null {
  if (!isNode(node) || !('items' in node) || !Array.isArray(node.items)) return null;
  const items: readonly unknown[] = node.items;
  const found = typeof step === 'number' ? items[step] : items.find((item) => hasKey(item, step));
  if (isPair(found)) return { node: found.value, offset: startOf(found.key) };
  return isNode(found) ? { node: found, offset: startOf(found) } : null;
}

function hasKey(item: unknown, step: PropertyKey): boolean {
  return isPair(item) && isNode(item.key) && String(item.key) === step;
}

function startOf(node: unknown): number {
  return isNode(node) ? ((node as Node).range?.[0] ?? 0) : 0;
}
