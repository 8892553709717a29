import { listWords } from '../../text/list-words.ts';
import { upperFirst } from '../../text/upper-first.ts';
import type { EventCategory } from '../record.ts';
import { chooseForced } from './choose-forced-source.ts';
import { wantedByVerbs } from './event-names.ts';
import { otherEventsAsked } from './other-events.ts';
import { PLACE_NAMES, type TrailQuery, valuesOf } from './query.ts';
import {
  type AskedTarget,
  bestCovering,
  type Candidate,
  couldAnswer,
  daysOf,
  placeWords,
  type Question,
  type Reach,
  reaches,
  refusal,
  type SourceChoosing,
  spread,
} from './source-reach.ts';

/** Reading every call of a longer window takes Event history minutes: two pages of 50 a second. */
export const LONG_WINDOW_MS = 6 * 60 * 60_000;

/** Why something other than Event history has to answer; the first row that applies decides. */
interface Need {
  readonly category: EventCategory;
  /** Only what finds by every attribute at once is of use. */
  readonly everything: boolean;
  /** Behind "because". */
  readonly because: string;
  /** What Event history lacks, for when nothing suits; null: it answers all the same. */
  readonly refusal: string | null;
}

/** Decides what is searched for a question, by what it names, how far it reaches and what is covered. */
export function chooseSources<Target extends AskedTarget, Source extends Candidate<Target>>(
  question: Question<Source, Target>,
): SourceChoosing<Source, Target> {
  const { query, sources, targets } = question;
  if (query.place !== null) return chooseForced(question, query.place);
  for (const need of needsOf(question)) {
    const suitable = sources.filter(({ reach }) => suits(reach, need) && reaches(reach, question));
    const chosen = bestCovering(suitable, targets);
    if (chosen !== null) return withTheRest(question, chosen, need);
    if (need.refusal !== null) return refuse(question, need.refusal, need);
  }
  return byDefault(question);
}

function* needsOf<Source extends Candidate<Target>, Target extends AskedTarget>(
  question: Question<Source, Target>,
): Generator<Need> {
  const { query, sources } = question;
  const other = otherEventsAsked(query);
  if (other?.only) {
    const what = `${other.named} is a ${other.category} event`;
    yield {
      category: other.category,
      everything: false,
      because: `${what}, and Event history holds none`,
      refusal: `${upperFirst(what)}: Event history never holds those.`,
    };
  }
  const [history] = sources;
  if (history !== undefined && !reaches(history.reach, question)) {
    const days = daysOf(history.reach.lookbackMaxMs);
    yield {
      category: 'management',
      everything: false,
      because: `the time is past the ${days} days of Event history`,
      refusal: `Event history reaches back ${days} days, and this asks for older calls.`,
    };
  }
  if (query.toMs - query.fromMs > LONG_WINDOW_MS && isFullScan(query)) {
    yield {
      category: 'management',
      everything: true,
      because: 'Event history cannot look for this and would have to be read whole',
      refusal: null,
    };
  }
}

function suits<Target extends AskedTarget>(reach: Reach<Target>, need: Need): boolean {
  return reach.holds.includes(need.category) && (!need.everything || reach.searchesEverything);
}

/** LookupEvents finds by these, matched whole. */
const INDEXED_KEYS = ['id', 'key', 'resource', 'name', 'user', 'source'] as const;

/** Nothing in the question is something that Event history is indexed by. */
function isFullScan(query: TrailQuery): boolean {
  const isKnown = (name: string): boolean => !name.includes('*');
  const names = [...valuesOf(query, 'event'), ...namesOfVerbs(query)];
  const isByName = names.length > 0 && names.every(isKnown);
  return !isByName && !INDEXED_KEYS.some((key) => valuesOf(query, key).some(isKnown));
}

function namesOfVerbs(query: TrailQuery): readonly string[] {
  const wanted = wantedByVerbs(query);
  return wanted === null ? [] : [...wanted.first, ...wanted.otherwise].flat();
}

/** The chosen source where it covers, and elsewhere whatever else holds such events. */
function withTheRest<Source extends Candidate<Target>, Target extends AskedTarget>(
  question: Question<Source, Target>,
  chosen: Source,
  { category, because }: Need,
): SourceChoosing<Source, Target> {
  const { sources, targets } = question;
  const name = PLACE_NAMES[chosen.reach.id];
  const others = sources.filter(
    (source) =>
      source !== chosen && source.reach.holds.includes(category) && reaches(source.reach, question),
  );
  const isAlike = ({ reach }: Source): boolean => reach.id === chosen.reach.id;
  const inOrder = [...others.filter(isAlike), ...others.filter((source) => !isAlike(source))];
  const searches = spread([chosen, ...inOrder], targets);
  const covered = new Set(searches.flatMap((search) => search.targets));
  const explanation = `${name} holds nothing of it here, and nothing else could answer.`;
  const rest = searches
    .filter(({ source }) => !isAlike(source))
    .map(
      (search) =>
        ` ${PLACE_NAMES[search.source.reach.id]} was asked about ${placeWords(search.targets)}, which ${name} does not hold.`,
    );
  return {
    kind: 'choice',
    searches,
    othersLater: false,
    uncovered: targets
      .filter((target) => !covered.has(target))
      .map((target) => ({ target, explanation })),
    reason: `Searched in ${name}, because ${because}.${rest.join('')}`,
  };
}

/** Event history; and what holds more, where the question may be about something it does not hold. */
function byDefault<Source extends Candidate<Target>, Target extends AskedTarget>({
  query,
  sources,
  targets,
}: Question<Source, Target>): SourceChoosing<Source, Target> {
  const [first, ...others] = sources;
  if (first === undefined) return refusal('Nothing is set up to be searched.');
  const isById = valuesOf(query, 'id').length > 0;
  const mayBeOther = isById || otherEventsAsked(query) !== null;
  const besides = others
    .filter(({ reach }) => mayBeOther && reach.holds.some((category) => category !== 'management'))
    .map((source) => ({ source, targets: targets.filter((target) => source.reach.covers(target)) }))
    .filter((search) => search.targets.length > 0);
  const names = [...new Set(besides.map(({ source }) => PLACE_NAMES[source.reach.id]))];
  return {
    kind: 'choice',
    searches: [{ source: first, targets }, ...besides],
    othersLater: isById,
    uncovered: [],
    reason:
      names.length === 0
        ? null
        : `Searched in ${listWords(names)} too, because Event history does not hold every kind of event.`,
  };
}

function refuse<Source extends Candidate<Target>, Target extends AskedTarget>(
  question: Question<Source, Target>,
  lack: string,
  need: Need,
): SourceChoosing<Source, Target> {
  const able = question.sources.filter(
    ({ reach }) => suits(reach, need) && reaches(reach, question),
  );
  if (able.length === 0) return refusal(`${lack}${couldAnswer([])}`);
  const names = [...new Set(able.map(({ reach }) => PLACE_NAMES[reach.id]))];
  return refusal(
    `${lack} ${listWords(names)} could answer, but not about ${placeWords(question.targets)}.`,
  );
}
