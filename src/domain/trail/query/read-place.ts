import { suggest } from '../../words/suggest.ts';
import { PLACE_WORDS, PLACES, type Place } from './query.ts';

export type PlaceReading =
  | { readonly kind: 'place'; readonly place: Place }
  /** The word that was probably meant; null: none of ours is near. */
  | { readonly kind: 'unknown'; readonly meant: string | null };

/** What stands behind `in:`. */
export function readPlace(value: string): PlaceReading {
  const typed = value.toLowerCase();
  const place = PLACES.find((known) => wordsOf(known).includes(typed));
  if (place !== undefined) return { kind: 'place', place };
  const meant = suggest(typed, PLACES.flatMap(wordsOf));
  return { kind: 'unknown', meant };
}

/** One word for each place, for telling what can be written. */
export const PLACE_CHOICES: readonly string[] = PLACES.map((place) => PLACE_WORDS[place][0]);

function wordsOf(place: Place): readonly string[] {
  return PLACE_WORDS[place];
}
