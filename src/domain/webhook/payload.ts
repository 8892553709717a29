import type { EditableSection } from '../incident/document-edits.ts';
import type { RecordedEvent, Severity } from '../incident/events.ts';
import type { IncidentState } from '../incident/state.ts';
import { profileOf } from '../knowledge/profile.ts';
import type { WebhookEvent } from './events.ts';

export const WEBHOOK_PAYLOAD_VERSION = 1;

/** The body of a delivery. Times are ISO 8601 in UTC, people and channels Slack's ids. */
export interface WebhookPayload {
  readonly version: typeof WEBHOOK_PAYLOAD_VERSION;
  /** The same each time this is sent, so that a receiver can drop what it has already. */
  readonly deliveryId: string;
  readonly event: WebhookEvent;
  readonly incidentId: string;
  readonly title: string;
  readonly severity: Severity;
  readonly status: 'open' | 'closed';
  readonly channelId: string;
  readonly ownerId: string | null;
  readonly openedAt: string;
  readonly closedAt: string | null;
  readonly rootCause: string | null;
  /** The solution that was verified. */
  readonly fix: string | null;
  readonly document?: WebhookDocument;
  readonly edit?: WebhookEdit;
}

/** What people put into their own words. */
export interface WebhookEdit {
  /** `process`: the evaluation. */
  readonly section: EditableSection | 'process';
  readonly editedBy: string | null;
  readonly editedAt: string;
}

export interface WebhookDocument {
  /** Of the record that it tells. */
  readonly ofVersion: number;
  readonly markdown: string;
  /** As `redthread export --json` prints it. */
  readonly json: unknown;
}

/** The incident as it is when this is sent. */
export function webhookPayload(
  state: IncidentState,
  { event, deliveryId }: { readonly event: WebhookEvent; readonly deliveryId: string },
  more: { readonly document?: WebhookDocument; readonly edit?: WebhookEdit } = {},
): WebhookPayload {
  const { rootCause, fix, closedAtMs } = profileOf(state);
  return {
    version: WEBHOOK_PAYLOAD_VERSION,
    deliveryId,
    event,
    incidentId: state.incidentId,
    title: state.title,
    severity: state.severity,
    status: state.status,
    channelId: state.channelId,
    ownerId: state.ownerId,
    openedAt: isoTime(state.openedAtMs),
    closedAt: closedAtMs === null ? null : isoTime(closedAtMs),
    rootCause,
    fix,
    ...more,
  };
}

/** The edit that made this version of the record; null: none did. */
export function webhookEdit(
  events: readonly RecordedEvent[],
  ofVersion: number,
): WebhookEdit | null {
  const recorded = events.find(({ version }) => version === ofVersion);
  if (recorded === undefined) return null;
  const { event, actor, atMs } = recorded;
  if (event.type !== 'document-edited' && event.type !== 'process-evaluated') return null;
  return {
    section: event.type === 'document-edited' ? event.section : 'process',
    editedBy: actor.kind === 'person' ? actor.userId : null,
    editedAt: isoTime(atMs),
  };
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
