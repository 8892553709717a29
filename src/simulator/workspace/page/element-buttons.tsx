import { type ReactNode, useState } from 'react';
import { type ElementProps, elementAttributes } from './element-props.ts';
import { withEmoji } from './emoji.ts';
import { safeUrlOf } from './links.tsx';
import { type Loose, listOf, looseOf, stringOf, textOf } from './loose.ts';
import { Menu } from './menu.tsx';
import { useSurface } from './surface.tsx';

function usePending(): [boolean, (work: () => Promise<void>) => void] {
  const [isPending, setPending] = useState(false);
  const run = (work: () => Promise<void>) => {
    setPending(true);
    void work().finally(() => setPending(false));
  };
  return [isPending, run];
}

/** A button, or a link that also tells the app, when it has a `url`. */
export function ButtonElement(props: ElementProps): ReactNode {
  const { element, blockId } = props;
  const { act } = useSurface();
  const [isPending, run] = usePending();
  const style = stringOf(element.style, 'default');
  const shared = {
    className: `button ${style}`,
    'data-action-id': stringOf(element.action_id),
    'data-block-id': blockId,
    'aria-label': stringOf(element.accessibility_label) || undefined,
    'aria-busy': isPending || undefined,
    onClick: () => run(() => act(blockId, element, {})),
  };
  const text = withEmoji(textOf(element.text));
  const url = safeUrlOf(stringOf(element.url));
  if (url === null) {
    return (
      <button type="button" {...shared}>
        {text}
      </button>
    );
  }
  return (
    <a href={url.href} target="_blank" rel="noopener noreferrer" {...shared}>
      {text}
    </a>
  );
}

export function OverflowElement(props: ElementProps): ReactNode {
  const { element, blockId } = props;
  const { act } = useSurface();
  const items = listOf(element.options).map((option, index) => ({
    key: stringOf(option.value, String(index)),
    label: withEmoji(textOf(option.text)),
    detail: textOf(option.description),
    pick: () => pickOption(option),
  }));
  const pickOption = (option: Loose) => {
    const url = safeUrlOf(stringOf(option.url));
    if (url !== null) window.open(url.href, '_blank', 'noopener,noreferrer');
    void act(blockId, element, { selected_option: option });
  };
  const attributes = { 'data-action-id': element.action_id, 'data-block-id': blockId };
  return (
    <Menu
      className="overflow"
      label={stringOf(element.accessibility_label, 'More options')}
      trigger="⋯"
      items={items}
      attributes={attributes}
    />
  );
}

/** Thumbs up and down; Slack reports the chosen button's value as the element's. */
export function FeedbackElement(props: ElementProps): ReactNode {
  const { element, blockId } = props;
  const { act } = useSurface();
  const choices = [looseOf(element.positive_button), looseOf(element.negative_button)];
  return (
    <>
      {choices.map((choice, index) => (
        <button
          key={index === 0 ? 'positive' : 'negative'}
          type="button"
          className="button small"
          data-action-id={stringOf(element.action_id)}
          data-block-id={blockId}
          aria-label={stringOf(choice.accessibility_label) || textOf(choice.text)}
          onClick={() => void act(blockId, element, { value: choice.value })}
        >
          {index === 0 ? '👍' : '👎'} {textOf(choice.text)}
        </button>
      ))}
    </>
  );
}

export function IconButtonElement(props: ElementProps): ReactNode {
  const { act } = useSurface();
  const { element, blockId } = props;
  const text = textOf(element.text);
  return (
    <button
      type="button"
      className="button small"
      title={text}
      {...elementAttributes(props)}
      aria-label={text}
      onClick={() => void act(blockId, element, {})}
    >
      {element.icon === 'trash' ? '🗑️' : text}
    </button>
  );
}
