import type { EvolversOf } from './evolver.ts';

/** Events that put something on the record without moving the method. */
export const LOG_EVOLVERS: EvolversOf<
  | 'similar-found'
  | 'similar-dismissed'
  | 'note-added'
  | 'message-captured'
  | 'captured-message-edited'
  | 'captured-message-released'
  | 'gathering-requested'
  | 'gathering-finished'
  | 'evidence-recorded'
  | 'incident-escalated'
  | 'document-published'
  | 'work-abandoned'
  | 'record-redacted'
> = {
  'similar-found': (state, { similar }) => {
    const found = new Set(similar.map(({ incidentId }) => incidentId));
    const dismissedOf = new Map(state.similar.map((row) => [row.incidentId, row.dismissed]));
    return {
      ...state,
      similar: [
        ...similar.map((row) => ({ ...row, dismissed: dismissedOf.get(row.incidentId) ?? null })),
        ...state.similar.filter((row) => row.dismissed !== null && !found.has(row.incidentId)),
      ],
    };
  },
  'similar-dismissed': (state, { similarId }, { actor, atMs }) => ({
    ...state,
    similar: state.similar.map((row) =>
      row.incidentId === similarId ? { ...row, dismissed: { by: actor, atMs } } : row,
    ),
  }),
  'note-added': (state, event, { actor, atMs }) => ({
    ...state,
    notes: [...state.notes, { noteId: event.noteId, text: event.text, by: actor, atMs }],
  }),
  'message-captured': (state, { type: _type, ...message }) => ({
    ...state,
    capturedMessages: [...state.capturedMessages, message],
  }),
  'captured-message-edited': (state, event) => ({
    ...state,
    capturedMessages: state.capturedMessages.map((message) =>
      message.messageTs === event.messageTs ? { ...message, text: event.text } : message,
    ),
  }),
  'captured-message-released': (state, event) => ({
    ...state,
    capturedMessages: state.capturedMessages.filter(
      (message) => message.messageTs !== event.messageTs,
    ),
  }),
  'gathering-requested': (state, event, { atMs }) => ({
    ...state,
    gatherings: [
      ...state.gatherings,
      {
        gatheringId: event.gatheringId,
        fromMs: event.fromMs,
        toMs: event.toMs,
        requestedAtMs: atMs,
        finishedAtMs: null,
        summary: null,
      },
    ],
  }),
  'gathering-finished': (state, event, { atMs }) => ({
    ...state,
    gatherings: state.gatherings.map((gathering) =>
      gathering.gatheringId === event.gatheringId
        ? { ...gathering, finishedAtMs: atMs, summary: event.summary }
        : gathering,
    ),
  }),
  'evidence-recorded': (state, { evidence }) => ({
    ...state,
    evidence: state.evidence.some((earlier) => earlier.evidenceId === evidence.evidenceId)
      ? state.evidence.map((earlier) =>
          earlier.evidenceId === evidence.evidenceId ? evidence : earlier,
        )
      : [...state.evidence, evidence],
  }),
  'incident-escalated': (state, event, { actor, atMs }) => ({
    ...state,
    escalations: [...state.escalations, { to: event.to, reason: event.reason, by: actor, atMs }],
  }),
  'document-published': (state, { ofVersion, permalink, canvasLink }, { atMs }) => ({
    ...state,
    publication: { ofVersion, permalink, canvasLink, atMs },
  }),
  'record-redacted': (state) => state,
  'work-abandoned': (state, event, { atMs }) => ({
    ...state,
    abandonedWork: [...state.abandonedWork, { task: event.task, reason: event.reason, atMs }],
  }),
};
