import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import {
  type Completion,
  type CompletionList,
  commandInProgress,
  findCompletions,
  toWire,
} from './composition.ts';
import { usePage } from './page-context.ts';

interface ComposerProps {
  readonly channelId: string;
  readonly threadTs: string | null;
  readonly placeholder: string;
  readonly onSend: () => void;
}

/** What was typed and not sent, by place, for as long as the tab is open. */
const drafts = new Map<string, string>();

/** Give it a `key` per channel and thread: each has its own draft. */
export function Composer(props: ComposerProps): ReactNode {
  const { workspace } = usePage();
  const draft = useDraft(`${workspace.me.id}/${props.channelId}/${props.threadTs ?? ''}`);
  const send = useSend(props, draft);
  const area = useRef<HTMLTextAreaElement>(null);
  const completing = useCompleting(draft, area);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || completing.handleKey(event)) return;
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    void send();
  };
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <CompletionPopup {...completing} />
      <CommandHint text={draft.text} />
      <textarea
        ref={area}
        rows={1}
        className="composer-text"
        aria-label={props.placeholder}
        placeholder={props.placeholder}
        value={draft.text}
        onChange={(event) => completing.typed(event.target.value, event.target.selectionStart)}
        onSelect={(event) => completing.moved(event.currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
      />
      <button type="submit" className="send" aria-label="Send" disabled={draft.text.trim() === ''}>
        ➤
      </button>
    </form>
  );
}

interface Draft {
  readonly text: string;
  readonly set: (text: string) => void;
}

function useDraft(key: string): Draft {
  const [text, setText] = useState(drafts.get(key) ?? '');
  const set = (next: string) => {
    drafts.set(key, next);
    setText(next);
  };
  return { text, set };
}

/** The text leaves the composer at once and comes back when the server refuses it. */
function useSend(props: ComposerProps, draft: Draft): () => Promise<void> {
  const { perform, workspace } = usePage();
  return async () => {
    const text = draft.text.trim();
    if (text === '') return;
    draft.set('');
    props.onSend();
    const wire = toWire(text, workspace);
    const { channelId, threadTs } = props;
    const isSent = await perform({ type: 'send', channelId, threadTs, text: wire });
    if (!isSent) draft.set(text);
  };
}

interface Completing {
  readonly list: CompletionList | null;
  readonly selected: number;
  readonly choose: (item: Completion) => void;
  readonly typed: (text: string, caret: number) => void;
  readonly moved: (caret: number) => void;
  /** True when the key was for the list of completions. */
  readonly handleKey: (event: KeyboardEvent) => boolean;
}

function useCompleting(
  draft: Draft,
  area: { readonly current: HTMLTextAreaElement | null },
): Completing {
  const { workspace } = usePage();
  const [caret, setCaret] = useState(draft.text.length);
  const [selected, setSelected] = useState(0);
  const [isDismissed, setDismissed] = useState(false);
  const wantedCaret = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (wantedCaret.current === null) return;
    area.current?.setSelectionRange(wantedCaret.current, wantedCaret.current);
    wantedCaret.current = null;
  });
  const list = isDismissed ? null : findCompletions(draft.text, caret, workspace);
  const choose = (item: Completion) => {
    const start = list?.start ?? 0;
    const next = start + item.insert.length;
    draft.set(draft.text.slice(0, start) + item.insert + draft.text.slice(caret));
    wantedCaret.current = next;
    setCaret(next);
    setSelected(0);
    area.current?.focus();
  };
  const typed = (text: string, at: number) => {
    draft.set(text);
    setCaret(at);
    setSelected(0);
    setDismissed(false);
  };
  const handleKey = (event: KeyboardEvent) => {
    const item = list?.items[selected];
    if (list === null || item === undefined) return false;
    const isWhole = list.kind === 'command' && item.key === draft.text;
    if (event.key === 'Escape') setDismissed(true);
    else if (event.key === 'ArrowDown') setSelected((selected + 1) % list.items.length);
    else if (event.key === 'ArrowUp') {
      setSelected((selected + list.items.length - 1) % list.items.length);
    } else if (event.key === 'Tab' || (event.key === 'Enter' && !isWhole)) choose(item);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return { list, selected, choose, typed, moved: setCaret, handleKey };
}

function CompletionPopup(props: Completing): ReactNode {
  if (props.list === null) return null;
  const label = props.list.kind === 'command' ? 'Commands' : 'People';
  return (
    <div className="completions" role="listbox" aria-label={label}>
      {props.list.items.map((item, index) => (
        <button
          key={item.key}
          type="button"
          role="option"
          tabIndex={-1}
          aria-selected={index === props.selected}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => props.choose(item)}
        >
          <strong>{item.label}</strong>
          <small>{item.detail}</small>
        </button>
      ))}
    </div>
  );
}

function CommandHint(props: { text: string }): ReactNode {
  const command = commandInProgress(props.text, usePage().workspace.commands);
  if (command === null) return null;
  return (
    <p className="command-hint">
      <strong>{command.command}</strong> {command.usageHint} — {command.description}
    </p>
  );
}
