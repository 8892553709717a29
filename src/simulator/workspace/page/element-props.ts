import type { Loose } from './loose.ts';
import { stringOf, textOf } from './loose.ts';

export interface ElementProps {
  readonly blockId: string;
  readonly element: Loose;
  /** True where a choice is told to the app at once: outside input blocks, or `dispatch_action`. */
  readonly dispatches: boolean;
  /** For the field's label; without one the element names itself. */
  readonly inputId?: string;
  readonly hasError?: boolean;
}

/** What tests and styles find an interactive element by. */
export function elementAttributes(props: ElementProps): Readonly<Record<string, unknown>> {
  const { element, blockId } = props;
  const ownName = stringOf(element.accessibility_label) || textOf(element.placeholder);
  return {
    'data-action-id': stringOf(element.action_id),
    'data-block-id': blockId,
    'data-focus-first': element.focus_on_load === true ? '' : undefined,
    id: props.inputId,
    'aria-invalid': props.hasError === true ? true : undefined,
    'aria-label': props.inputId === undefined ? ownName || stringOf(element.action_id) : undefined,
  };
}
