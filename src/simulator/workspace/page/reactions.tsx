import type { ReactNode } from 'react';
import type { PageMessage } from '../page-protocol.ts';
import { displayNameOf } from './composition.ts';
import { emojiOf } from './emoji.ts';
import { usePage } from './page-context.ts';

/** Adds one's reaction, or takes it off where it is already there. */
export function useToggleReaction(message: PageMessage, channelId: string): (name: string) => void {
  const { workspace, perform } = usePage();
  return (name) => {
    const mine = message.reactions.find((reaction) => reaction.name === name)?.userIds ?? [];
    const add = !mine.includes(workspace.me.id);
    void perform({ type: 'react', channelId, ts: message.ts, name, add });
  };
}

export function Reactions(props: { message: PageMessage; channelId: string }): ReactNode {
  const { workspace } = usePage();
  const toggle = useToggleReaction(props.message, props.channelId);
  if (props.message.reactions.length === 0) return null;
  const nameOf = (id: string) => {
    const person = workspace.people.find((candidate) => candidate.id === id);
    return person === undefined ? id : displayNameOf(person);
  };
  return (
    <div className="reactions">
      {props.message.reactions.map(({ name, userIds }) => (
        <button
          key={name}
          type="button"
          className="reaction"
          aria-pressed={userIds.includes(workspace.me.id)}
          aria-label={`${name}, ${userIds.length}`}
          title={`${userIds.map(nameOf).join(', ')} reacted with :${name}:`}
          onClick={() => toggle(name)}
        >
          {emojiOf(name)} <span>{userIds.length}</span>
        </button>
      ))}
    </div>
  );
}
