import { cutText } from '../text/cut-text.ts';
import { agoWords } from '../text/time-words.ts';
import { accept, type Handler, reject, tooMany } from './decision.ts';
import type { Evidence, Statement } from './evidence.ts';
import { LIMITS } from './limits.ts';
import { rejectStatement, STATEMENT_LIMITS } from './statement.ts';

/** A gathering that has been running longer than this no longer keeps people from asking again. */
const GATHERING_RUNS_MAX_MS = 10 * 60_000;

export const requestGathering: Handler<'request-gathering'> = (command, { state, nowMs }) => {
  const running = state.gatherings.find(
    (row) =>
      row.gatheringId === command.gatheringId ||
      (row.finishedAtMs === null && nowMs - row.requestedAtMs < GATHERING_RUNS_MAX_MS),
  );
  if (running !== undefined) {
    const ago = agoWords(running.requestedAtMs, nowMs);
    return reject(
      'already-done',
      `Evidence is already being gathered (asked for ${ago}). Wait for its result, then ask again.`,
    );
  }
  if (!(command.fromMs < command.toMs)) {
    return reject(
      'not-allowed',
      'The time to look at ends before it begins. Choose an end after the start.',
    );
  }
  const { type: _type, ...gathering } = command;
  return (
    tooMany(state.gatherings.length, LIMITS.gatheringsMax, 'gatherings') ??
    accept({ type: 'gathering-requested', ...gathering })
  );
};

export const finishGathering: Handler<'finish-gathering'> = (command, { state, nowMs }) => {
  const gathering = state.gatherings.find((row) => row.gatheringId === command.gatheringId);
  if (gathering === undefined) {
    return reject('not-found', 'No such gathering of evidence was asked for in this incident.');
  }
  if (gathering.finishedAtMs !== null) {
    const ago = agoWords(gathering.finishedAtMs, nowMs);
    return reject('already-done', `This gathering already finished ${ago}.`);
  }
  return accept({
    type: 'gathering-finished',
    gatheringId: command.gatheringId,
    summary: cutText(command.summary, LIMITS.textCharactersMax),
  });
};

function cutStatement(statement: Statement): Statement {
  const { answer } = statement;
  const { questionCharactersMax, commentCharactersMax } = STATEMENT_LIMITS;
  const comment = answer?.comment == null ? null : cutText(answer.comment, commentCharactersMax);
  return {
    ...statement,
    question: cutText(statement.question, questionCharactersMax),
    records: statement.records.slice(0, 1),
    answer: answer === null ? null : { ...answer, comment },
  };
}

function cutEvidence(evidence: Evidence): Evidence {
  switch (evidence.kind) {
    case 'alarms':
      return {
        ...evidence,
        alarms: evidence.alarms.slice(0, LIMITS.evidenceAlarmsMax),
        transitions: evidence.transitions.slice(0, LIMITS.evidenceTransitionsMax),
      };
    case 'changes':
    case 'lookup':
      return { ...evidence, records: evidence.records.slice(0, LIMITS.evidenceRecordsMax) };
    case 'statement':
      return cutStatement(evidence);
  }
}

/** The same evidence again (a page delivered twice) is accepted without an event. */
export const recordEvidence: Handler<'record-evidence'> = (command, { state, actor }) => {
  const evidence = cutEvidence(command.evidence);
  const earlier = state.evidence.find((row) => row.evidenceId === evidence.evidenceId);
  const refusal = evidence.kind === 'statement' ? rejectStatement(earlier, evidence, actor) : null;
  if (refusal !== null) return refusal;
  if (earlier === undefined) {
    return (
      tooMany(state.evidence.length, LIMITS.evidenceMax, 'pieces of evidence') ??
      accept({ type: 'evidence-recorded', evidence })
    );
  }
  return JSON.stringify(earlier) === JSON.stringify(evidence)
    ? accept()
    : accept({ type: 'evidence-recorded', evidence });
};
