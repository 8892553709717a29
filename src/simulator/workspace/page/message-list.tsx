import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import type { PageMessage } from '../page-protocol.ts';
import { MessageView } from './message.tsx';
import { dateOfTs, dayLabelOf } from './times.ts';

interface MessageListProps {
  readonly label: string;
  readonly messages: readonly PageMessage[];
  readonly channelId: string;
  readonly isInThread: boolean;
  readonly markedTs: string | null;
  /** How often the person has sent something from here. */
  readonly sentCount: number;
}

const nearBottomPixels = 120;
const continuedWithinMs = 5 * 60_000;

/** Oldest first; it stays at the newest message unless the person has scrolled away and not written since. */
export function MessageList(props: MessageListProps): ReactNode {
  const { messages, markedTs, sentCount } = props;
  const frame = useRef<HTMLDivElement>(null);
  const isAtBottom = useRef(true);
  useEffect(() => {
    if (markedTs === null) return;
    isAtBottom.current = false;
    frame.current?.querySelector(`[data-ts="${CSS.escape(markedTs)}"]`)?.scrollIntoView();
  }, [markedTs]);
  const followed = useRef(sentCount);
  useLayoutEffect(() => {
    if (followed.current === sentCount) return;
    followed.current = sentCount;
    isAtBottom.current = true;
    if (frame.current !== null) frame.current.scrollTop = frame.current.scrollHeight;
  }, [sentCount]);
  useLayoutEffect(() => {
    const list = frame.current;
    const content = list?.firstElementChild;
    if (list === null || content === null || content === undefined) return;
    // Pictures and folded parts change the height long after a message has come.
    const observer = new ResizeObserver(() => {
      if (isAtBottom.current) list.scrollTop = list.scrollHeight;
    });
    observer.observe(content);
    observer.observe(list);
    return () => observer.disconnect();
  }, []);
  const now = new Date();
  return (
    <div
      className="message-list"
      role="log"
      aria-label={props.label}
      ref={frame}
      onScroll={(event) => {
        const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
        isAtBottom.current = scrollHeight - scrollTop - clientHeight < nearBottomPixels;
      }}
    >
      <div className="message-slots">
        {messages.map((message, index) => {
          const previous = messages[index - 1];
          const isNewDay = previous === undefined || !isSameDay(previous, message);
          return (
            <div key={`${message.ts}-${message.ephemeral}`} className="message-slot">
              {isNewDay && <DaySeparator label={dayLabelOf(message.ts, now)} />}
              <MessageView
                message={message}
                channelId={props.channelId}
                isInThread={props.isInThread}
                isMarked={message.ts === markedTs}
                isContinued={!isNewDay && continues(previous, message)}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function DaySeparator(props: { label: string }): ReactNode {
  return (
    <div className="day">
      <span>{props.label}</span>
    </div>
  );
}

function isSameDay(a: PageMessage, b: PageMessage): boolean {
  return dateOfTs(a.ts).toDateString() === dateOfTs(b.ts).toDateString();
}

function continues(previous: PageMessage, message: PageMessage): boolean {
  return (
    previous.userId === message.userId &&
    previous.ephemeral === message.ephemeral &&
    !message.pinned &&
    !message.isBroadcast &&
    dateOfTs(message.ts).getTime() - dateOfTs(previous.ts).getTime() < continuedWithinMs
  );
}
