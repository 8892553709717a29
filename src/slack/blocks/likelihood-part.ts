import { likelihoodNow, nothingNow } from '../../domain/incident/likelihood-now.ts';
import type { Hypothesis, IncidentState } from '../../domain/incident/state.ts';
import { percentWords } from '../../domain/incident/tell-moves.ts';
import { actor, type Part } from './text.ts';
import { HYPOTHESIS_WORDS } from './words.ts';

/** "likely, 72 %"; what a person said about it is shown as theirs, beside what the bot computes. */
export function likelihoodPart(state: IncidentState, row: Hypothesis): Part {
  const now = likelihoodNow(state, row);
  const percent = now === null ? null : percentWords(now.probability);
  if (row.isRatedByPerson) {
    const bot = percent === null ? null : `; the bot: ${percent}`;
    return row.by.kind === 'person'
      ? [`rated ${row.likelihood} by `, actor(row.by), bot]
      : [`rated ${row.likelihood} by a person`, bot];
  }
  return now === null ? `${row.likelihood} likelihood` : `${now.likelihood}, ${percent}`;
}

/** The same with where it stands, once it is more than proposed: "testing, likely, 72 %". */
export function standingPart(state: IncidentState, row: Hypothesis): Part {
  const { word } = HYPOTHESIS_WORDS[row.status];
  if (row.status === 'confirmed' || row.status === 'eliminated') return word;
  return [row.status === 'proposed' ? null : `${word}, `, likelihoodPart(state, row)];
}

/** Of hypothesis 0; null while nothing is ranked. */
export function nothingLikelihood(state: IncidentState): string | null {
  const now = nothingNow(state);
  if (now === null || state.ranking === null) return null;
  const { recordCount, alarmCount } = state.ranking.basis;
  if (recordCount === 0 && alarmCount === 0) return 'how likely cannot be said: nothing was read';
  return `${now.likelihood}, ${percentWords(now.probability)}`;
}
