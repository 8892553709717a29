import type { ReactNode } from 'react';
import { Avatar } from './avatar.tsx';
import { displayNameOf } from './composition.ts';
import type { ChannelEntry } from './directory.ts';
import { Menu } from './menu.tsx';
import { usePage } from './page-context.ts';

interface SidebarProps {
  readonly place: string | null;
  readonly unreadIds: ReadonlySet<string>;
  readonly switchPerson: (userId: string) => void;
}

export const homePlace = 'home';

export function Sidebar(props: SidebarProps): ReactNode {
  const { workspace } = usePage();
  const channels = workspace.channels.filter(({ isDirect }) => !isDirect);
  const directs = workspace.channels.filter(({ isDirect }) => isDirect);
  const isConnected = workspace.appConnections > 0;
  return (
    <nav className="sidebar" aria-label="Workspace">
      <div className="workspace-name">
        <strong>{workspace.name}</strong>
        <small>Local workspace</small>
      </div>
      <h2>Channels</h2>
      <ul>
        {channels.map((channel) => (
          <ChannelItem key={channel.id} channel={channel} {...props} />
        ))}
      </ul>
      <h2>Apps</h2>
      <ul>
        <li>
          <PlaceButton {...props}>
            <span className="sigil">⌂</span> Home
          </PlaceButton>
        </li>
        {directs.map((channel) => (
          <ChannelItem key={channel.id} channel={channel} {...props} />
        ))}
      </ul>
      <p className={isConnected ? 'bot-state' : 'bot-state off'}>
        {isConnected ? 'The bot is connected' : 'The bot is not connected'}
      </p>
      <PersonSwitcher switchPerson={props.switchPerson} />
    </nav>
  );
}

function ChannelItem(props: SidebarProps & { channel: ChannelEntry }): ReactNode {
  const { channel } = props;
  const sigil = channel.isDirect ? '●' : channel.isPrivate ? '🔒' : '#';
  return (
    <li>
      <PlaceButton {...props} target={channel.id}>
        <span className="sigil">{sigil}</span> {channel.name}
        {channel.isArchived && <small> archived</small>}
      </PlaceButton>
    </li>
  );
}

function PlaceButton(props: SidebarProps & { target?: string; children: ReactNode }): ReactNode {
  const { navigate } = usePage();
  const target = props.target ?? homePlace;
  const isUnread = props.unreadIds.has(target);
  return (
    <button
      type="button"
      className={isUnread ? 'place unread' : 'place'}
      aria-current={props.place === target ? 'page' : undefined}
      onClick={() => navigate({ place: target, threadTs: null, messageTs: null })}
    >
      {props.children}
      {isUnread && <span className="unread-dot" role="img" aria-label="unread" />}
    </button>
  );
}

function PersonSwitcher(props: { switchPerson: (userId: string) => void }): ReactNode {
  const { workspace } = usePage();
  const { me } = workspace;
  const items = workspace.people
    .filter(({ isBot }) => !isBot)
    .map((person) => ({
      key: person.id,
      label: displayNameOf(person),
      isCurrent: person.id === me.id,
      pick: () => props.switchPerson(person.id),
    }));
  const trigger = (
    <>
      <Avatar person={me} size="small" /> You are {displayNameOf(me)}{' '}
      <span aria-hidden="true">▾</span>
    </>
  );
  return (
    <Menu
      className="person-switcher"
      label={`You are ${displayNameOf(me)}`}
      trigger={trigger}
      items={items}
    />
  );
}
