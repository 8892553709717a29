import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';

interface DialogProps {
  readonly title: string;
  readonly close: () => void;
  readonly className?: string;
  readonly children: ReactNode;
}

/** The first kind that is there gets the focus. */
const focusOrder = [
  '[data-focus-first]',
  'input, select, textarea',
  '.dialog-foot button',
] as const;

/** The browser's modal dialog: it keeps the focus inside and gives it back when it goes. */
export function Dialog(props: DialogProps): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    element.showModal();
    focusOrder
      .map((selector) => element.querySelector<HTMLElement>(selector))
      .find((candidate) => candidate !== null)
      ?.focus();
    return () => element.close();
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    // The server decides whether the dialog goes; the browser must not close it first.
    event.preventDefault();
    event.stopPropagation();
    props.close();
  };
  return (
    <dialog
      ref={dialog}
      className={`dialog ${props.className ?? ''}`}
      aria-labelledby={titleId}
      onKeyDown={onKeyDown}
      onCancel={(event) => event.preventDefault()}
    >
      <header className="dialog-head">
        <h2 id={titleId}>{props.title}</h2>
        <button type="button" className="close" aria-label="Close dialog" onClick={props.close}>
          ✕
        </button>
      </header>
      {props.children}
    </dialog>
  );
}
