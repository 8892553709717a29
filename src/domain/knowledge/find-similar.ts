import type { IncidentProfile } from './profile.ts';

/** An incident on record, as far as it is compared. */
export interface KnownIncident {
  readonly incidentId: string;
  readonly title: string;
  readonly openedAtMs: number;
  readonly status: 'open' | 'closed';
  /** False: practice, or a proposal that nobody took for an incident. Nothing is learnt from those. */
  readonly isCounted: boolean;
  readonly profile: IncidentProfile;
}

/** One that looks alike, and what came of it. Titles, names and texts were chosen by others. */
export interface SimilarIncident {
  readonly incidentId: string;
  readonly title: string;
  readonly openedAtMs: number;
  /** "the same alarm checkout-5xx"; most telling first. */
  readonly reasons: readonly string[];
  readonly rootCause: string | null;
  readonly fix: string | null;
  readonly documentLink: string | null;
  /** When it was found: what came of it cannot be known yet. */
  readonly isOpen: boolean;
}

type Feature = 'alarms' | 'resources' | 'changeClasses' | 'words';

interface FeatureRow {
  readonly feature: Feature;
  /** Of one that no other incident has; each doubling of those that have it halves what it says. */
  readonly weight: number;
  readonly most: number;
  readonly namesTold: number;
  tell(names: readonly string[]): string;
}

/** An alarm watches one thing for one reason; words are shared by chance. */
const FEATURES: readonly FeatureRow[] = [
  {
    feature: 'alarms',
    weight: 3,
    most: 6,
    namesTold: 2,
    tell: (names) => `the same alarm${names.length > 1 ? 's' : ''} ${names.join(', ')}`,
  },
  {
    feature: 'resources',
    weight: 2,
    most: 4,
    namesTold: 2,
    tell: (names) => `the same resource${names.length > 1 ? 's' : ''} ${names.join(', ')}`,
  },
  {
    feature: 'changeClasses',
    weight: 1,
    most: 1,
    namesTold: 1,
    tell: (names) => `the same kind of change (${names.join(', ').replaceAll('-', ' ')})`,
  },
  {
    feature: 'words',
    weight: 0.6,
    most: 2.4,
    namesTold: 4,
    tell: (names) => `words in common: ${names.join(', ')}`,
  },
];

const LIMITS = {
  /** The same alarm that goes off in every second incident is not enough by itself. */
  scoreMin: 1.5,
  shownMax: 3,
} as const;

/**
 * The incidents on record that look most like this one, best first; the newer of equals. Nothing
 * here says that the cause is the same: that is for people to see.
 */
export function findSimilar(
  incidentId: string,
  profile: IncidentProfile,
  known: readonly KnownIncident[],
): readonly SimilarIncident[] {
  const others = known.filter((row) => row.incidentId !== incidentId && row.isCounted);
  const counts = FEATURES.map(({ feature }) => countEach(others, feature));
  return others
    .map((other) => ({ other, ...likeness(profile, other.profile, counts) }))
    .filter(({ score }) => score >= LIMITS.scoreMin)
    .sort(
      (a, b) =>
        b.score - a.score ||
        b.other.openedAtMs - a.other.openedAtMs ||
        (a.other.incidentId < b.other.incidentId ? -1 : 1),
    )
    .slice(0, LIMITS.shownMax)
    .map(({ other, reasons }) => ({
      incidentId: other.incidentId,
      title: other.title,
      openedAtMs: other.openedAtMs,
      reasons,
      rootCause: other.profile.rootCause,
      fix: other.profile.fix,
      documentLink: other.profile.documentLink,
      isOpen: other.status === 'open',
    }));
}

function likeness(
  a: IncidentProfile,
  b: IncidentProfile,
  counts: readonly ReadonlyMap<string, number>[],
): { readonly score: number; readonly reasons: readonly string[] } {
  const parts = FEATURES.flatMap((row, index) => {
    const own = new Set(a[row.feature]);
    const weightOf = (name: string) => row.weight / (1 + Math.log2(counts[index]?.get(name) ?? 1));
    const shared = b[row.feature]
      .filter((name) => own.has(name))
      .sort((x, y) => weightOf(y) - weightOf(x) || (x < y ? -1 : 1));
    if (shared.length === 0) return [];
    const sum = shared.reduce((total, name) => total + weightOf(name), 0);
    const score = Math.min(row.most, sum);
    return [{ score, words: row.tell(shared.slice(0, row.namesTold)) }];
  }).sort((x, y) => y.score - x.score);
  return {
    score: parts.reduce((total, { score }) => total + score, 0),
    reasons: parts.map(({ words }) => words),
  };
}

function countEach(known: readonly KnownIncident[], feature: Feature): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { profile } of known) {
    for (const name of new Set(profile[feature])) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
