import { memo, type ReactNode, useMemo, useState } from 'react';
import type { PageContainer, PageMessage } from '../page-protocol.ts';
import { Avatar } from './avatar.tsx';
import { Blocks } from './blocks-adapter.tsx';
import { displayNameOf } from './composition.ts';
import { withIds } from './element-state.ts';
import { FileCard } from './file-card.tsx';
import { MessageEditor } from './message-editor.tsx';
import { MessageToolbar } from './message-toolbar.tsx';
import { usePerson } from './page-context.ts';
import { Reactions } from './reactions.tsx';
import { SurfaceProvider, useSurfaceOf } from './surface.tsx';
import { ThreadSummary } from './thread-summary.tsx';
import { clockTimeOf, fullTimeOf } from './times.ts';

export interface MessageProps {
  readonly message: PageMessage;
  readonly channelId: string;
  readonly isInThread: boolean;
  readonly isMarked: boolean;
  /** Drawn without avatar and name, because the message above is by the same person. */
  readonly isContinued: boolean;
}

export const MessageView = memo((props: MessageProps): ReactNode => {
  const { message, channelId, isContinued } = props;
  const [isEditing, setEditing] = useState(false);
  const person = usePerson(message.userId);
  const name = person === null ? message.userId : displayNameOf(person);
  const states = [
    message.ephemeral ? 'ephemeral' : '',
    props.isMarked ? 'marked' : '',
    message.pinned ? 'pinned' : '',
    isContinued ? 'continued' : '',
  ];
  return (
    <article
      className={`message ${states.filter(Boolean).join(' ')}`}
      data-ts={message.ts}
      aria-label={`${name} at ${clockTimeOf(message.ts)}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: focus shows the message's own toolbar.
      tabIndex={0}
    >
      {!message.ephemeral && !isEditing && (
        <MessageToolbar {...props} edit={() => setEditing(true)} />
      )}
      <div className="message-side">
        {isContinued ? <MessageTime ts={message.ts} /> : <Avatar person={person} />}
      </div>
      <div className="message-main">
        {message.pinned && <p className="mark">📌 Pinned</p>}
        {message.isBroadcast && (
          <p className="mark">
            {props.isInThread ? 'Also sent to the channel' : '↩ Replied to a thread'}
          </p>
        )}
        {message.ephemeral && <p className="mark">👁 Only visible to you</p>}
        {!isContinued && (
          <header>
            <strong>{name}</strong>
            {person?.isBot === true && <span className="app-badge">APP</span>}
            <MessageTime ts={message.ts} />
          </header>
        )}
        {isEditing ? (
          <MessageEditor {...props} close={() => setEditing(false)} />
        ) : (
          <MessageBody message={message} channelId={channelId} />
        )}
        <Reactions message={message} channelId={channelId} />
        {!props.isInThread && <ThreadSummary message={message} channelId={channelId} />}
      </div>
    </article>
  );
});

function MessageTime(props: { ts: string }): ReactNode {
  return (
    <time className="message-time" title={fullTimeOf(props.ts)}>
      {clockTimeOf(props.ts)}
    </time>
  );
}

function MessageBody(props: { message: PageMessage; channelId: string }): ReactNode {
  const { message, channelId } = props;
  const blocks = useMemo(
    () => withIds(message.blocks.length > 0 ? message.blocks : textBlocks(message.text)),
    [message.blocks, message.text],
  );
  const container = useMemo<PageContainer>(
    () => ({ type: 'message', channelId, messageTs: message.ts }),
    [channelId, message.ts],
  );
  const surface = useSurfaceOf(container, blocks);
  return (
    <div className="message-body">
      <SurfaceProvider surface={surface}>
        <Blocks blocks={blocks} />
      </SurfaceProvider>
      {message.edited && <span className="edited">(edited)</span>}
      {message.files.map((file) => (
        <FileCard key={file.id} file={file} />
      ))}
    </div>
  );
}

function textBlocks(text: string): readonly unknown[] {
  return text === '' ? [] : [{ type: 'section', text: { type: 'mrkdwn', text } }];
}
