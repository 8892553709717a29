import { accept, byWhom, type Handler, reject } from './decision.ts';

/** Found again the same way is no event; what was dismissed stays dismissed. */
export const noteSimilar: Handler<'note-similar'> = ({ similar }, { state }) => {
  const found = similar.filter(({ incidentId }) => incidentId !== state.incidentId);
  const ids = new Set(found.map(({ incidentId }) => incidentId));
  const known = state.similar
    .filter(({ incidentId, dismissed }) => ids.has(incidentId) || dismissed === null)
    .map(({ dismissed: _dismissed, ...row }) => row);
  return JSON.stringify(known) === JSON.stringify(found)
    ? accept()
    : accept({ type: 'similar-found', similar: found });
};

export const dismissSimilar: Handler<'dismiss-similar'> = ({ similarId }, { state, nowMs }) => {
  const row = state.similar.find(({ incidentId }) => incidentId === similarId);
  if (row === undefined) {
    return reject('not-found', `${similarId} is not among those that look like this incident.`);
  }
  const { dismissed } = row;
  return dismissed === null
    ? accept({ type: 'similar-dismissed', similarId })
    : reject(
        'already-done',
        `${similarId} was already set aside ${byWhom(dismissed.by, dismissed.atMs, nowMs)}.`,
      );
};
