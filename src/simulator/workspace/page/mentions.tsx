import type { ReactNode } from 'react';
import { displayNameOf } from './composition.ts';
import { SafeLink } from './links.tsx';
import { usePage, usePerson } from './page-context.ts';
import { formatSlackDate } from './times.ts';

export function UserMention(props: { id: string }): ReactNode {
  const person = usePerson(props.id);
  const { workspace } = usePage();
  return (
    <span className={props.id === workspace.me.id ? 'mention me' : 'mention'}>
      @{person === null ? props.id : displayNameOf(person)}
    </span>
  );
}

export function ChannelMention(props: { id: string }): ReactNode {
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

export function GroupMention(props: { id: string; name: string }): ReactNode {
  return <span className="mention">{props.name || `@${props.id}`}</span>;
}

export function Broadcast(props: { range: string }): ReactNode {
  return <span className="mention broadcast">@{props.range}</span>;
}

/** In the browser's time zone; the app's fallback is the tooltip, and shown for a bad time. */
export function SlackDate(props: {
  seconds: number;
  format: string;
  url: string | null;
  fallback: string;
}): ReactNode {
  const isTime = Number.isFinite(props.seconds);
  const text = isTime ? formatSlackDate(props.seconds, props.format) : props.fallback;
  const time = <time title={props.fallback}>{text}</time>;
  return props.url === null ? time : <SafeLink href={props.url}>{time}</SafeLink>;
}
