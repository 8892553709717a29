import { type ReactNode, useState } from 'react';
import type { PageChannel } from '../page-protocol.ts';
import { channelTitleOf } from './channel-view.tsx';
import { Composer } from './composer.tsx';
import { MessageList } from './message-list.tsx';
import { usePage } from './page-context.ts';

interface ThreadPaneProps {
  readonly channel: PageChannel;
  readonly threadTs: string;
  readonly messageTs: string | null;
}

/** The parent and its replies beside the channel; on a phone instead of it. */
export function ThreadPane(props: ThreadPaneProps): ReactNode {
  const { navigate } = usePage();
  const { channel, threadTs } = props;
  const [sentCount, setSentCount] = useState(0);
  const countSent = () => setSentCount((count) => count + 1);
  const messages = channel.messages.filter(
    (message) => message.ts === threadTs || message.threadTs === threadTs,
  );
  return (
    <aside className="thread" aria-label="Thread">
      <header className="channel-header">
        <div className="channel-title">
          <h1>Thread</h1>
          <p>{channelTitleOf(channel)}</p>
        </div>
        <button
          type="button"
          className="close"
          aria-label="Close thread"
          onClick={() => navigate({ threadTs: null, messageTs: null })}
        >
          ✕
        </button>
      </header>
      {messages.length === 0 && <p className="banner">This thread is not here any more.</p>}
      <MessageList
        key={`list-${threadTs}`}
        label="Messages in thread"
        messages={messages}
        channelId={channel.id}
        isInThread
        markedTs={props.messageTs}
        sentCount={sentCount}
      />
      {!channel.isArchived && (
        <Composer
          key={`composer-${threadTs}`}
          channelId={channel.id}
          threadTs={threadTs}
          onSend={countSent}
          placeholder="Reply…"
        />
      )}
    </aside>
  );
}
