import { hasVisibleText } from '../text/cut-text.ts';
import { accept, byWhom, type Handler, reject, sameActor, tooMany } from './decision.ts';
import { lastEdit, recordedText, sectionTitle, standingEdit } from './document-edits.ts';
import { REMARKS } from './evaluation.ts';
import { LIMITS } from './limits.ts';
import type { IncidentState } from './state.ts';

/** What the record says already, or nothing at all, takes an edit back. */
function wordsOver(
  { section, text }: Parameters<Handler<'edit-document'>>[0],
  state: IncidentState,
): string {
  const written = text.trim();
  return hasVisibleText(written) && written !== recordedText(state, section) ? written : '';
}

/** Whoever writes on what somebody else has changed meanwhile is told, instead of undoing it unseen. */
export const editDocument: Handler<'edit-document'> = (command, { state, actor, nowMs }) => {
  const { section, basis } = command;
  const title = sectionTitle(section);
  const text = wordsOver(command, state);
  const last = lastEdit(state.edits, section);
  if ((standingEdit(state.edits, section)?.text ?? '') === text) {
    const isOwn = last !== null && sameActor(last.by, actor);
    if (isOwn && basis < last.revision) return accept();
    return reject(
      'already-done',
      last === null || text === ''
        ? `“${title}” says this already: it is as recorded. Change the text, or leave the form.`
        : `“${title}” says this already, edited ${byWhom(last.by, last.atMs, nowMs)}. Change the text, or leave the form.`,
    );
  }
  if (last !== null && last.revision !== basis) {
    return reject(
      'outdated',
      `“${title}” was changed ${byWhom(last.by, last.atMs, nowMs)}, after you had opened it. Look at what it says now and put together what should stand.`,
    );
  }
  const count = state.edits.reduce((sum, { revision }) => sum + revision, 0);
  return (
    tooMany(count, LIMITS.documentEditsMax, 'edits of the document') ??
    accept({ type: 'document-edited', section, text })
  );
};

/** A later one replaces it; the record keeps both. */
export const evaluateProcess: Handler<'evaluate-process'> = (command, { state, nowMs }) => {
  const { type: _type, basis, ...remarks } = command;
  const { evaluation: earlier } = state;
  if (earlier === null && REMARKS.every((name) => !hasVisibleText(remarks[name]))) {
    return reject('missing-text', 'Nothing was written yet. One answer is enough.');
  }
  if (earlier !== null && REMARKS.every((name) => earlier[name] === remarks[name])) {
    const by = byWhom(earlier.by, earlier.atMs, nowMs);
    return reject('already-done', `This evaluation was already recorded ${by}.`);
  }
  if (earlier !== null && earlier.revision !== basis) {
    const by = byWhom(earlier.by, earlier.atMs, nowMs);
    return reject(
      'outdated',
      `The process was evaluated ${by}, after you had opened this. Look at what it says now and put together what should stand.`,
    );
  }
  return (
    tooMany(earlier?.revision ?? 0, LIMITS.evaluationsMax, 'evaluations of the process') ??
    accept({ type: 'process-evaluated', ...remarks })
  );
};
