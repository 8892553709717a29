import { cutText } from '../text/cut-text.ts';
import { accept, byWhom, type Handler, reject, tooMany } from './decision.ts';
import { LIMITS } from './limits.ts';
import type { CapturedMessage, IncidentState } from './state.ts';

export const addNote: Handler<'add-note'> = (command, { state, nowMs }) => {
  const earlier = state.notes.find((note) => note.noteId === command.noteId);
  if (earlier !== undefined) {
    const by = byWhom(earlier.by, earlier.atMs, nowMs);
    return reject('already-done', `This note was already added ${by}.`);
  }
  return (
    tooMany(state.notes.length, LIMITS.notesMax, 'notes') ??
    accept({ type: 'note-added', noteId: command.noteId, text: command.text })
  );
};

function findMessage(state: IncidentState, messageTs: string): CapturedMessage | undefined {
  return state.capturedMessages.find((message) => message.messageTs === messageTs);
}

// Slack delivers reactions and edits more than once, and two people may pin the same message:
// what is already so is accepted without an event. A message is cut, because nobody here typed it.

export const captureMessage: Handler<'capture-message'> = (command, { state }) => {
  if (findMessage(state, command.messageTs) !== undefined) return accept();
  const { type: _type, ...message } = command;
  return (
    tooMany(state.capturedMessages.length, LIMITS.capturedMessagesMax, 'messages') ??
    accept({
      type: 'message-captured',
      ...message,
      text: cutText(message.text, LIMITS.textCharactersMax),
    })
  );
};

export const editCapturedMessage: Handler<'edit-captured-message'> = (command, { state }) => {
  const text = cutText(command.text, LIMITS.textCharactersMax);
  const earlier = findMessage(state, command.messageTs);
  return earlier === undefined || earlier.text === text
    ? accept()
    : accept({ type: 'captured-message-edited', messageTs: command.messageTs, text });
};

export const releaseCapturedMessage: Handler<'release-captured-message'> = (command, { state }) =>
  findMessage(state, command.messageTs) === undefined
    ? accept()
    : accept({ type: 'captured-message-released', messageTs: command.messageTs });
