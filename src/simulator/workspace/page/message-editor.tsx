import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { toTyped, toWire } from './composition.ts';
import type { MessageProps } from './message.tsx';
import { usePage } from './page-context.ts';

/** One's own message as text again. Enter saves, Escape leaves it as it was. */
export function MessageEditor(props: MessageProps & { close: () => void }): ReactNode {
  const { perform, workspace } = usePage();
  const { message, channelId, close } = props;
  const [text, setText] = useState(() => toTyped(message.text, workspace));
  const save = async () => {
    const wire = toWire(text.trim(), workspace);
    if (await perform({ type: 'edit', channelId, ts: message.ts, text: wire })) close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close();
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void save();
  };
  return (
    <div className="editor">
      <textarea
        className="field area"
        aria-label="Edit message"
        // biome-ignore lint/a11y/noAutofocus: the person just asked to edit here.
        autoFocus
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="actions">
        <button type="button" className="button" onClick={close}>
          Cancel
        </button>
        <button
          type="button"
          className="button primary"
          disabled={text.trim() === ''}
          onClick={() => void save()}
        >
          Save
        </button>
      </div>
    </div>
  );
}
