import type { ReactNode } from 'react';
import { usePage } from './page-context.ts';

export interface Toast {
  readonly id: string;
  readonly text: string;
}

/** Refusals of this tab and the workspace's notices, until they are dismissed. */
export function Toasts(props: { own: readonly Toast[]; dismiss: (id: string) => void }): ReactNode {
  const { workspace, perform } = usePage();
  return (
    <div className="toasts" role="status" aria-label="Notices">
      {workspace.notices.map(({ id, text }) => (
        <ToastView
          key={id}
          text={text}
          dismiss={() => void perform({ type: 'dismiss-notice', noticeId: id })}
        />
      ))}
      {props.own.map(({ id, text }) => (
        <ToastView key={id} text={text} dismiss={() => props.dismiss(id)} />
      ))}
    </div>
  );
}

function ToastView(props: { text: string; dismiss: () => void }): ReactNode {
  return (
    <div className="toast">
      <span>{props.text}</span>
      <button type="button" aria-label="Dismiss notice" onClick={props.dismiss}>
        ✕
      </button>
    </div>
  );
}
