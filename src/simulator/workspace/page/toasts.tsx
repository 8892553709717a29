import type { ReactNode } from 'react';
import type { PageWorkspace } from '../page-protocol.ts';
import { usePage } from './page-context.ts';

export interface Toast {
  readonly id: string;
  readonly text: string;
}

interface ToastsProps {
  readonly notices: PageWorkspace['notices'];
  readonly own: readonly Toast[];
  readonly dismiss: (id: string) => void;
}

/** Refusals of this tab and the workspace's notices, until they are dismissed. */
export function Toasts(props: ToastsProps): ReactNode {
  const { perform } = usePage();
  return (
    <div className="toasts" role="status" aria-label="Notices">
      {props.notices.map(({ id, text }) => (
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
