import { listWords } from '../../text/list-words.ts';
import { upperFirst } from '../../text/upper-first.ts';
import { otherEventsAsked } from './other-events.ts';
import { PLACE_NAMES, PLACE_WORDS, type Place } from './query.ts';
import {
  type AskedTarget,
  bestCovering,
  type Candidate,
  couldAnswer,
  daysOf,
  placeWords,
  type Question,
  reaches,
  refusal,
  type SourceChoosing,
  spread,
} from './source-reach.ts';

/** Searches where `in:` says, and nowhere else. */
export function chooseForced<Source extends Candidate<Target>, Target extends AskedTarget>(
  question: Question<Source, Target>,
  place: Place,
): SourceChoosing<Source, Target> {
  const { sources, targets } = question;
  const name = PLACE_NAMES[place];
  if (place === 'files') {
    return refusal(
      'Exported files are read on the command line: `redthread trail --events PATH`. Leave out `in:files` to search here.',
    );
  }
  const ofPlace = sources.filter(({ reach }) => reach.id === place);
  if (ofPlace.length === 0) {
    const others = [...new Set(sources.map(({ reach }) => `\`in:${PLACE_WORDS[reach.id][0]}\``))];
    return refusal(
      `${name} is not set up for this bot. What can be searched: ${listWords(others)}.`,
    );
  }
  const lack = lackOf(ofPlace, question);
  if (lack !== null) {
    const ids = sources
      .filter((source) => !ofPlace.includes(source) && lackOf([source], question) === null)
      .map(({ reach }) => reach.id);
    return refusal(`${lack}${couldAnswer(ids)}`);
  }
  const able = ofPlace.filter((source) => lackOf([source], question) === null);
  const chosen = bestCovering(able, targets);
  const without = `Leave out \`in:${PLACE_WORDS[place][0]}\` to search elsewhere.`;
  if (chosen === null) {
    return refusal(`${name} holds nothing of ${placeWords(targets)} here. ${without}`);
  }
  const searches = spread([chosen, ...able.filter((source) => source !== chosen)], targets);
  const covered = new Set(searches.flatMap((search) => search.targets));
  const uncovered = targets
    .filter((target) => !covered.has(target))
    .map((target) => ({ target, explanation: `${name} holds nothing of it here. ${without}` }));
  return { kind: 'choice', searches, othersLater: false, uncovered, reason: null };
}

/** Why none of `sources`, which are all of one kind, can answer; null when one can. */
function lackOf<Source extends Candidate<Target>, Target extends AskedTarget>(
  sources: readonly Source[],
  question: Question<Source, Target>,
): string | null {
  const other = otherEventsAsked(question.query);
  const [first] = sources;
  if (first === undefined) return null;
  const name = PLACE_NAMES[first.reach.id];
  const holding = sources.filter(
    ({ reach }) => !other?.only || reach.holds.includes(other.category),
  );
  if (holding.length === 0 && other !== null) {
    return `${upperFirst(other.named)} is a ${other.category} event, and ${name} holds none here.`;
  }
  if (holding.some(({ reach }) => reaches(reach, question))) return null;
  return `${name} reaches back ${daysOf(first.reach.lookbackMaxMs)} days, and this asks for older calls.`;
}
