import { memo, type ReactNode, useMemo } from 'react';
import { type Block, Message } from 'slack-blocks-to-jsx';
import { displayNameOf } from './composition.ts';
import { emojiOf } from './emoji.ts';
import { SafeLink } from './links.tsx';
import { type Loose, textOf } from './loose.ts';
import { usePage, usePerson } from './page-context.ts';
import { formatSlackDate } from './times.ts';

/** The library reads its hooks once per mount, so these look everything up when they are drawn. */
const hooks = {
  user: ({ id }: { id: string }) => <UserMention id={id} />,
  channel: ({ id }: { id: string }) => <ChannelMention id={id} />,
  usergroup: ({ id, name }: { id: string; name?: string }) => (
    <span className="mention">@{name || id}</span>
  ),
  atHere: () => <span className="mention broadcast">@here</span>,
  atChannel: () => <span className="mention broadcast">@channel</span>,
  atEveryone: () => <span className="mention broadcast">@everyone</span>,
  emoji: (data: { name: string }, parse: (data: never) => string) => {
    const known = emojiOf(data.name);
    return <span className="emoji">{known.startsWith(':') ? parse(data as never) : known}</span>;
  },
  date: (data: { timestamp: string; format: string; link: string | null; fallback: string }) => (
    <SlackDate {...data} />
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

/** A mrkdwn or plain text object in the flow of one of our own blocks. */
export function TextObject(props: { text: unknown }): ReactNode {
  const block = useMemo(() => {
    const text = typeof props.text === 'string' ? { type: 'mrkdwn', text: props.text } : props.text;
    return { type: 'section', text };
  }, [props.text]);
  return textOf(props.text) === '' ? null : <LibraryBlock block={block} />;
}

function UserMention(props: { id: string }): ReactNode {
  const person = usePerson(props.id);
  const { workspace } = usePage();
  const isMe = props.id === workspace.me.id;
  return (
    <span className={isMe ? 'mention me' : 'mention'}>
      @{person === null ? props.id : displayNameOf(person)}
    </span>
  );
}

function ChannelMention(props: { id: string }): ReactNode {
  const { workspace, navigate } = usePage();
  const channel = workspace.channels.find(({ id }) => id === props.id);
  if (channel === undefined) return <span className="mention">#{props.id}</span>;
  const open = () => navigate({ place: channel.id, threadTs: null, messageTs: null });
  return (
    <button type="button" className="mention" onClick={open}>
      #{channel.name}
    </button>
  );
}

function SlackDate(props: {
  timestamp: string;
  format: string;
  link: string | null;
  fallback: string;
}): ReactNode {
  const seconds = Number(props.timestamp);
  const text = Number.isFinite(seconds) ? formatSlackDate(seconds, props.format) : props.fallback;
  const time = <time title={props.fallback}>{text}</time>;
  return props.link === null ? time : <SafeLink href={props.link}>{time}</SafeLink>;
}
