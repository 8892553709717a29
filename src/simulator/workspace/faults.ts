/** What goes wrong with the next calls of one Web API method. */
export type MethodFault =
  /** The call is carried out, then the connection is cut: the app cannot know. */
  | { readonly kind: 'drop-reply' }
  /** `isApplied`: the call is carried out first. */
  | { readonly kind: 'status'; readonly status: number; readonly isApplied: boolean }
  /** Not carried out; no answer until the workspace closes. */
  | { readonly kind: 'hang' }
  | { readonly kind: 'rate-limit'; readonly retryAfterSeconds: number }
  /** `{ok: false, error}` without being carried out. */
  | { readonly kind: 'error'; readonly error: string };

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
  /** From now on new messages stay out of `conversations.history` and `.replies` for so long. */
  delayHistory(lagMs: number): void;
  /** Calls with the bot token answer `token_revoked`, or again work. */
  revokeToken(isRevoked?: boolean): void;
  archiveChannel(channelId: string, isArchived?: boolean): void;
  /** With another organisation, as somebody may do at any time. */
  shareChannel(channelId: string, isShared?: boolean): void;
  /** Takes somebody out of a user group. */
  leaveUserGroup(groupId: string, userId: string): void;
  removeBot(channelId: string): void;
  /** Slack's `disconnect` frame, after which it closes the socket. */
  disconnectSockets(reason: DisconnectReason, choice: SocketChoice): void;
  /** Any text as a frame, for what the app's library may not expect. */
  sendFrame(text: string, choice: SocketChoice): void;
  /** The next `count` sockets are opened, and never hear hello. */
  leaveUngreeted(count: number): void;
  /** Cuts the TCP connections without a word. */
  dropSockets(choice: SocketChoice): void;
  /** Forgets planned call faults and duplicates, the history delay and the revocation. */
  clear(): void;
}

/** The part of the faults that the rest of the workspace asks. */
export interface FaultPlan {
  takeCallFault(method: string): MethodFault | null;
  takeDuplicate(): boolean;
  historyLagMs(): number;
  isTokenRevoked(): boolean;
}

export type PlannedFaults = FaultPlan &
  Pick<Faults, 'nextCalls' | 'deliverTwice' | 'delayHistory' | 'revokeToken' | 'clear'>;

export function createFaultPlan(): PlannedFaults {
  const callFaults = new Map<string, MethodFault[]>();
  let duplicates = 0;
  let lagMs = 0;
  let isRevoked = false;
  return {
    nextCalls(method, fault, count = 1) {
      const planned = Array.from({ length: count }, () => fault);
      callFaults.set(method, [...(callFaults.get(method) ?? []), ...planned]);
    },
    deliverTwice(count) {
      duplicates += count;
    },
    delayHistory(delayMs) {
      lagMs = delayMs;
    },
    revokeToken(revoked = true) {
      isRevoked = revoked;
    },
    clear() {
      callFaults.clear();
      duplicates = 0;
      lagMs = 0;
      isRevoked = false;
    },
    takeCallFault: (method) => callFaults.get(method)?.shift() ?? null,
    takeDuplicate() {
      if (duplicates === 0) return false;
      duplicates -= 1;
      return true;
    },
    historyLagMs: () => lagMs,
    isTokenRevoked: () => isRevoked,
  };
}
