import type { ReactNode } from 'react';
import type { PageMessage } from '../page-protocol.ts';
import { Avatar } from './avatar.tsx';
import { usePage } from './page-context.ts';

const avatarsMax = 4;

/** "3 replies" under a message that has a thread, and the way there from a reply sent to the channel. */
export function ThreadSummary(props: { message: PageMessage; channelId: string }): ReactNode {
  const { message, channelId } = props;
  const { workspace, navigate } = usePage();
  if (message.replyCount === 0 && !message.isBroadcast) return null;
  const people = message.replyUserIds
    .slice(0, avatarsMax)
    .map((id) => workspace.people.find((person) => person.id === id) ?? null);
  const open = () =>
    navigate({ place: channelId, threadTs: message.threadTs ?? message.ts, messageTs: null });
  return (
    <button type="button" className="thread-summary" onClick={open}>
      {people.map((person, index) => (
        <Avatar key={person?.id ?? index} person={person} size="small" />
      ))}
      <span>{message.isBroadcast ? 'View thread' : repliesOf(message)}</span>
    </button>
  );
}

function repliesOf({ replyCount }: PageMessage): string {
  return `${replyCount} ${replyCount === 1 ? 'reply' : 'replies'}`;
}
