import { useCallback, useEffect, useRef, useState } from 'react';
import type { PageAction, PageServerMessage, PageWorkspace } from '../page-protocol.ts';
import { shareUnchanged } from './share-unchanged.ts';

type WithoutRequestId<A> = A extends PageAction ? Omit<A, 'requestId'> : never;
export type PageActionBody = WithoutRequestId<PageAction>;

/** Resolves with the sentence to show, null when all is well. Never rejects. */
export type Perform = (action: PageActionBody) => Promise<string | null>;

export interface Connection {
  readonly workspace: PageWorkspace | null;
  /** The `userId` that the workspace was asked for; the server may have chosen another person. */
  readonly askedFor: string | null;
  readonly isOnline: boolean;
  readonly perform: Perform;
}

const reconnectDelayMs = 1_000;
/** Longer than the three seconds that an app has, so the server's own answer comes first. */
const replyWaitMs = 15_000;
const silentProblem = 'The server did not answer. Check before trying again.';
const offlineProblem = 'The workspace server cannot be reached. Nothing was sent.';
const lostProblem =
  'The connection was lost before the server answered. Check before trying again.';

/** The socket of one person's tab: it reconnects for as long as the tab is open. */
export function useConnection(userId: string | null): Connection {
  const [workspace, setWorkspace] = useState<PageWorkspace | null>(null);
  const [askedFor, setAskedFor] = useState<string | null>(null);
  const [isOnline, setOnline] = useState(false);
  const socket = useRef<WebSocket | null>(null);
  const waiting = useRef(new Map<string, (problem: string | null) => void>());

  useEffect(
    () =>
      keepConnected(userId, {
        opened: (opened) => {
          socket.current = opened;
          setOnline(true);
        },
        closed: () => {
          socket.current = null;
          setOnline(false);
          for (const answer of [...waiting.current.values()]) answer(lostProblem);
        },
        received: (message) => {
          if (message.type === 'workspace') {
            setWorkspace((previous) => shareUnchanged(previous, message.workspace));
            setAskedFor(userId);
            return;
          }
          waiting.current.get(message.requestId)?.(message.problem);
        },
      }),
    [userId],
  );

  const perform = useCallback<Perform>((action) => {
    const open = socket.current;
    if (open === null) return Promise.resolve(offlineProblem);
    const requestId = crypto.randomUUID();
    return new Promise((resolve) => {
      const answer = (problem: string | null) => {
        clearTimeout(patience);
        waiting.current.delete(requestId);
        resolve(problem);
      };
      const patience = setTimeout(() => answer(silentProblem), replyWaitMs);
      waiting.current.set(requestId, answer);
      open.send(JSON.stringify({ requestId, ...action }));
    });
  }, []);
  return { workspace, askedFor, isOnline, perform };
}

interface SocketListener {
  readonly opened: (socket: WebSocket) => void;
  readonly closed: () => void;
  readonly received: (message: PageServerMessage) => void;
}

function keepConnected(userId: string | null, listener: SocketListener): () => void {
  let isWanted = true;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let current: WebSocket | null = null;
  const connect = () => {
    const socket = new WebSocket(socketUrl(userId));
    current = socket;
    socket.onopen = () => isWanted && listener.opened(socket);
    socket.onmessage = (event) => {
      const message = parseServerMessage(event.data);
      if (isWanted && message !== null) listener.received(message);
    };
    socket.onclose = () => {
      if (!isWanted) return;
      listener.closed();
      retry = setTimeout(connect, reconnectDelayMs);
    };
  };
  connect();
  return () => {
    isWanted = false;
    clearTimeout(retry);
    current?.close();
    listener.closed();
  };
}

function socketUrl(userId: string | null): string {
  const url = new URL('/page/socket', window.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.hash = '';
  if (userId !== null) url.searchParams.set('user', userId);
  return url.href;
}

/** The server is of the same commit, so only the envelope is checked. */
function parseServerMessage(data: unknown): PageServerMessage | null {
  if (typeof data !== 'string') return null;
  const message: unknown = JSON.parse(data);
  const isKnown =
    typeof message === 'object' &&
    message !== null &&
    'type' in message &&
    (message.type === 'workspace' || message.type === 'reply');
  return isKnown ? (message as PageServerMessage) : null;
}
