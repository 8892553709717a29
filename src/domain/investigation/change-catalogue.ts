import { PERMITTING } from './catalogue/permitting.ts';
import { REACHING } from './catalogue/reaching.ts';
import { RUNNING } from './catalogue/running.ts';
import type { CatalogueRow, ChangeKind } from './change-class.ts';

/** What the calls do that are known to break things; each is named once. */
export const CHANGE_CATALOGUE: readonly CatalogueRow[] = [...RUNNING, ...REACHING, ...PERMITTING];

const BY_CALL: ReadonlyMap<string, ChangeKind> = new Map(
  CHANGE_CATALOGUE.flatMap(({ kind, calls }) =>
    Object.entries(calls).flatMap(([service, names]) =>
      names.split(' ').map((name) => [`${service}/${name}`, kind] as const),
    ),
  ),
);

/** Null for a call that the table does not name. */
export function knownChange(service: string, normalisedName: string): ChangeKind | null {
  return BY_CALL.get(`${service}/${normalisedName}`) ?? null;
}
