import { createElement, Fragment, type ReactNode, useMemo } from 'react';
import { emojiOf, withEmoji } from './emoji.ts';
import { SafeLink } from './links.tsx';
import { looseOf, textOf } from './loose.ts';
import { Broadcast, ChannelMention, GroupMention, SlackDate, UserMention } from './mentions.tsx';
import { type Inline, type MrkdwnPart, parseMrkdwn } from './mrkdwn.ts';

/** A text object, or the plain string that some blocks take; `mrkdwn` unless it says otherwise. */
export function TextObject(props: { text: unknown }): ReactNode {
  const text = textOf(props.text);
  if (text === '') return null;
  const isPlain = looseOf(props.text).type === 'plain_text';
  return isPlain ? <div className="mrkdwn">{withEmoji(text)}</div> : <Mrkdwn text={text} />;
}

function Mrkdwn(props: { text: string }): ReactNode {
  const parts = useMemo(() => parseMrkdwn(props.text), [props.text]);
  return <div className="mrkdwn">{inOrder(parts, PartView)}</div>;
}

/** Parsed text has no identity but its order, so the elements are children, not a keyed list. */
function inOrder<T>(items: readonly T[], View: (props: { item: T }) => ReactNode): ReactNode {
  return createElement(Fragment, null, ...items.map((item) => createElement(View, { item })));
}

function PartView(props: { item: MrkdwnPart }): ReactNode {
  const part = props.item;
  switch (part.kind) {
    case 'pre':
      return <pre>{part.text}</pre>;
    case 'quote':
      return <blockquote>{inOrder(part.children, InlineView)}</blockquote>;
    case 'lines':
      return <div>{inOrder(part.children, InlineView)}</div>;
  }
}

function InlineView(props: { item: Inline }): ReactNode {
  const inline = props.item;
  switch (inline.kind) {
    case 'text':
      return inline.text;
    case 'code':
      return <code>{inline.text}</code>;
    case 'emoji':
      return <span className="emoji">{emojiOf(inline.name)}</span>;
    case 'user':
      return <UserMention id={inline.id} />;
    case 'channel':
      return <ChannelMention id={inline.id} />;
    case 'group':
      return <GroupMention id={inline.id} name={inline.name} />;
    case 'broadcast':
      return <Broadcast range={inline.range} />;
    case 'link':
      return <SafeLink href={inline.url}>{withEmoji(inline.label)}</SafeLink>;
    case 'date':
      return <SlackDate {...inline} />;
    case 'strong':
    case 'em':
    case 's':
      return createElement(inline.kind, null, inOrder(inline.children, InlineView));
  }
}
