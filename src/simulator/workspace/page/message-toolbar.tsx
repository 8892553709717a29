import type { ReactNode } from 'react';
import type { PageMessage } from '../page-protocol.ts';
import { emojiOf, offeredReactions } from './emoji.ts';
import { Menu, type MenuItem } from './menu.tsx';
import { usePage } from './page-context.ts';
import { useToggleReaction } from './reactions.tsx';

interface ToolbarProps {
  readonly message: PageMessage;
  readonly channelId: string;
  readonly isInThread: boolean;
  readonly edit: () => void;
}

const quickReactions = ['pushpin', 'white_check_mark', 'eyes'] as const;

/** What can be done with a message; shown while it is pointed at or has the focus. */
export function MessageToolbar(props: ToolbarProps): ReactNode {
  const { message, channelId } = props;
  const { navigate } = usePage();
  const toggle = useToggleReaction(message, channelId);
  const items = useMoreItems(props);
  const openThread = () =>
    navigate({ place: channelId, threadTs: message.threadTs ?? message.ts, messageTs: null });
  return (
    <div className="toolbar" role="toolbar" aria-label="Message actions">
      {quickReactions.map((name) => (
        <button
          key={name}
          type="button"
          title={`React with ${name}`}
          aria-label={`React with ${name}`}
          onClick={() => toggle(name)}
        >
          {emojiOf(name)}
        </button>
      ))}
      <Menu
        className="emoji-menu"
        label="Add reaction"
        trigger="☺"
        items={offeredReactions.map((name) => ({
          key: name,
          label: emojiOf(name),
          detail: name,
          pick: () => toggle(name),
        }))}
      />
      {!props.isInThread && (
        <button
          type="button"
          title="Reply in thread"
          aria-label="Reply in thread"
          onClick={openThread}
        >
          💬
        </button>
      )}
      {items.length > 0 && <Menu label="More actions" trigger="⋮" items={items} />}
    </div>
  );
}

function useMoreItems(props: ToolbarProps): readonly MenuItem[] {
  const { message, channelId } = props;
  const { workspace, perform, confirm } = usePage();
  const ts = message.ts;
  const shortcuts = workspace.messageShortcuts.map(({ callbackId, name }) => ({
    key: callbackId,
    label: name,
    pick: () => void perform({ type: 'message-shortcut', callbackId, channelId, ts }),
  }));
  if (message.userId !== workspace.me.id) return shortcuts;
  const remove = async () => {
    if (await confirm(deleteDialog)) await perform({ type: 'delete', channelId, ts });
  };
  return [
    ...shortcuts,
    { key: 'edit', label: 'Edit message', pick: props.edit },
    { key: 'delete', label: 'Delete message…', isDanger: true, pick: () => void remove() },
  ];
}

const deleteDialog = {
  title: 'Delete message',
  text: 'This message will be gone for everybody.',
  confirm: 'Delete',
  deny: 'Cancel',
  style: 'danger',
};
