import {
  type WebhookDocument,
  type WebhookEdit,
  webhookEdit,
  webhookPayload,
} from '../domain/webhook/payload.ts';
import { AppError } from '../errors.ts';
import type { FlowDependencies, PostWebhook, Store, Work } from '../ports.ts';
import type { WorkOutcome } from './run-work.ts';

/** Of the answers that mean no, those that may mean yes later. */
const PASSING_STATUSES: ReadonlySet<number> = new Set([408, 429]);

export interface WebhookDependencies extends FlowDependencies {
  readonly post: PostWebhook;
}

/**
 * Tells one receiver what became of an incident. Rejects with `webhook-unavailable` when it is worth
 * trying again. Of the address only the host is ever told: the rest may be a secret.
 */
export async function deliverWebhook(
  { store, log, post, webhooks = [] }: WebhookDependencies,
  work: Extract<Work, { kind: 'deliver-webhook' }>,
  signal: AbortSignal,
): Promise<WorkOutcome> {
  const { incidentId, event, ofVersion } = work;
  const target = webhooks.find(({ key }) => key === work.webhookKey);
  const state = await store.readState(incidentId);
  // Taken out of the configuration since.
  if (target === undefined || state === null) return { kind: 'done' };
  const more = await moreOf(store, work);
  const deliveryId = `${incidentId}-${event}-${ofVersion}`;
  const body = JSON.stringify(webhookPayload(state, { event, deliveryId }, more));
  const status = await post({ url: target.url, deliveryId, body }, signal);
  const { host } = new URL(target.url);
  if (status >= 200 && status < 300) {
    log.info('a webhook was delivered', { host, deliveryId, status });
    return { kind: 'done' };
  }
  const said = `${host} answered ${status} to "${event}"`;
  if (status >= 500 || PASSING_STATUSES.has(status)) {
    throw new AppError('webhook-unavailable', `${said}.`);
  }
  const isRedirect = status >= 300 && status < 400;
  const why = isRedirect ? 'a redirect, which is not followed' : 'it was refused';
  return { kind: 'hopeless', reason: `${said}: ${why}.` };
}

/** What goes along with some of the events. */
async function moreOf(
  store: Store,
  { incidentId, event, ofVersion }: Extract<Work, { kind: 'deliver-webhook' }>,
): Promise<{ readonly document?: WebhookDocument; readonly edit?: WebhookEdit }> {
  if (event === 'document') return { document: await documentOf(store, incidentId) };
  if (event !== 'document-edited') return {};
  const edit = webhookEdit(await store.readEvents(incidentId), ofVersion);
  return edit === null ? {} : { edit };
}

async function documentOf(store: Store, incidentId: string): Promise<WebhookDocument> {
  const stored = await store.readDocument(incidentId);
  if (stored === null) throw new AppError('internal', 'A published document is not in the store.');
  const { ofVersion, markdown, json } = stored;
  return { ofVersion, markdown, json: JSON.parse(json) };
}
