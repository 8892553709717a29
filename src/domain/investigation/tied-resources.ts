import type { TrailRecord } from '../trail/record.ts';
import { findChangeSets } from './change-set.ts';
import type { InvestigationInput } from './investigate.ts';
import { isCommonName, nameForms } from './name-forms.ts';
import { findOnset } from './onset.ts';
import { createScene } from './scene.ts';

const LIMITS = {
  strengthMin: 0.25,
  namesMax: 40,
} as const;

/** Something that the records tie to what the alarms watch, and how strongly (0 to 1). */
export interface TiedResource {
  /** As recorded: the one spelling that Event history is known to have. */
  readonly name: string;
  readonly strength: number;
  /** Where it was named. */
  readonly region: string;
  /** Roles are recorded with the global services, wherever they are used. */
  readonly isRole: boolean;
}

/**
 * Security groups, task definitions, roles and whatever else calls name together with the alarms'
 * own things, the closest first; what was changed on them days ago may only show now.
 */
export function tiedResources(input: InvestigationInput): readonly TiedResource[] {
  const onset = findOnset(input.alarms, input.transitions, input.nowMs);
  if (onset === null) return [];
  const { views } = createScene(input, onset, findChangeSets([]));
  const found = new Map<string, TiedResource>();
  for (const record of input.records) {
    for (const { name, isRole } of namesIn(record)) {
      const key = `${record.region} ${nameForms(name).at(-1) ?? name}`;
      if (found.has(key)) continue;
      const strength = Math.max(
        0,
        ...views.map(({ relations }) => relations.tieOf([name])?.strength ?? 0),
      );
      found.set(key, { name, strength, region: record.region, isRole });
    }
  }
  return [...found.values()]
    .filter(({ strength }) => strength >= LIMITS.strengthMin)
    .sort((a, b) => b.strength - a.strength || (a.name < b.name ? -1 : 1))
    .slice(0, LIMITS.namesMax);
}

interface NamedThing {
  readonly name: string;
  readonly isRole: boolean;
}

const ROLE_ARN = /^arn:[^:]+:iam::\d*:role\//;

/** What a call names, and the role of a program that made it. */
function namesIn({
  resources,
  principal,
  readOnly,
  errorCode,
}: TrailRecord): readonly NamedThing[] {
  const named = resources.map(({ name }): NamedThing => ({ name, isRole: ROLE_ARN.test(name) }));
  const isWorkload = principal.kind !== 'human' && (readOnly || errorCode !== null);
  const { roleName } = principal;
  const caller = isWorkload && roleName !== null ? [{ name: roleName, isRole: true }] : [];
  return [...named, ...caller].filter(({ name }) => !isCommonName(name) && name.length >= 3);
}
