import type { ReactNode } from 'react';
import {
  ButtonElement,
  FeedbackElement,
  IconButtonElement,
  OverflowElement,
} from './element-buttons.tsx';
import { CheckboxesElement, RadioElement, SelectElement } from './element-choices.tsx';
import {
  DateElement,
  DateTimeElement,
  RichTextInputElement,
  TextElement,
  TimeElement,
} from './element-inputs.tsx';
import type { ElementProps } from './element-props.ts';
import { ImageView } from './image-view.tsx';
import { stringOf } from './loose.ts';

const views: Readonly<Record<string, (props: ElementProps) => ReactNode>> = {
  button: ButtonElement,
  overflow: OverflowElement,
  feedback_buttons: FeedbackElement,
  icon_button: IconButtonElement,
  static_select: SelectElement,
  users_select: SelectElement,
  conversations_select: SelectElement,
  channels_select: SelectElement,
  multi_static_select: CheckboxesElement,
  multi_users_select: CheckboxesElement,
  multi_conversations_select: CheckboxesElement,
  multi_channels_select: CheckboxesElement,
  checkboxes: CheckboxesElement,
  radio_buttons: RadioElement,
  plain_text_input: TextElement,
  number_input: TextElement,
  email_text_input: TextElement,
  url_text_input: TextElement,
  rich_text_input: RichTextInputElement,
  datepicker: DateElement,
  timepicker: TimeElement,
  datetimepicker: DateTimeElement,
};

/** Any block element. One that this page does not know is named, never left out. */
export function ElementView(props: ElementProps): ReactNode {
  const type = stringOf(props.element.type, 'none');
  if (type === 'image') return <ImageView image={props.element} className="thumbnail" />;
  const View = views[type];
  return View === undefined ? (
    <span className="block-problem">Unsupported element: {type}</span>
  ) : (
    <View {...props} />
  );
}
