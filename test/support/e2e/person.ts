import type { PersonAction } from '../../../src/simulator/workspace/page-actions.ts';
import type {
  PageAction,
  PageMessage,
  PageView,
  PageWorkspace,
} from '../../../src/simulator/workspace/page-protocol.ts';
import type { Workspace } from '../../../src/simulator/workspace/start-workspace.ts';
import { until } from '../poll.ts';
import { isWindow, OPENS_WINDOW } from './window.ts';

type Json = Record<string, unknown>;
type StateValues = Extract<PageAction, { type: 'submit-view' }>['state'];

/** A person at the local workspace: types, taps, fills in forms, and sees what the page would show. */
export interface TestPerson {
  readonly id: string;
  readonly channelId: string;
  view(): PageWorkspace;
  messages(): readonly PageMessage[];
  /** All text of a message, blocks included. */
  textOf(message: PageMessage): string;
  findMessage(text: string | RegExp): PageMessage | undefined;
  seeMessage(text: string | RegExp): Promise<PageMessage>;
  say(text: string, threadTs?: string | null): Promise<string | null>;
  hasButton(label: string | RegExp): boolean;
  /**
   * Taps the button with this label on the newest message that has one; waits for it to be there.
   * The result is what Slack says when the bot did not acknowledge it.
   */
  tap(label: string | RegExp, where?: string | RegExp): Promise<string | null>;
  /** What a tap on this button does, to be done more than once; null while there is no such button. */
  tapOf(label: string | RegExp): PersonAction | null;
  /** The same, among the buttons that are about one hypothesis, plan or call. */
  tapAbout(itemId: string, label: string | RegExp, where: string | RegExp): Promise<void>;
  /** Taps a button in the form that is open, or one of the choices that fill it. */
  tapInForm(label: string | RegExp): Promise<void>;
  seeForm(title?: string | RegExp): Promise<PageView>;
  /** Waits for a window, which is for reading and tapping, with this text; returns the whole of it. */
  seeWindow(text: RegExp): Promise<string>;
  closeForm(): Promise<void>;
  /** Fills in fields by their label and submits; returns the errors shown, empty when it closed. */
  submit(fields: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string>>>;
  /** Taps, waits for the form, submits it, and expects it to be taken. */
  fill(
    label: string | RegExp,
    fields: Readonly<Record<string, string>>,
    where?: string | RegExp,
  ): Promise<void>;
  react(ts: string, name: string, add?: boolean): Promise<void>;
}

/** Every object below a value, the value included, in the order of the document. */
export function walk(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(walk);
  if (value === null || typeof value !== 'object') return [];
  return [value as Json, ...Object.values(value).flatMap(walk)];
}

export function textIn(value: unknown): string {
  if (typeof value === 'string') return '';
  return walk(value)
    .flatMap((node) => {
      const own = ['text', 'alt_text', 'title', 'name']
        .map((key) => node[key])
        .filter((text) => typeof text === 'string');
      const mention = node['type'] === 'user' ? [`@${String(node['user_id'])}`] : [];
      const channel = node['type'] === 'channel' ? [`#${String(node['channel_id'])}`] : [];
      return [...own, ...mention, ...channel];
    })
    .join(' ')
    .replace(/\s+/g, ' ');
}

const matches = (text: string, wanted: string | RegExp): boolean =>
  typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);

interface FoundButton {
  readonly message: PageMessage;
  readonly blockId: string;
  readonly element: Json;
}

function buttonsOf(message: PageMessage): FoundButton[] {
  return buttonsIn(message.blocks).map((button) => ({ ...button, message }));
}

function buttonsIn(content: unknown): Omit<FoundButton, 'message'>[] {
  const blocks = walk(content).filter((node) => 'block_id' in node);
  return blocks.flatMap((block) =>
    walk([block['elements'], block['accessory'], block['actions'], block['buttons']])
      .filter((node) => node['type'] === 'button' || MENUS.includes(String(node['type'])))
      .map((element) => ({ blockId: String(block['block_id']), element })),
  );
}

/** What a button or a menu's entry carries. */
function carriedBy(element: Json): string {
  const option = element['selected_option'] as Json | undefined;
  return String(option?.['value'] ?? element['value'] ?? '');
}

function labelOf(element: Json): string {
  return textIn(element['text'] ?? {}).trim();
}

/** The entries of a menu are tapped like buttons. */
const MENUS: readonly string[] = ['overflow', 'static_select', 'radio_buttons'];

function withOptions<B extends { readonly element: Json }>(button: B): B[] {
  if (!MENUS.includes(String(button.element['type']))) return [button];
  const options = (button.element['options'] ?? []) as Json[];
  return options.map((option) => ({
    ...button,
    element: { ...button.element, text: option['text'], selected_option: option },
  }));
}

function answerFor(element: Json, text: string): Json {
  const type = String(element['type']);
  switch (type) {
    case 'radio_buttons':
    case 'static_select': {
      const groups = ((element['option_groups'] as Json[] | undefined) ?? []).flatMap(
        (group) => group['options'] as Json[],
      );
      const options = (element['options'] as Json[] | undefined) ?? groups;
      const option = options.find((row) => labelOf(row).includes(text) || row['value'] === text);
      if (option === undefined)
        throw new Error(`No choice “${text}” among ${options.map(labelOf).join(', ')}`);
      return { type, selected_option: option };
    }
    case 'users_select':
      return { type, selected_user: text };
    case 'conversations_select':
      return { type, selected_conversation: text };
    case 'datetimepicker':
      return { type, selected_date_time: Number(text) };
    default:
      return { type, value: text };
  }
}

/** What Slack would send for a field nobody touched: its initial value. */
function untouched(element: Json): Json {
  const type = String(element['type']);
  if (type === 'datetimepicker')
    return { type, selected_date_time: element['initial_date_time'] ?? null };
  if (type === 'users_select') return { type, selected_user: element['initial_user'] ?? null };
  if ('initial_option' in element || 'options' in element)
    return { type, selected_option: element['initial_option'] ?? null };
  return { type, value: element['initial_value'] ?? null };
}

function stateOf(view: PageView, fields: Readonly<Record<string, string>>): StateValues {
  const inputs = walk(view.view['blocks']).filter((node) => node['type'] === 'input');
  const unknown = Object.keys(fields).filter(
    (label) => !inputs.some((input) => textIn(input['label']).includes(label)),
  );
  if (unknown.length > 0) {
    throw new Error(
      `No field ${unknown.join(', ')} among ${inputs.map((input) => textIn(input['label'])).join(', ')}`,
    );
  }
  return Object.fromEntries(
    inputs.map((input) => {
      const element = input['element'] as Json;
      const entry = Object.entries(fields).find(([label]) =>
        textIn(input['label']).includes(label),
      );
      const state = entry === undefined ? untouched(element) : answerFor(element, entry[1]);
      return [String(input['block_id']), { [String(element['action_id'])]: state }];
    }),
  );
}

export function createPerson(workspace: Workspace, name: string, channelId: string): TestPerson {
  const id = workspace.personId(name);
  const view = () => workspace.view(id);
  const messages = () =>
    view().channels.find((channel) => channel.id === channelId)?.messages ?? [];
  const textOf = (message: PageMessage) => `${message.text} ${textIn(message.blocks)}`;
  const findMessage = (text: string | RegExp) =>
    messages().findLast((message) => matches(textOf(message), text));
  const findButton = (label: string | RegExp, where?: string | RegExp, itemId = '') =>
    messages()
      .filter((message) => where === undefined || matches(textOf(message), where))
      .flatMap(buttonsOf)
      .flatMap(withOptions)
      .filter(({ element }) => carriedBy(element).endsWith(itemId))
      .findLast((button) => matches(labelOf(button.element), label));
  const actionOf = ({ message, blockId, element }: FoundButton): PersonAction => {
    const container = { type: 'message', channelId, messageTs: message.ts } as const;
    return { type: 'block-action', container, blockId, element, state: {} };
  };
  /** A window lies over everything: its buttons come first, and it is closed for those below. */
  const tapInWindow = async (label: string | RegExp, where?: string | RegExp) => {
    const open = view().modal;
    if (open === null || !isWindow(open)) return undefined;
    const found = buttonsIn(open.view)
      .flatMap(withOptions)
      .find(({ element }) => matches(labelOf(element), label));
    if (found === undefined || !matches(textIn(open.view), where ?? '')) {
      await workspace.perform(id, { type: 'close-view', viewId: open.id });
      return undefined;
    }
    const container = { type: 'view', viewId: open.id } as const;
    const tap = { type: 'block-action', container, ...found, state: {} } as const;
    return (await workspace.perform(id, tap)).problem;
  };
  const tapFound = async (button: FoundButton) => {
    const before = view().modal?.id;
    const { problem } = await workspace.perform(id, actionOf(button));
    if (OPENS_WINDOW.includes(String(button.element['action_id']))) {
      await until(`${name} sees a window`, () => {
        const { modal } = view();
        return modal !== null && isWindow(modal) && modal.id !== before;
      });
    }
    return problem;
  };

  const person: TestPerson = {
    id,
    channelId,
    view,
    messages,
    textOf,
    findMessage,
    seeMessage: (text) => until(`${name} sees ${text}`, () => findMessage(text)),
    say: async (text, threadTs = null) =>
      (await workspace.perform(id, { type: 'send', channelId, threadTs, text })).problem,
    hasButton: (label) => findButton(label) !== undefined,
    tap: async (label, where) => {
      const inWindow = await tapInWindow(label, where);
      if (inWindow !== undefined) return inWindow;
      return tapFound(
        await until(`${name} sees a button ${label}`, () => findButton(label, where)),
      );
    },
    tapOf: (label) => {
      const found = findButton(label);
      return found === undefined ? null : actionOf(found);
    },
    tapAbout: async (itemId, label, where) => {
      const what = `${name} sees a button ${label} about ${itemId}`;
      await tapFound(await until(what, () => findButton(label, where, itemId)));
    },
    tapInForm: async (label) => {
      const { id: viewId, view: shown } = await person.seeForm();
      const found = buttonsIn(shown)
        .flatMap(withOptions)
        .find(({ element }) => matches(labelOf(element), label));
      if (found === undefined) throw new Error(`No button ${label} in the form.`);
      const container = { type: 'view', viewId } as const;
      await workspace.perform(id, { type: 'block-action', container, ...found, state: {} });
    },
    seeForm: (title = /./) =>
      until(`${name} sees the form ${title}`, () => {
        const { modal } = view();
        return modal !== null && !isWindow(modal) && matches(textIn(modal.view['title']), title)
          ? modal
          : null;
      }),
    seeWindow: (text) =>
      until(`${name} sees ${text} in a window`, () => {
        const { modal } = view();
        const shown = modal !== null && isWindow(modal) ? textIn(modal.view) : '';
        return matches(shown, text) ? shown : null;
      }),
    closeForm: async () => {
      const { id: viewId } = await until(`${name} sees a form or a window`, () => view().modal);
      await workspace.perform(id, { type: 'close-view', viewId });
    },
    submit: async (fields) => {
      const form = await person.seeForm();
      await workspace.perform(id, {
        type: 'submit-view',
        viewId: form.id,
        state: stateOf(form, fields),
      });
      return view().modal?.id === form.id ? (view().modal?.errors ?? {}) : {};
    },
    fill: async (label, fields, where) => {
      await person.tap(label, where);
      await person.seeForm();
      const errors = await person.submit(fields);
      if (Object.keys(errors).length > 0)
        throw new Error(`The form was refused: ${JSON.stringify(errors)}`);
    },
    react: async (ts, emoji, add = true) => {
      await workspace.perform(id, { type: 'react', channelId, ts, name: emoji, add });
    },
  };
  return person;
}
