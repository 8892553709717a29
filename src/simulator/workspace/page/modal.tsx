import { type FormEvent, type ReactNode, useMemo, useState } from 'react';
import type { PageContainer, PageView } from '../page-protocol.ts';
import { Blocks } from './blocks-adapter.tsx';
import { Dialog } from './dialog.tsx';
import { withIds } from './element-state.ts';
import { withEmoji } from './emoji.ts';
import { looseOf, textOf } from './loose.ts';
import { usePage } from './page-context.ts';
import { SurfaceProvider, useSurfaceOf } from './surface.tsx';
import { validateView } from './validate-view.ts';

/**
 * The app's modal. Give it a `key` per view, so that a pushed view starts with its own state.
 * Notices have to be inside it: nothing outside a modal dialog can be reached.
 */
export function Modal(props: { view: PageView; notices: ReactNode }): ReactNode {
  const { perform } = usePage();
  const { id, view, errors, problem, submitting } = props.view;
  const sent = looseOf(view);
  const blocks = useMemo(
    () => withIds(Array.isArray(sent.blocks) ? sent.blocks : []),
    [sent.blocks],
  );
  const container = useMemo<PageContainer>(() => ({ type: 'view', viewId: id }), [id]);
  const surface = useSurfaceOf(container, blocks);
  const [ownErrors, setOwnErrors] = useState<Readonly<Record<string, string>>>({});
  const [isSending, setSending] = useState(false);
  const isPending = submitting || isSending;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const state = surface.valuesNow();
    const found = validateView(blocks, state);
    setOwnErrors(found);
    if (isPending || Object.keys(found).length > 0) return;
    setSending(true);
    await perform({ type: 'submit-view', viewId: id, state });
    setSending(false);
  };
  const close = () => void perform({ type: 'close-view', viewId: id });
  return (
    <Dialog title={withEmoji(textOf(sent.title))} close={close}>
      <form className="dialog-form" noValidate onSubmit={submit} aria-busy={isPending}>
        {problem !== null && (
          <p className="banner problem" role="alert">
            {problem}
          </p>
        )}
        <div className="dialog-body">
          <SurfaceProvider surface={surface}>
            <Blocks blocks={blocks} errors={{ ...errors, ...ownErrors }} />
          </SurfaceProvider>
        </div>
        <footer className="dialog-foot">
          <button type="button" className="button" onClick={close}>
            {withEmoji(textOf(sent.close)) || (sent.submit === undefined ? 'Close' : 'Cancel')}
          </button>
          {textOf(sent.submit) !== '' && (
            <button type="submit" className="button primary" disabled={isPending}>
              {isPending ? 'Sending…' : withEmoji(textOf(sent.submit))}
            </button>
          )}
        </footer>
      </form>
      {props.notices}
    </Dialog>
  );
}
