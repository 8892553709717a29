import { memo, type ReactNode } from 'react';
import { type Block, Message } from 'slack-blocks-to-jsx';
import { emojiOf } from './emoji.ts';
import { SafeLink } from './links.tsx';
import type { Loose } from './loose.ts';
import { Broadcast, ChannelMention, GroupMention, SlackDate, UserMention } from './mentions.tsx';

/** The library reads its hooks once per mount, so these look everything up when they are drawn. */
const hooks = {
  user: ({ id }: { id: string }) => <UserMention id={id} />,
  channel: ({ id }: { id: string }) => <ChannelMention id={id} />,
  usergroup: ({ id, name }: { id: string; name?: string }) => (
    <GroupMention id={id} name={name ?? ''} />
  ),
  atHere: () => <Broadcast range="here" />,
  atChannel: () => <Broadcast range="channel" />,
  atEveryone: () => <Broadcast range="everyone" />,
  emoji: (data: { name: string }, parse: (data: never) => string) => {
    const known = emojiOf(data.name);
    if (!known.startsWith(':')) return <span className="emoji">{known}</span>;
    // The library answers the bare name for what is no emoji, such as the minutes in 08:40:12.
    const parsed = parse(data as never);
    return parsed === data.name ? `:${data.name}:` : <span className="emoji">{parsed}</span>;
  },
  date: (data: { timestamp: string; format: string; link: string | null; fallback: string }) => (
    <SlackDate
      seconds={Number(data.timestamp)}
      format={data.format}
      url={data.link}
      fallback={data.fallback}
    />
  ),
  link: ({ href, children }: { href: string; children: ReactNode }) => (
    <SafeLink href={href}>{children}</SafeLink>
  ),
};

/** One block without interactive elements, drawn by slack-blocks-to-jsx. */
export const LibraryBlock = memo((props: { block: Loose }): ReactNode => {
  // The library's types describe valid blocks only; a block boundary catches what is not.
  const blocks = [props.block as unknown as Block];
  return <Message blocks={blocks} hooks={hooks} logo="" name="" theme="light" withoutWrapper />;
});
