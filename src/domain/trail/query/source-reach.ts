import { listWords } from '../../text/list-words.ts';
import type { EventCategory } from '../record.ts';
import { PLACE_WORDS, type Place, type TrailQuery } from './query.ts';

const DAY_MS = 24 * 60 * 60_000;

export interface AskedTarget {
  readonly accountId: string | null;
  readonly region: string;
}

/** What a source reaches, as far as the choice depends on it. */
export interface Reach<Target extends AskedTarget> {
  readonly id: Exclude<Place, 'files'>;
  readonly lookbackMaxMs: number | null;
  readonly holds: readonly EventCategory[];
  readonly searchesEverything: boolean;
  covers(target: Target): boolean;
}

export interface SourceChoice<Source, Target> {
  readonly kind: 'choice';
  /** The first is the one the answer is from; others where it holds nothing, or beside it. */
  readonly searches: readonly [SourceSearch<Source, Target>, ...SourceSearch<Source, Target>[]];
  /** The others only when the first finds nothing: they cost money. */
  readonly othersLater: boolean;
  /** Nobody can be asked about these, and why. */
  readonly uncovered: readonly { readonly target: Target; readonly explanation: string }[];
  /** Why others than Event history were searched, as a sentence; null where it goes without saying. */
  readonly reason: string | null;
}

export interface SourceSearch<Source, Target> {
  readonly source: Source;
  readonly targets: readonly Target[];
}

export type SourceChoosing<Source, Target> =
  | SourceChoice<Source, Target>
  /** A sentence for the person: why nothing can answer, and what could. */
  | { readonly kind: 'refusal'; readonly sentence: string };

export interface Question<Source, Target> {
  readonly query: TrailQuery;
  readonly targets: readonly Target[];
  readonly sources: readonly Source[];
  readonly nowMs: number;
}

export interface Candidate<Target extends AskedTarget> {
  readonly reach: Reach<Target>;
}

/** Each target goes to the first of `sources` that covers it; the first of them is always there. */
export function spread<Source extends Candidate<Target>, Target extends AskedTarget>(
  sources: readonly [Source, ...Source[]],
  targets: readonly Target[],
): SourceChoice<Source, Target>['searches'] {
  const [chosen, ...others] = sources;
  const bySource = Map.groupBy(targets, (target) =>
    sources.find(({ reach }) => reach.covers(target)),
  );
  const searchOf = (source: Source) => ({ source, targets: bySource.get(source) ?? [] });
  return [searchOf(chosen), ...others.map(searchOf).filter((search) => search.targets.length > 0)];
}

/** Null when none covers anything that is asked about. */
export function bestCovering<Source extends Candidate<Target>, Target extends AskedTarget>(
  sources: readonly Source[],
  targets: readonly Target[],
): Source | null {
  let best: { readonly source: Source; readonly count: number } | null = null;
  for (const source of sources) {
    const count = targets.filter((target) => source.reach.covers(target)).length;
    if (count > 0 && (best === null || count > best.count)) best = { source, count };
  }
  return best?.source ?? null;
}

/** What else could answer: those given, as `in:` names them; without any, what would have to be set up. */
export function couldAnswer(ids: readonly Exclude<Place, 'files'>[]): string {
  const words = [...new Set(ids.map((id) => `\`in:${PLACE_WORDS[id][0]}\``))];
  if (words.length > 0) return ` Ask with ${words.join(' or ')}, or leave \`in:\` out.`;
  return (
    ' A log group that a trail writes to or CloudTrail Lake could answer, but none that does is configured; ' +
    'exported files can be read with `redthread trail --events PATH`.'
  );
}

export function reaches<Target extends AskedTarget>(
  { lookbackMaxMs }: Reach<Target>,
  { query, nowMs }: Question<unknown, Target>,
): boolean {
  return lookbackMaxMs === null || query.fromMs >= nowMs - lookbackMaxMs;
}

export function daysOf(lookbackMaxMs: number | null): number {
  return Math.floor((lookbackMaxMs ?? 0) / DAY_MS);
}

export function placeWords(targets: readonly AskedTarget[]): string {
  return listWords(
    targets.map(({ accountId, region }) =>
      accountId === null ? region : `${region} of account ${accountId}`,
    ),
  );
}

export function refusal(sentence: string): { readonly kind: 'refusal'; readonly sentence: string } {
  return { kind: 'refusal', sentence };
}
