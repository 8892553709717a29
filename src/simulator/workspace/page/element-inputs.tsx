import type { KeyboardEvent, ReactNode } from 'react';
import { useElementValue } from './element-choices.tsx';
import { type ElementProps, elementAttributes } from './element-props.ts';
import { initialStateOf } from './element-state.ts';
import { type Loose, listOf, looseOf, stringOf, textOf } from './loose.ts';
import { useSurface } from './surface.tsx';

const inputTypes: Readonly<Record<string, string>> = {
  number_input: 'number',
  email_text_input: 'email',
  url_text_input: 'url',
};

/** One line or many; tells the app on Enter or on each character, if its block asks for that. */
export function TextElement(props: ElementProps): ReactNode {
  const { element, blockId } = props;
  const { act } = useSurface();
  const [value, setValue] = useElementValue({ ...props, dispatches: tellsEachCharacter(props) });
  const isMultiline = element.multiline === true;
  const tellOnEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || (isMultiline && event.shiftKey) || !tellsOnEnter(props)) return;
    event.preventDefault();
    void act(blockId, element, { value });
  };
  const shared = {
    ...elementAttributes(props),
    className: isMultiline ? 'field area' : 'field',
    placeholder: textOf(element.placeholder) || undefined,
    value: stringOf(value),
    onKeyDown: tellOnEnter,
    onChange: (event: { target: { value: string } }) =>
      setValue(event.target.value === '' ? null : event.target.value),
  };
  if (isMultiline) return <textarea rows={4} {...shared} />;
  const type = inputTypes[stringOf(element.type)] ?? 'text';
  const step = element.is_decimal_allowed === true ? 'any' : '1';
  return <input type={type} step={type === 'number' ? step : undefined} {...shared} />;
}

function triggersOf(element: Loose): readonly unknown[] {
  const triggers = looseOf(element.dispatch_action_config).trigger_actions_on;
  return Array.isArray(triggers) ? triggers : ['on_enter_pressed'];
}

function tellsOnEnter(props: ElementProps): boolean {
  return props.dispatches && triggersOf(props.element).includes('on_enter_pressed');
}

function tellsEachCharacter(props: ElementProps): boolean {
  return props.dispatches && triggersOf(props.element).includes('on_character_entered');
}

/** Plain typing into a rich text field: one section with one text, as Slack sends it. */
export function RichTextInputElement(props: ElementProps): ReactNode {
  const [value, setValue] = useElementValue(props);
  const text = listOf(looseOf(value).elements)
    .flatMap((section) => listOf(section.elements))
    .map((part) => stringOf(part.text))
    .join('');
  const set = (typed: string) => {
    const section = { type: 'rich_text_section', elements: [{ type: 'text', text: typed }] };
    setValue(typed === '' ? null : { type: 'rich_text', elements: [section] });
  };
  return (
    <textarea
      rows={4}
      className="field area"
      {...elementAttributes(props)}
      placeholder={textOf(props.element.placeholder) || undefined}
      value={text}
      onChange={(event) => set(event.target.value)}
    />
  );
}

// While a year is being typed the browser reports years such as 0002; those are not choices.
const yearMin = 1900;

export function DateElement(props: ElementProps): ReactNode {
  const [value, setValue] = useElementValue(props);
  const set = (typed: string) => {
    if (typed === '') setValue(null);
    else if (Number(typed.slice(0, 4)) >= yearMin) setValue(typed);
  };
  return <MomentInput {...props} type="date" value={stringOf(value)} set={set} />;
}

export function TimeElement(props: ElementProps): ReactNode {
  const [value, setValue] = useElementValue(props);
  const set = (typed: string) => setValue(typed === '' ? null : typed);
  return <MomentInput {...props} type="time" value={stringOf(value)} set={set} />;
}

/** Shown in the browser's time zone, kept as whole seconds since 1970. */
export function DateTimeElement(props: ElementProps): ReactNode {
  const [value, setValue] = useElementValue(props);
  const set = (typed: string) => {
    if (typed === '') setValue(null);
    else if (Number(typed.slice(0, 4)) >= yearMin) setValue(Date.parse(typed) / 1000);
  };
  const shown = typeof value === 'number' ? localDateTime(new Date(value * 1000)) : '';
  return <MomentInput {...props} type="datetime-local" value={shown} set={set} />;
}

function localDateTime(date: Date): string {
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

function MomentInput(
  props: ElementProps & { type: string; value: string; set: (typed: string) => void },
): ReactNode {
  return (
    <input
      // Uncontrolled: a controlled date field loses the half of a date that is being typed. Only a
      // new initial value of the app starts it afresh.
      key={JSON.stringify(initialStateOf(props.element))}
      type={props.type}
      className="field moment"
      {...elementAttributes(props)}
      defaultValue={props.value}
      onChange={(event) => props.set(event.target.value)}
    />
  );
}
