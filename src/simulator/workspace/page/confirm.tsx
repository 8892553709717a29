import { type ReactNode, useCallback, useState } from 'react';
import { Dialog } from './dialog.tsx';
import { type Loose, looseOf, stringOf, textOf } from './loose.ts';
import { TextObject } from './text-object.tsx';

interface Asked {
  readonly dialog: Loose;
  readonly answer: (isAgreed: boolean) => void;
}

export interface Confirming {
  readonly asked: Asked | null;
  readonly confirm: (dialog: unknown) => Promise<boolean>;
}

/** One question at a time; asking again before the answer counts as "no" to the first. */
export function useConfirming(): Confirming {
  const [asked, setAsked] = useState<Asked | null>(null);
  const confirm = useCallback((dialog: unknown): Promise<boolean> => {
    if (dialog === undefined || dialog === null) return Promise.resolve(true);
    return new Promise((resolve) => {
      const answer = (isAgreed: boolean) => {
        setAsked(null);
        resolve(isAgreed);
      };
      setAsked((previous) => {
        previous?.answer(false);
        return { dialog: looseOf(dialog), answer };
      });
    });
  }, []);
  return { asked, confirm };
}

export function ConfirmDialog(props: { asked: Asked }): ReactNode {
  const { dialog, answer } = props.asked;
  const style = stringOf(dialog.style, 'primary');
  return (
    <Dialog
      title={textOf(dialog.title) || 'Are you sure?'}
      close={() => answer(false)}
      className="confirm"
    >
      <div className="dialog-body">
        <TextObject text={dialog.text} />
      </div>
      <footer className="dialog-foot">
        <button type="button" className="button" onClick={() => answer(false)}>
          {textOf(dialog.deny) || 'Cancel'}
        </button>
        <button type="button" className={`button primary ${style}`} onClick={() => answer(true)}>
          {textOf(dialog.confirm) || 'Yes'}
        </button>
      </footer>
    </Dialog>
  );
}
