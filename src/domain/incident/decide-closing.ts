import { cutText, hasVisibleText } from '../text/cut-text.ts';
import { listWords } from '../text/list-words.ts';
import { agoWords } from '../text/time-words.ts';
import { missingForClose } from './close-gate.ts';
import {
  accept,
  byWhom,
  type CommandOf,
  enterStep,
  type Handler,
  type Rejection,
  reject,
  tooMany,
} from './decision.ts';
import { gatherAgain } from './gather-again.ts';
import { LIMITS } from './limits.ts';
import { stepNumber } from './steps.ts';

function rejectMeasures(command: CommandOf<'document-findings'>): Rejection | null {
  const { preventiveMeasures: measures } = command;
  if (measures.length > LIMITS.preventiveMeasuresMax) {
    return reject(
      'too-many',
      `There are ${measures.length} preventive measures and at most ${LIMITS.preventiveMeasuresMax} fit. Join some of them and try again.`,
    );
  }
  if (measures.some((measure) => !hasVisibleText(measure.text))) {
    return reject('missing-text', 'A preventive measure has no text. Write it or leave it out.');
  }
  if (measures.every((measure) => measure.text.length <= LIMITS.textCharactersMax)) return null;
  return reject(
    'text-too-long',
    `A preventive measure is longer than ${LIMITS.textCharactersMax} characters. Shorten it and try again.`,
  );
}

/** A later version replaces the earlier one. The step stays: the incident is closed by a person. */
export const documentFindings: Handler<'document-findings'> = (command, { state, nowMs }) => {
  const { type: _type, ...findings } = command;
  const { findings: earlier } = state;
  const isSame =
    earlier !== null &&
    earlier.rootCause === findings.rootCause &&
    earlier.lessons === findings.lessons &&
    JSON.stringify(earlier.preventiveMeasures) === JSON.stringify(findings.preventiveMeasures);
  if (isSame) {
    const by = byWhom(earlier.by, earlier.atMs, nowMs);
    return reject('already-done', `These findings were already recorded ${by}.`);
  }
  return rejectMeasures(command) ?? accept({ type: 'findings-documented', ...findings });
};

export const closeIncident: Handler<'close-incident'> = (command, { state }) => {
  const reason = command.reason !== null && hasVisibleText(command.reason) ? command.reason : null;
  const missing = missingForClose(state);
  if (missing.length > 0 && reason === null) {
    return reject(
      'reason-needed',
      `Still missing: ${listWords(missing.map((row) => row.name))}. Add it, or close anyway with a reason (for example "not an incident").`,
    );
  }
  return accept({ type: 'incident-closed', reason });
};

/** Back to the hypotheses, or to where it stood when it was closed before it got that far. */
export const reopenIncident: Handler<'reopen-incident'> = (command, { state, nowMs }) => {
  const reason = cutText(`Reopened: ${command.reason}`, LIMITS.textCharactersMax);
  const gotFurther = stepNumber(state.step) > stepNumber('hypothesize');
  return (
    tooMany(state.reopenings.length, LIMITS.reopeningsMax, 'reopenings') ??
    accept(
      { type: 'incident-reopened', reason: command.reason },
      ...(gotFurther ? enterStep(state, 'hypothesize', reason) : []),
      ...gatherAgain(state, nowMs),
    )
  );
};

/** Two workers may publish the same version: the second one changes nothing. */
export const recordPublication: Handler<'record-publication'> = (command, { state }) => {
  const isSame =
    state.publication !== null &&
    state.publication.ofVersion === command.ofVersion &&
    state.publication.permalink === command.permalink &&
    state.publication.canvasLink === command.canvasLink;
  const { type: _type, ...publication } = command;
  return isSame ? accept() : accept({ type: 'document-published', ...publication });
};

export const abandonWork: Handler<'abandon-work'> = (command, { state, nowMs }) => {
  const task = cutText(command.task, LIMITS.shortTextCharactersMax);
  const reason = cutText(command.reason, LIMITS.textCharactersMax);
  const earlier = state.abandonedWork.at(-1);
  if (earlier !== undefined && earlier.task === task && earlier.reason === reason) {
    const ago = agoWords(earlier.atMs, nowMs);
    return reject('already-done', `That this could not be done was already recorded ${ago}.`);
  }
  return (
    tooMany(state.abandonedWork.length, LIMITS.abandonedWorkMax, 'notes on abandoned work') ??
    accept({ type: 'work-abandoned', task, reason })
  );
};
