import { type ReactNode, useState } from 'react';
import { usePage } from './page-context.ts';

/** Slack opens a canvas beside the conversation; here one writes a paragraph into it. */
export function CanvasWriter(props: { canvasId: string }): ReactNode {
  const { perform } = usePage();
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState('');
  if (!isOpen) {
    return (
      <button type="button" className="link" onClick={() => setOpen(true)}>
        Write in the canvas
      </button>
    );
  }
  const write = async (isAtTop: boolean) => {
    const { canvasId } = props;
    if (!(await perform({ type: 'write-in-canvas', canvasId, text, isAtTop }))) return;
    setText('');
    setOpen(false);
  };
  const isEmpty = text.trim() === '';
  return (
    <div className="editor">
      <textarea
        className="field area"
        aria-label="Write in the canvas"
        // biome-ignore lint/a11y/noAutofocus: the person just asked to write here.
        autoFocus
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="actions">
        <button type="button" className="button" onClick={() => setOpen(false)}>
          Cancel
        </button>
        <button
          type="button"
          className="button"
          disabled={isEmpty}
          onClick={() => void write(true)}
        >
          Add at the top
        </button>
        <button
          type="button"
          className="button primary"
          disabled={isEmpty}
          onClick={() => void write(false)}
        >
          Add at the end
        </button>
      </div>
    </div>
  );
}
