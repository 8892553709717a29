import { z } from 'zod';
import { messageWords } from './captured-text.ts';
import type { FormValues } from './forms/form.ts';

/**
 * What Slack sends, reduced to what is used. Lenient on what is not listed: Slack adds fields.
 * Shapes follow recorded payloads.
 */

const id = z.string().min(1).max(64);
/** Slack cuts far below this; it only bounds what a broken peer can make us hold. */
const text = z.string().max(100_000);

export const slashCommandPayload = z.object({
  team_id: id,
  channel_id: id,
  user_id: id,
  text: text.default(''),
  trigger_id: z.string(),
  response_url: z.string(),
});

const elementState = z
  .object({
    type: z.string(),
    value: z.string().nullish(),
    selected_option: z.object({ value: z.string() }).nullish(),
    selected_options: z.array(z.object({ value: z.string() })).nullish(),
    selected_user: z.string().nullish(),
    selected_conversation: z.string().nullish(),
    selected_channel: z.string().nullish(),
    selected_date: z.string().nullish(),
    selected_time: z.string().nullish(),
    selected_date_time: z.number().nullish(),
  })
  .transform((state): string | null => {
    if (state.selected_options) return state.selected_options.map((row) => row.value).join(',');
    const chosen =
      state.value ??
      state.selected_option?.value ??
      state.selected_user ??
      state.selected_conversation ??
      state.selected_channel ??
      state.selected_date ??
      state.selected_time;
    return chosen ?? (state.selected_date_time ? String(state.selected_date_time) : null);
  });

export const blockActionPayload = z.object({
  team: z.object({ id }),
  user: z.object({ id }),
  trigger_id: z.string(),
  response_url: z.string().nullish(),
  channel: z.object({ id }).nullish(),
  /** Where the element is. An ephemeral message is named here only: it comes without `message`. */
  container: z.object({
    type: z.string(),
    message_ts: z.string().nullish(),
    thread_ts: z.string().nullish(),
    is_ephemeral: z.boolean().nullish(),
  }),
  /** Of elements in forms and on the Home tab. */
  view: z
    .object({
      type: z.string(),
      id: id.optional(),
      hash: z.string().optional(),
      callback_id: z.string().optional(),
      private_metadata: z.string().optional(),
    })
    .nullish(),
  actions: z
    .array(
      z.object({
        action_id: z.string(),
        action_ts: z.string().nullish(),
        value: z.string().nullish(),
        selected_option: z.object({ value: z.string() }).nullish(),
      }),
    )
    .min(1),
});

export const viewSubmissionPayload = z.object({
  team: z.object({ id }),
  user: z.object({ id }),
  view: z.object({
    id,
    hash: z.string(),
    callback_id: z.string(),
    private_metadata: z.string(),
    state: z.object({ values: z.record(z.string(), z.record(z.string(), elementState)) }),
  }),
});

export const messageShortcutPayload = z.object({
  callback_id: z.string(),
  team: z.object({ id }),
  user: z.object({ id }),
  channel: z.object({ id }),
  trigger_id: z.string(),
  response_url: z.string(),
  message: z.object({
    ts: z.string(),
    thread_ts: z.string().nullish(),
    user: z.string().nullish(),
    ...messageWords,
  }),
});

const moment = z.string().optional().catch(undefined);

export const eventEnvelope = z.object({
  team_id: id,
  event_id: z.string(),
  /** What it is about, as far as two events can be told apart by it. */
  event: z
    .object({
      type: moment,
      subtype: moment,
      user: moment,
      channel: moment,
      event_ts: moment,
      ts: moment,
      deleted_ts: moment,
      message: z.object({ ts: moment }).optional().catch(undefined),
      item: z.object({ channel: moment, ts: moment }).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});

export const mentionEvent = z.object({
  user: id.nullish(),
  bot_id: z.string().nullish(),
  text,
  ts: z.string(),
  thread_ts: z.string().nullish(),
  channel: id,
});

export const reactionEvent = z.object({
  user: id,
  reaction: z.string(),
  item: z.object({ type: z.string(), channel: id.optional(), ts: z.string().optional() }),
});

/** What a person wrote in a thread; nothing else of a message is read. */
export const threadTalkEvent = z.object({
  channel: id,
  user: id,
  thread_ts: z.string(),
  bot_id: z.string().nullish(),
});

export const messageChangedEvent = z.object({
  channel: id,
  message: z.object({
    subtype: z.string().nullish(),
    user: z.string().nullish(),
    ts: z.string(),
    thread_ts: z.string().nullish(),
    ...messageWords,
  }),
});

export const messageDeletedEvent = z.object({
  channel: id,
  deleted_ts: z.string(),
  previous_message: z.object({ thread_ts: z.string().nullish() }).nullish().catch(null),
});

export const homeOpenedEvent = z.object({ user: id, tab: z.string() });

export const memberJoinedEvent = z.object({ user: id, channel: id });

export const memberLeftEvent = z.object({ user: id, channel: id });

export type SlashCommand = z.infer<typeof slashCommandPayload>;
export type BlockAction = z.infer<typeof blockActionPayload>;
export type ViewSubmission = z.infer<typeof viewSubmissionPayload>;
export type MessageShortcut = z.infer<typeof messageShortcutPayload>;

export function formValuesOf(submission: ViewSubmission): FormValues {
  return submission.view.state.values;
}
