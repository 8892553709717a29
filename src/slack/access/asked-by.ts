import { z } from 'zod';
import { COMMENT_FORM, formCallback, LINK_ACTION, tapOf } from '../ids.ts';

/** Who wants what, and where, whichever way it comes from Slack. */
export interface Request {
  readonly userId: string;
  /** Null where only this person sees it. */
  readonly channelId: string | null;
  readonly threadTs: string | null;
  readonly replyUrl: string | null;
  /** For the audit: the control that was used, never what was typed. */
  readonly what: string;
  readonly way: 'command' | 'tap' | 'view' | 'shortcut' | 'event';
}

export type AskedBy =
  | { readonly kind: 'person'; readonly request: Request }
  /** Nothing that a person asks for, or something that its own handler decides about. */
  | { readonly kind: 'open' }
  /** Not one of the shapes that Slack is known to send. */
  | { readonly kind: 'unknown' };

const id = z.string().min(1).max(64);

const command = z
  .object({ command: z.string(), user_id: id, channel_id: id, response_url: z.string().nullish() })
  .transform(
    (body): AskedBy => ({
      kind: 'person',
      request: {
        userId: body.user_id,
        channelId: body.channel_id,
        threadTs: null,
        replyUrl: body.response_url ?? null,
        what: body.command,
        way: 'command',
      },
    }),
  );

const interaction = z.object({
  user: z.object({ id }),
  channel: z.object({ id }).nullish(),
  container: z.object({ thread_ts: z.string().nullish() }).nullish(),
  message: z.object({ thread_ts: z.string().nullish() }).nullish(),
  response_url: z.string().nullish(),
});

const action = z.object({
  action_id: z.string(),
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
});

/** The person behind a call answers for themselves, whoever may use the bot; the answer's handler checks who it is. */
const ANSWERING = /^answer-/;

const tap = interaction
  .extend({ type: z.literal('block_actions'), actions: z.array(action).min(1) })
  .transform((body): AskedBy => {
    const [first] = body.actions;
    const tapped = first === undefined ? null : (tapOf(first)?.tap ?? null);
    if (first?.action_id === LINK_ACTION || ANSWERING.test(tapped ?? '')) return { kind: 'open' };
    return person(body, tapped ?? first?.action_id ?? '', 'tap');
  });

const view = interaction
  .extend({
    type: z.enum(['view_submission', 'view_closed']),
    view: z.object({ callback_id: z.string() }),
  })
  .transform(
    (body): AskedBy =>
      body.view.callback_id === formCallback(COMMENT_FORM)
        ? { kind: 'open' }
        : person(body, body.view.callback_id, 'view'),
  );

const shortcut = interaction
  .extend({ type: z.enum(['message_action', 'shortcut']), callback_id: z.string() })
  .transform((body): AskedBy => person(body, body.callback_id, 'shortcut'));

/** What other events lead to is decided where the incident they are about is known, or shown. */
const event = z
  .object({
    type: z.literal('event_callback'),
    event: z.object({
      type: z.string(),
      user: id.nullish(),
      // In some events that are not subscribed to, an object.
      channel: z.unknown().optional(),
      thread_ts: z.string().nullish(),
    }),
  })
  .transform(({ event: { type, user, channel, thread_ts } }): AskedBy => {
    if (type !== 'app_mention' || user == null) return { kind: 'open' };
    const request = { userId: user, threadTs: thread_ts ?? null, replyUrl: null, what: 'mention' };
    const channelId = typeof channel === 'string' ? channel : null;
    return { kind: 'person', request: { ...request, channelId, way: 'event' } };
  });

const anything = z.union([command, tap, view, shortcut, event]);

export function askedBy(body: unknown): AskedBy {
  const parsed = anything.safeParse(body);
  return parsed.success ? parsed.data : { kind: 'unknown' };
}

function person(
  body: z.output<typeof interaction>,
  what: string,
  way: Request['way'],
): Extract<AskedBy, { kind: 'person' }> {
  const request: Request = {
    userId: body.user.id,
    channelId: body.channel?.id ?? null,
    threadTs: body.container?.thread_ts ?? body.message?.thread_ts ?? null,
    replyUrl: body.response_url ?? null,
    what,
    way,
  };
  return { kind: 'person', request };
}
