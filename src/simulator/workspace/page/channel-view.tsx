import { type ReactNode, useState } from 'react';
import type { PageChannel } from '../page-protocol.ts';
import { Composer } from './composer.tsx';
import { Menu } from './menu.tsx';
import { MessageList } from './message-list.tsx';
import { usePage } from './page-context.ts';

interface ChannelViewProps {
  readonly channel: PageChannel;
  readonly messageTs: string | null;
  readonly openSidebar: () => void;
}

export function channelTitleOf(channel: PageChannel): string {
  return channel.isDirect ? channel.name : `#${channel.name}`;
}

export function ChannelView(props: ChannelViewProps): ReactNode {
  const { channel } = props;
  const [sentCount, setSentCount] = useState(0);
  const countSent = () => setSentCount((count) => count + 1);
  const title = channelTitleOf(channel);
  const topLevel = channel.messages.filter(
    ({ threadTs, ts, isBroadcast }) => threadTs === null || threadTs === ts || isBroadcast,
  );
  return (
    <main className="channel" aria-label={title}>
      <ChannelHeader {...props} title={title} />
      <BotAbsence channel={channel} />
      <MessageList
        key={`list-${channel.id}`}
        label={`Messages in ${title}`}
        messages={topLevel}
        channelId={channel.id}
        isInThread={false}
        markedTs={props.messageTs}
        sentCount={sentCount}
      />
      {channel.isArchived ? (
        <p className="banner">This channel is archived.</p>
      ) : (
        <Composer
          key={`composer-${channel.id}`}
          channelId={channel.id}
          threadTs={null}
          onSend={countSent}
          placeholder={`Message ${title}`}
        />
      )}
    </main>
  );
}

function ChannelHeader(props: ChannelViewProps & { title: string }): ReactNode {
  const { channel } = props;
  const { perform } = usePage();
  const leave = {
    key: 'remove',
    label: 'Remove the bot from this channel',
    isDanger: true,
    pick: () => void perform({ type: 'invite-bot', channelId: channel.id, invite: false }),
  };
  return (
    <header className="channel-header">
      <button
        type="button"
        className="open-sidebar"
        aria-label="Show channels"
        onClick={props.openSidebar}
      >
        ☰
      </button>
      <div className="channel-title">
        <h1>{props.title}</h1>
        {channel.topic !== '' && <p title={channel.topic}>{channel.topic}</p>}
      </div>
      {channel.botIsMember && !channel.isDirect && (
        <Menu label="Channel options" trigger="⋮" items={[leave]} />
      )}
    </header>
  );
}

function BotAbsence(props: { channel: PageChannel }): ReactNode {
  const { perform } = usePage();
  const { channel } = props;
  if (channel.botIsMember || channel.isDirect || channel.isArchived) return null;
  return (
    <p className="banner">
      The bot is not in this channel.
      <button
        type="button"
        className="button small"
        onClick={() => void perform({ type: 'invite-bot', channelId: channel.id, invite: true })}
      >
        Invite the bot
      </button>
    </p>
  );
}
