import type { IncidentState } from '../incident/state.ts';

/** What systems outside are told about an incident. */
export const WEBHOOK_EVENTS = [
  'opened',
  'closed',
  'reopened',
  'document-edited',
  'document',
] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/**
 * What became so between two states of an incident. Nothing about practice, and nothing about what an
 * alarm proposed until somebody took it for an incident: that is when it opens.
 */
export function webhookEventsBetween(
  before: IncidentState | null,
  after: IncidentState,
): readonly WebhookEvent[] {
  if (!isTold(after)) return [];
  const isClosed = before?.status !== 'closed' && after.status === 'closed';
  const { publication } = after;
  const isPublished = publication !== null && publication.atMs !== before?.publication?.atMs;
  const isReopened = before !== null && after.reopenings.length > before.reopenings.length;
  const isEdited = before !== null && editCount(after) > editCount(before);
  return [
    ...(before === null || !isTold(before) ? (['opened'] as const) : []),
    ...(isClosed ? (['closed'] as const) : []),
    ...(isReopened ? (['reopened'] as const) : []),
    ...(isEdited ? (['document-edited'] as const) : []),
    ...(isPublished ? (['document'] as const) : []),
  ];
}

/** Of sections, and of the evaluation, which is one more. */
function editCount({ edits, evaluation }: IncidentState): number {
  return edits.reduce((sum, { revision }) => sum + revision, evaluation?.revision ?? 0);
}

function isTold({ isDrill, proposal }: IncidentState): boolean {
  return !isDrill && (proposal === null || proposal.verdict === 'accepted');
}
