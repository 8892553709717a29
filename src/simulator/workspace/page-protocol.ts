/**
 * What the workspace's web page and its server say to each other, over one WebSocket per
 * browser tab at `/page/socket?user=U…`.
 * Without `user`, or with one that is not there, the server takes the first person: a page that is
 * opened for the first time knows nobody, and ids change when a workspace starts again.
 *
 * The server sends the whole view of one person after every change (coalesced, at most one every
 * 50 ms): a local workspace is small, and a page that only ever draws what it is told cannot
 * disagree with the server. The page sends one `PageAction` for each thing a person does and gets
 * one `PageReply` with the same `requestId`.
 */

/** One person, bot included. `color` is for the drawn avatar. */
export interface PagePerson {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  readonly isBot: boolean;
  readonly color: string;
}

export interface PageFile {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly mimetype: string;
  readonly sizeBytes: number;
  /** Path on this server, for the browser; null while Slack would still be processing the file. */
  readonly url: string | null;
  /** First 4,000 characters of text files and canvases, null for the others. */
  readonly preview: string | null;
}

export interface PageReaction {
  readonly name: string;
  readonly userIds: readonly string[];
}

export interface PageMessage {
  readonly ts: string;
  readonly threadTs: string | null;
  /** A reply that was also sent to the channel. */
  readonly isBroadcast: boolean;
  readonly userId: string;
  /** mrkdwn. Shown only when `blocks` is empty. */
  readonly text: string;
  readonly blocks: readonly unknown[];
  readonly files: readonly PageFile[];
  readonly reactions: readonly PageReaction[];
  readonly replyCount: number;
  readonly replyUserIds: readonly string[];
  readonly edited: boolean;
  readonly pinned: boolean;
  /** Only this person sees it; gone when the page is loaded again. */
  readonly ephemeral: boolean;
}

export interface PageChannel {
  readonly id: string;
  readonly name: string;
  readonly isPrivate: boolean;
  /** A direct conversation with the bot: `name` is then the bot's. */
  readonly isDirect: boolean;
  readonly isArchived: boolean;
  readonly topic: string;
  readonly botIsMember: boolean;
  /** Messages outside threads and replies, oldest first; replies carry `threadTs`. */
  readonly messages: readonly PageMessage[];
}

/** The top of this person's modal stack. */
export interface PageView {
  readonly id: string;
  readonly hash: string;
  /** The view as the app sent it: type, title, submit, close, blocks, … */
  readonly view: Readonly<Record<string, unknown>>;
  /** block_id → sentence, after a `response_action: errors`. */
  readonly errors: Readonly<Record<string, string>>;
  /** True while the app has not answered the last submission. */
  readonly submitting: boolean;
  /** What Slack shows when the app did not answer in 3 s or answered wrongly; null otherwise. */
  readonly problem: string | null;
}

export interface PageShortcut {
  readonly callbackId: string;
  readonly name: string;
}

export interface PageCommand {
  readonly command: string;
  readonly description: string;
  readonly usageHint: string;
}

export interface PageWorkspace {
  readonly name: string;
  readonly me: PagePerson;
  readonly people: readonly PagePerson[];
  readonly channels: readonly PageChannel[];
  readonly commands: readonly PageCommand[];
  readonly messageShortcuts: readonly PageShortcut[];
  readonly modal: PageView | null;
  /** The bot's Home tab as published for this person, null when never published. */
  readonly home: Readonly<Record<string, unknown>> | null;
  /** Connected app sockets; 0 means the bot is not running and commands will fail. */
  readonly appConnections: number;
  /** Short notices as Slack shows them ("/triage failed with the error operation_timeout"). */
  readonly notices: readonly {
    readonly id: string;
    readonly channelId: string;
    readonly text: string;
  }[];
}

export type PageServerMessage =
  | { readonly type: 'workspace'; readonly workspace: PageWorkspace }
  | PageReply;

/** `problem` is a sentence for the person, as Slack would word it; null when all is well. */
export interface PageReply {
  readonly type: 'reply';
  readonly requestId: string;
  readonly problem: string | null;
}

/** Slack's `state.values`: block_id → action_id → element state (`{type, value | selected_…}`). */
export type PageStateValues = Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>
>;

/** Where a clicked block element is. */
export type PageContainer =
  | { readonly type: 'message'; readonly channelId: string; readonly messageTs: string }
  | { readonly type: 'view'; readonly viewId: string }
  | { readonly type: 'home' };

export type PageAction = { readonly requestId: string } & (
  | {
      /**
       * `text` is as typed, not escaped; chosen names are `<@U…>`, `<#C…>` and `<!here>` already.
       * Text that begins with `/` and a known command is a slash command; in a thread it is refused, as in Slack.
       */
      readonly type: 'send';
      readonly channelId: string;
      readonly threadTs: string | null;
      readonly text: string;
    }
  | {
      readonly type: 'edit';
      readonly channelId: string;
      readonly ts: string;
      readonly text: string;
    }
  | { readonly type: 'delete'; readonly channelId: string; readonly ts: string }
  | {
      /** `element` is the block element as the app sent it plus what the person chose (`value`, `selected_option`, `selected_user`, …). */
      readonly type: 'block-action';
      readonly container: PageContainer;
      readonly blockId: string;
      readonly element: Readonly<Record<string, unknown>>;
      readonly state: PageStateValues;
    }
  | { readonly type: 'submit-view'; readonly viewId: string; readonly state: PageStateValues }
  | { readonly type: 'close-view'; readonly viewId: string }
  | {
      readonly type: 'message-shortcut';
      readonly callbackId: string;
      readonly channelId: string;
      readonly ts: string;
    }
  | {
      readonly type: 'react';
      readonly channelId: string;
      readonly ts: string;
      /** Emoji name without colons, for example `pushpin`. */
      readonly name: string;
      readonly add: boolean;
    }
  | {
      /** A paragraph at the top of a canvas or at its end. */
      readonly type: 'write-in-canvas';
      readonly canvasId: string;
      readonly text: string;
      readonly isAtTop: boolean;
    }
  | { readonly type: 'open-home' }
  | { readonly type: 'invite-bot'; readonly channelId: string; readonly invite: boolean }
  | { readonly type: 'dismiss-notice'; readonly noticeId: string }
);
