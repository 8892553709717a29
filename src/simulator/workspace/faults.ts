/** What goes wrong with the next calls of one Web API method. */
export type MethodFault =
  /** The call is carried out, then the connection is cut: the app cannot know. */
  | { readonly kind: 'drop-reply' }
  /** `isApplied`: the call is carried out first. */
  | { readonly kind: 'status'; readonly status: number; readonly isApplied: boolean }
  /** No answer until the workspace closes. Carried out first where it `isApplied`. */
  | { readonly kind: 'hang'; readonly isApplied?: boolean }
  /** Null: without a word of how long to wait. */
  | { readonly kind: 'rate-limit'; readonly retryAfterSeconds: number | null }
  /** `{ok: false, error}` without being carried out. */
  | { readonly kind: 'error'; readonly error: string };

export type TokenRefusal = 'token_revoked' | 'account_inactive' | 'invalid_auth';
export type SocketChoice = 'one' | 'all';
export type DisconnectReason =
  | 'warning'
  | 'refresh_requested'
  | 'link_disabled'
  | 'too_many_websockets';

/** Trouble on demand, for tests and for showing how an app behaves in it. */
export interface Faults {
  /** The next `count` calls of `method` fail this way; several plans queue up. */
  nextCalls(method: string, fault: MethodFault, count?: number): void;
  /** The next `count` envelopes or requests to the app are sent twice. */
  deliverTwice(count: number): void;
  /** The next `count` events are sent twice, each time under an id of its own and as if for the first time. */
  renewEventIds(count: number): void;
  /** Events wait until they are no longer held; then they come in the order in which they happened. */
  holdEvents(isHeld?: boolean): void;
  /** Posting in this channel answers 429, other channels go on. */
  limitChannel(channelId: string, isLimited?: boolean): void;
  /** From now on new messages stay out of `conversations.history` and `.replies` for so long. */
  delayHistory(lagMs: number): void;
  /** Calls with the bot token answer `token_revoked` or the error that is given, or again work. */
  revokeToken(refusal?: TokenRefusal | false): void;
  archiveChannel(channelId: string, isArchived?: boolean): void;
  /** With another organisation, as somebody may do at any time. */
  shareChannel(channelId: string, isShared?: boolean): void;
  /** Takes somebody out of a user group. */
  leaveUserGroup(groupId: string, userId: string): void;
  removeBot(channelId: string): void;
  /** Somebody leaves a channel. */
  removePerson(channelId: string, userId: string): void;
  /** As retention does: the message is gone without a trace, and no event tells of it. */
  forgetMessage(channelId: string, ts: string): void;
  /** Slack's `disconnect` frame, after which it closes the socket. */
  disconnectSockets(reason: DisconnectReason, choice: SocketChoice): void;
  /** Any text as a frame, for what the app's library may not expect. */
  sendFrame(text: string, choice: SocketChoice): void;
  /** The next `count` sockets are opened, and never hear hello. */
  leaveUngreeted(count: number): void;
  /** Cuts the TCP connections without a word. */
  dropSockets(choice: SocketChoice): void;
  /** Forgets planned call faults, duplicates, limits and delays, and the revocation. */
  clear(): void;
}

/** The part of the faults that the rest of the workspace asks. */
export interface FaultPlan {
  takeCallFault(method: string): MethodFault | null;
  takeDuplicate(): boolean;
  historyLagMs(): number;
  /** What calls with the bot token are refused with; null: they work. */
  tokenRefusal(): TokenRefusal | null;
  takeRenewal(): boolean;
  isLimited(channelId: string): boolean;
  /** Resolves when events are not held. */
  eventsFlow(): Promise<void>;
}

export type PlannedFaults = FaultPlan &
  Pick<
    Faults,
    | 'nextCalls'
    | 'deliverTwice'
    | 'renewEventIds'
    | 'holdEvents'
    | 'limitChannel'
    | 'delayHistory'
    | 'revokeToken'
    | 'clear'
  >;

export function createFaultPlan(): PlannedFaults {
  const callFaults = new Map<string, MethodFault[]>();
  let duplicates = 0;
  let lagMs = 0;
  let refusal: TokenRefusal | null = null;
  let renewals = 0;
  let held = Promise.withResolvers<void>();
  held.resolve();
  const limited = new Set<string>();
  return {
    nextCalls(method, fault, count = 1) {
      const planned = Array.from({ length: count }, () => fault);
      callFaults.set(method, [...(callFaults.get(method) ?? []), ...planned]);
    },
    deliverTwice(count) {
      duplicates += count;
    },
    renewEventIds(count) {
      renewals += count;
    },
    holdEvents(isHeld = true) {
      held.resolve();
      if (isHeld) held = Promise.withResolvers<void>();
    },
    limitChannel(channelId, isLimited = true) {
      if (isLimited) limited.add(channelId);
      else limited.delete(channelId);
    },
    delayHistory(delayMs) {
      lagMs = delayMs;
    },
    revokeToken(revoked = 'token_revoked') {
      refusal = revoked === false ? null : revoked;
    },
    clear() {
      callFaults.clear();
      duplicates = 0;
      lagMs = 0;
      refusal = null;
      renewals = 0;
      limited.clear();
      held.resolve();
    },
    takeCallFault: (method) => callFaults.get(method)?.shift() ?? null,
    takeDuplicate() {
      if (duplicates === 0) return false;
      duplicates -= 1;
      return true;
    },
    historyLagMs: () => lagMs,
    tokenRefusal: () => refusal,
    takeRenewal() {
      if (renewals === 0) return false;
      renewals -= 1;
      return true;
    },
    isLimited: (channelId) => limited.has(channelId),
    eventsFlow: () => held.promise,
  };
}
