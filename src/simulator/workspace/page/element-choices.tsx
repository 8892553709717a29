import { type ReactNode, useId } from 'react';
import { displayNameOf } from './composition.ts';
import { type ElementProps, elementAttributes } from './element-props.ts';
import { stateFieldOf } from './element-state.ts';
import { withEmoji } from './emoji.ts';
import { type Loose, listOf, looseOf, stringOf, textOf } from './loose.ts';
import { usePage } from './page-context.ts';
import { useSurface } from './surface.tsx';

interface Choice {
  /** What the state holds: an option object, or a user or conversation id. */
  readonly value: unknown;
  readonly key: string;
  readonly label: string;
  readonly description: string;
  readonly group: string;
}

/** Keeps or sends the new value of this element's state field. */
export function useElementValue(props: ElementProps): [unknown, (value: unknown) => void] {
  const { stateOf, change, act } = useSurface();
  const field = stateFieldOf(props.element) ?? 'value';
  const set = (value: unknown) => {
    const chosen = { [field]: value };
    if (props.dispatches) void act(props.blockId, props.element, chosen);
    else change(props.blockId, props.element, chosen);
  };
  return [stateOf(props.blockId, props.element)[field], set];
}

function keyOf(value: unknown): string {
  return typeof value === 'string' ? value : stringOf(looseOf(value).value);
}

function useChoices(element: Loose): readonly Choice[] {
  const { people, channels } = usePage().workspace;
  const type = stringOf(element.type);
  if (type.includes('users_select')) {
    return people.map((person) => idChoice(person.id, displayNameOf(person)));
  }
  if (type.includes('conversations_select') || type.includes('channels_select')) {
    return channels
      .filter(({ isDirect, isArchived }) => !isDirect && !isArchived)
      .map(({ id, name }) => idChoice(id, `#${name}`));
  }
  const groups = listOf(element.option_groups);
  const grouped = groups.flatMap((group) =>
    listOf(group.options).map((option) => optionChoice(option, textOf(group.label))),
  );
  return [...listOf(element.options).map((option) => optionChoice(option, '')), ...grouped];
}

function idChoice(id: string, label: string): Choice {
  return { value: id, key: id, label, description: '', group: '' };
}

function optionChoice(option: Loose, group: string): Choice {
  return {
    value: option,
    key: stringOf(option.value),
    label: withEmoji(textOf(option.text)),
    description: textOf(option.description),
    group,
  };
}

/** All single selects, as the browser's own control: it works with keyboard, phone and reader. */
export function SelectElement(props: ElementProps): ReactNode {
  const [value, setValue] = useElementValue(props);
  const choices = useChoices(props.element);
  const pick = (key: string) => {
    const choice = choices.find((candidate) => candidate.key === key);
    setValue(choice?.value ?? null);
  };
  const groups = [...new Set(choices.map(({ group }) => group))];
  return (
    <select
      className="field select"
      {...elementAttributes(props)}
      value={keyOf(value)}
      onChange={(event) => pick(event.target.value)}
    >
      <option value="" disabled={props.dispatches}>
        {textOf(props.element.placeholder) || 'Select an option'}
      </option>
      {groups.map((group) => (
        <SelectGroup key={group} label={group} choices={choices.filter((c) => c.group === group)} />
      ))}
    </select>
  );
}

function SelectGroup(props: { label: string; choices: readonly Choice[] }): ReactNode {
  const options = props.choices.map(({ key, label }) => (
    <option key={key} value={key}>
      {label}
    </option>
  ));
  return props.label === '' ? options : <optgroup label={props.label}>{options}</optgroup>;
}

export function RadioElement(props: ElementProps): ReactNode {
  const [value, setValue] = useElementValue(props);
  const name = useId();
  return (
    <ChoiceList {...props}>
      {(choice) => (
        <input
          type="radio"
          name={name}
          checked={keyOf(value) === choice.key}
          onChange={() => setValue(choice.value)}
        />
      )}
    </ChoiceList>
  );
}

/** Checkboxes and every multi-select: all choices are in sight, nothing has to be opened. */
export function CheckboxesElement(props: ElementProps): ReactNode {
  const [value, setValue] = useElementValue(props);
  const chosen: readonly unknown[] = Array.isArray(value) ? value : [];
  const toggle = (choice: Choice, isChosen: boolean) => {
    const others = chosen.filter((one) => keyOf(one) !== choice.key);
    setValue(isChosen ? [...others, choice.value] : others);
  };
  return (
    <ChoiceList {...props}>
      {(choice) => (
        <input
          type="checkbox"
          checked={chosen.some((one) => keyOf(one) === choice.key)}
          onChange={(event) => toggle(choice, event.target.checked)}
        />
      )}
    </ChoiceList>
  );
}

function ChoiceList(props: ElementProps & { children: (choice: Choice) => ReactNode }): ReactNode {
  const choices = useChoices(props.element);
  const isLong = stringOf(props.element.type).startsWith('multi_');
  const role = props.element.type === 'radio_buttons' ? 'radiogroup' : 'group';
  const { id, ...attributes } = elementAttributes(props);
  const naming = { role, 'aria-labelledby': id === undefined ? undefined : `${String(id)}-label` };
  return (
    <div className={isLong ? 'choices boxed' : 'choices'} {...attributes} {...naming}>
      {choices.map((choice) => (
        // biome-ignore lint/a11y/noLabelWithoutControl: the child is the control.
        <label key={choice.key} className="choice">
          {props.children(choice)}
          <span>
            {choice.label}
            {choice.description !== '' && <small>{choice.description}</small>}
          </span>
        </label>
      ))}
    </div>
  );
}
