import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';

/**
 * What a failed Web API call means for the sender. `unknown` is the dangerous one: Slack may have
 * done what was asked, so it is looked up before it is asked again.
 */
export type SlackFailure =
  | { readonly kind: 'rate-limited'; readonly delayMs: number }
  | { readonly kind: 'blocks-refused'; readonly detail: string }
  | { readonly kind: 'message-gone' }
  /** A form can be opened for three seconds after the tap or the command, once. */
  | { readonly kind: 'trigger-expired' }
  | { readonly kind: 'channel-closed'; readonly sentence: string }
  | { readonly kind: 'credentials-refused'; readonly sentence: string }
  | { readonly kind: 'scope-missing'; readonly sentence: string }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'unknown' };

/** Permanent for one channel. The sentence is for the person who wanted something posted there. */
export const CHANNEL_CLOSED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    not_in_channel:
      'I am not in this channel, so I could not post there. Invite me with /invite @redthread; nothing is lost, the incident appears as soon as I am in.',
    channel_not_found:
      'I cannot see this channel, so I could not post there. In a private channel invite me with /invite @redthread; nothing is lost, the incident appears as soon as I am in.',
    is_archived: 'This channel is archived, so nothing can be posted there. Nothing is lost.',
    restricted_action:
      'This workspace does not let me post in this channel. Ask an administrator to allow it; nothing is lost.',
    restricted_action_read_only_channel:
      'Only some people may post in this channel and I am not one of them. Nothing is lost.',
    restricted_action_thread_only_channel:
      'This channel only allows replies in threads. Nothing is lost.',
  }),
);

export const CREDENTIALS_REFUSED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    invalid_auth: 'Slack refuses the bot token. Check SLACK_BOT_TOKEN.',
    not_authed: 'Slack refuses the bot token. Check SLACK_BOT_TOKEN.',
    account_inactive: 'The bot was removed from the workspace. Install the app again.',
    token_revoked: 'The bot token was revoked. Install the app again and set the new token.',
    token_expired: 'The bot token has expired. Set a new one.',
  }),
);

const SCOPE_MISSING =
  'The bot token lacks a scope. Compare with manifest.yml and install the app again.';

const BLOCKS_REFUSED = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'msg_too_long',
]);
const MESSAGE_GONE = new Set([
  'message_not_found',
  'thread_not_found',
  'cant_update_message',
  'edit_window_closed',
]);
const TRIGGER_EXPIRED = new Set(['expired_trigger_id', 'exchanged_trigger_id', 'trigger_expired']);
/** What Slack's client says of a 429 that does not say how long to wait; it has no class for it. */
const PAUSE_UNSAID = /^Retry header did not contain a valid timeout/;
const UNSAID_PAUSE_MS = 5_000;
/** Slack's client takes any text for an error code, also the page of a proxy or of an outage. */
const ERROR_CODE = /^[a-z0-9_]+$/;
const OUTCOME_UNKNOWN = new Set([
  'fatal_error',
  'internal_error',
  'service_unavailable',
  'request_timeout',
]);

/** Slack's own word for a refusal, with what it says beside it; for the log. */
export function slackCodeOf(error: unknown): string {
  if (!(error instanceof WebAPIPlatformError)) return String(error).slice(0, 200);
  const { error: code, detail } = error.data as { error?: unknown; detail?: unknown };
  return [code, detail]
    .filter((part) => typeof part === 'string')
    .join(': ')
    .slice(0, 200);
}

export function slackFailureOf(error: unknown): SlackFailure {
  if (error instanceof WebAPIRateLimitedError) {
    return { kind: 'rate-limited', delayMs: error.retryAfter * 1_000 };
  }
  if (error instanceof WebAPIRequestError || error instanceof WebAPIHTTPError)
    return { kind: 'unknown' };
  if (error instanceof Error && PAUSE_UNSAID.test(error.message)) {
    return { kind: 'rate-limited', delayMs: UNSAID_PAUSE_MS };
  }
  if (!(error instanceof WebAPIPlatformError)) return { kind: 'unknown' };
  const code = error.data.error;
  if (typeof code !== 'string' || !ERROR_CODE.test(code)) return { kind: 'unknown' };
  const closed = CHANNEL_CLOSED.get(code);
  if (closed !== undefined) return { kind: 'channel-closed', sentence: closed };
  const refused = CREDENTIALS_REFUSED.get(code);
  if (refused !== undefined) return { kind: 'credentials-refused', sentence: refused };
  if (code === 'missing_scope') return { kind: 'scope-missing', sentence: SCOPE_MISSING };
  if (BLOCKS_REFUSED.has(code)) {
    const detail = error.data.response_metadata?.messages?.join('; ') ?? code;
    return { kind: 'blocks-refused', detail: detail.slice(0, 500) };
  }
  if (MESSAGE_GONE.has(code)) return { kind: 'message-gone' };
  if (TRIGGER_EXPIRED.has(code)) return { kind: 'trigger-expired' };
  if (OUTCOME_UNKNOWN.has(code)) return { kind: 'unknown' };
  return { kind: 'refused', code };
}
