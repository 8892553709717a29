import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { PageChannel, PageWorkspace } from '../page-protocol.ts';
import { ChannelView, channelTitleOf } from './channel-view.tsx';
import { displayNameOf } from './composition.ts';
import { ConfirmDialog, useConfirming } from './confirm.tsx';
import { type PageActionBody, type Perform, useConnection } from './connection.ts';
import { type Directory, directoryOf } from './directory.ts';
import { HomeView } from './home-view.tsx';
import { Modal } from './modal.tsx';
import { PageContext, type PageContextValue } from './page-context.ts';
import type { Route } from './route.ts';
import { shareUnchanged } from './share-unchanged.ts';
import { homePlace, Sidebar } from './sidebar.tsx';
import { ThreadPane } from './thread-pane.tsx';
import { type Toast, Toasts } from './toasts.tsx';
import { useRoute } from './use-route.ts';
import { useUnread } from './use-unread.ts';

export function App(): ReactNode {
  const { route, navigate, correct } = useRoute();
  const { workspace, askedFor, isOnline, perform } = useConnection(route.asUserId);
  const toasts = useToasts(perform);
  const { asked, confirm } = useConfirming();
  const me = workspace?.me.id ?? null;
  useEffect(() => {
    // Where the server chose the person, the address says so from now on.
    const isAnswer = askedFor === route.asUserId;
    if (isAnswer && me !== null && me !== route.asUserId) correct({ asUserId: me });
  }, [route.asUserId, askedFor, me, correct]);
  const directory = useDirectory(workspace);
  const page = useMemo<PageContextValue | null>(
    () =>
      directory === null
        ? null
        : { workspace: directory, perform: toasts.performShown, navigate, confirm },
    [directory, toasts.performShown, navigate, confirm],
  );
  if (page === null || workspace === null) {
    return (
      <p className="waiting">
        Connecting to the workspace… If this takes long, open the address that it printed.
      </p>
    );
  }
  const { modal } = workspace;
  const notices = <Toasts notices={workspace.notices} own={toasts.own} dismiss={toasts.dismiss} />;
  return (
    <PageContext value={page}>
      {!isOnline && (
        <p className="banner problem top" role="alert">
          The workspace server cannot be reached. Trying again…
        </p>
      )}
      <Layout route={route} workspace={workspace} />
      {modal === null ? notices : <Modal key={modal.id} view={modal} notices={notices} />}
      {asked !== null && <ConfirmDialog asked={asked} />}
    </PageContext>
  );
}

/** Keeps its identity for as long as nothing in it changes. */
function useDirectory(workspace: PageWorkspace | null): Directory | null {
  const previous = useRef<Directory | null>(null);
  return useMemo(() => {
    if (workspace === null) return null;
    previous.current = shareUnchanged(previous.current, directoryOf(workspace));
    return previous.current;
  }, [workspace]);
}

function Layout(props: { route: Route; workspace: PageWorkspace }): ReactNode {
  const { route, workspace } = props;
  const [isSidebarOpen, setSidebarOpen] = useState(false);
  const channel = openChannelOf(route, workspace);
  const unreadIds = useUnread(workspace, channel);
  const place = channel?.id ?? route.place;
  useEffect(() => {
    const name = channel === null ? 'Home' : channelTitleOf(channel);
    document.title = `${name} · ${displayNameOf(workspace.me)} · ${workspace.name}`;
  }, [channel, workspace.me, workspace.name]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: any change of place closes it.
  useEffect(() => setSidebarOpen(false), [route.place, route.threadTs]);
  const openSidebar = () => setSidebarOpen(true);
  const hasThread = channel !== null && route.threadTs !== null;
  return (
    <div
      className={`layout ${hasThread ? 'with-thread' : ''} ${isSidebarOpen ? 'with-sidebar' : ''}`}
    >
      <Sidebar place={place} unreadIds={unreadIds} switchPerson={switchPerson} />
      <div className="stage">
        {workspace.appConnections === 0 && (
          <p className="banner problem" role="alert">
            The bot is not connected. Commands and buttons will fail until it runs.
          </p>
        )}
        {channel === null ? (
          <HomeView home={workspace.home} openSidebar={openSidebar} />
        ) : (
          <ChannelView channel={channel} messageTs={route.messageTs} openSidebar={openSidebar} />
        )}
      </div>
      {channel !== null && route.threadTs !== null && (
        <ThreadPane channel={channel} threadTs={route.threadTs} messageTs={route.messageTs} />
      )}
      <button
        type="button"
        className="sidebar-shade"
        aria-label="Hide channels"
        onClick={() => setSidebarOpen(false)}
      />
    </div>
  );
}

function openChannelOf(route: Route, workspace: PageWorkspace): PageChannel | null {
  if (route.place === homePlace) return null;
  const wanted = workspace.channels.find(({ id }) => id === route.place);
  return wanted ?? workspace.channels.find(({ isDirect }) => !isDirect) ?? null;
}

/** A whole new page, so that nothing of one person is left in the other's view. */
function switchPerson(userId: string): void {
  const url = new URL(window.location.href);
  url.searchParams.set('as', userId);
  window.location.assign(url);
}

interface ToastState {
  readonly own: readonly Toast[];
  readonly dismiss: (id: string) => void;
  readonly performShown: (action: PageActionBody) => Promise<boolean>;
}

function useToasts(perform: Perform): ToastState {
  const [own, setOwn] = useState<readonly Toast[]>([]);
  const count = useRef(0);
  const dismiss = (id: string) => setOwn((toasts) => toasts.filter((toast) => toast.id !== id));
  const performShown = useCallback(
    async (action: PageActionBody) => {
      const problem = await perform(action);
      if (problem === null) return true;
      count.current += 1;
      const toast = { id: String(count.current), text: problem };
      setOwn((toasts) => [...toasts.slice(-2), toast]);
      return false;
    },
    [perform],
  );
  return { own, dismiss, performShown };
}
