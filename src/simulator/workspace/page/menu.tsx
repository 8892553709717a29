import { type ReactNode, useEffect, useRef, useState } from 'react';

export interface MenuItem {
  readonly key: string;
  readonly label: string;
  readonly detail?: string;
  readonly isDanger?: boolean;
  readonly isCurrent?: boolean;
  readonly pick: () => void;
}

interface MenuProps {
  readonly label: string;
  readonly trigger: ReactNode;
  readonly items: readonly MenuItem[];
  readonly className?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** A button that opens a short list. Escape and a click elsewhere close it. */
export function Menu(props: MenuProps): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const [side, setSide] = useState<Side>('right');
  const frame = useRef<HTMLDivElement>(null);
  useClosing(frame, isOpen, () => setOpen(false));
  return (
    <div className={`menu to-${side} ${props.className ?? ''}`} ref={frame}>
      <button
        type="button"
        className="menu-trigger"
        title={props.label}
        {...props.attributes}
        aria-label={props.label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={(event) => {
          setSide(roomierSideOf(event.currentTarget));
          setOpen(!isOpen);
        }}
      >
        {props.trigger}
      </button>
      {isOpen && <MenuList items={props.items} label={props.label} close={() => setOpen(false)} />}
    </div>
  );
}

type Side = 'left' | 'right';

/** The edge to align the list with, so that it is not cut off by whatever scrolls around it. */
function roomierSideOf(trigger: HTMLElement): Side {
  const around = (
    trigger.closest('.message-list, .dialog-body, .home') ?? document.body
  ).getBoundingClientRect();
  const own = trigger.getBoundingClientRect();
  return own.left - around.left < around.right - own.right ? 'left' : 'right';
}

function MenuList(props: {
  items: readonly MenuItem[];
  label: string;
  close: () => void;
}): ReactNode {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.scrollIntoView({ block: 'nearest' });
    list.current?.querySelector('button')?.focus({ preventScroll: true });
  }, []);
  return (
    <div className="menu-list" role="menu" aria-label={props.label} ref={list}>
      {props.items.map((item) => (
        <button
          key={item.key}
          type="button"
          role="menuitem"
          aria-current={item.isCurrent === true ? 'true' : undefined}
          className={item.isDanger === true ? 'danger' : undefined}
          onClick={() => {
            props.close();
            item.pick();
          }}
        >
          <span>{item.label}</span>
          {item.detail !== undefined && <small>{item.detail}</small>}
        </button>
      ))}
    </div>
  );
}

function useClosing(
  frame: { readonly current: HTMLElement | null },
  isOpen: boolean,
  close: () => void,
): void {
  const latestClose = useRef(close);
  latestClose.current = close;
  useEffect(() => {
    if (!isOpen) return;
    const onPointer = (event: PointerEvent) => {
      if (event.target instanceof Node && frame.current?.contains(event.target) !== true) {
        latestClose.current();
      }
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      latestClose.current();
    };
    document.addEventListener('pointerdown', onPointer);
    document.addEventListener('keydown', onKey, { capture: true });
    return () => {
      document.removeEventListener('pointerdown', onPointer);
      document.removeEventListener('keydown', onKey, { capture: true });
    };
  }, [isOpen, frame]);
}
