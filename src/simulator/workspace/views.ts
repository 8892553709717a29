import { blockLimits } from './block-limits.ts';
import { type BlockError, blockErrors, blocksRefusal, type Surface } from './check-blocks.ts';
import { type Check, flag, type Report, shape, string } from './check-kit.ts';
import type { Core } from './core.ts';
import { plainText } from './element-rules.ts';
import { type Json, objectsIn } from './json.ts';
import { limits } from './limits.ts';
import { fillBlocks } from './message-format.ts';
import { Refusal } from './refusal.ts';
import type { OpenView } from './state.ts';

/** The modal stacks and Home tabs: what `views.*` and answers to submissions do with them. */

const identity = {
  callback_id: string({ max: blockLimits.callbackIdMax }),
  private_metadata: string({ max: blockLimits.privateMetadataMax }),
  external_id: string({ max: blockLimits.idMax }),
};
const blocksField: Check = (value, pointer, report) => {
  if (!Array.isArray(value)) report.problem('must be an array', pointer);
};
const viewChecks: Readonly<Record<string, Check>> = {
  modal: shape({
    required: { title: plainText(blockLimits.modalTitleMax), blocks: blocksField },
    optional: {
      ...identity,
      submit: plainText(blockLimits.modalButtonMax),
      close: plainText(blockLimits.modalButtonMax),
      clear_on_close: flag,
      notify_on_close: flag,
      submit_disabled: flag,
    },
  }),
  home: shape({ required: { blocks: blocksField }, optional: identity }),
};

/** The view's problems with their pointers; empty when all is well. */
export function viewErrors(
  core: Core,
  view: Json,
  surface: Exclude<Surface, 'message'>,
): readonly BlockError[] {
  const errors: BlockError[] = [];
  const report: Report = { problem: (message, pointer) => errors.push({ message, pointer }) };
  if (view['type'] !== surface) report.problem(`type must be ${surface}`, '/type');
  viewChecks[surface]?.(view, '', report);
  const blocks = objectsIn(view['blocks']);
  if (
    surface === 'modal' &&
    view['submit'] === undefined &&
    blocks.some(({ type }) => type === 'input')
  ) {
    report.problem('missing required field: submit', '');
  }
  return [...errors, ...blockErrors(blocks, surface, core)];
}

function requireView(core: Core, view: Json, surface: 'modal' | 'home'): void {
  if (Buffer.byteLength(JSON.stringify(view)) > blockLimits.viewBytesMax)
    throw new Refusal('view_too_large');
  const errors = viewErrors(core, view, surface);
  if (errors.length > 0) throw blocksRefusal('invalid_arguments', errors, '/view');
}

function filled(core: Core, view: Json): Json {
  return { ...view, blocks: fillBlocks(objectsIn(view['blocks']), core.ids) };
}

function newHash(core: Core): string {
  return `${Math.floor(Date.now() / 1_000)}.${core.ids.word(8)}`;
}

function newView(core: Core, userId: string, view: Json, below: OpenView | null): OpenView {
  const externalId = String(view['external_id'] ?? '');
  if (externalId !== '' && findView(core, (open) => open.externalId === externalId) !== null) {
    throw new Refusal('duplicate_external_id');
  }
  const id = core.ids.id('V');
  return {
    id,
    userId,
    hash: newHash(core),
    externalId,
    rootId: below?.rootId ?? id,
    previousId: below?.id ?? null,
    view: filled(core, view),
    errors: {},
    isSubmitting: false,
    problem: null,
  };
}

function setStack(core: Core, userId: string, stack: readonly OpenView[]): void {
  if (stack.length === 0) core.state.modals.delete(userId);
  else core.state.modals.set(userId, stack);
  core.changed();
}

export function stackOf(core: Core, userId: string): readonly OpenView[] {
  return core.state.modals.get(userId) ?? [];
}

export function findView(core: Core, matches: (open: OpenView) => boolean): OpenView | null {
  const open = [...core.state.modals.values()].flat();
  return [...open, ...core.state.homes.values()].find(matches) ?? null;
}

/** A new stack of one: what the person had open before is gone. */
export function openModal(core: Core, userId: string, view: Json): OpenView {
  requireView(core, view, 'modal');
  const opened = newView(core, userId, view, null);
  setStack(core, userId, [opened]);
  return opened;
}

export function pushModal(core: Core, userId: string, view: Json): OpenView {
  requireView(core, view, 'modal');
  const stack = stackOf(core, userId);
  if (stack.length >= limits.viewsInStackMax) throw new Refusal('push_limit_reached');
  const pushed = newView(core, userId, view, stack.at(-1) ?? null);
  setStack(core, userId, [...stack, pushed]);
  return pushed;
}

/** Same id, new hash. */
export function updateView(core: Core, open: OpenView, view: Json): OpenView {
  const isHome = open.view['type'] === 'home';
  requireView(core, view, isHome ? 'home' : 'modal');
  return replaceView(core, {
    ...open,
    view: filled(core, view),
    hash: newHash(core),
    errors: {},
    problem: null,
  });
}

/** Puts the view in the place of the one with its id; nothing happens when that is closed by now. */
export function replaceView(core: Core, changed: OpenView): OpenView {
  if (core.state.homes.get(changed.userId)?.id === changed.id) {
    core.state.homes.set(changed.userId, changed);
    core.changed();
    return changed;
  }
  const stack = stackOf(core, changed.userId);
  setStack(
    core,
    changed.userId,
    stack.map((open) => (open.id === changed.id ? changed : open)),
  );
  return changed;
}

/** Takes the view and what lies on it off the stack. */
export function closeModal(core: Core, view: OpenView): void {
  const stack = stackOf(core, view.userId);
  const place = stack.findIndex((open) => open.id === view.id);
  if (place >= 0) setStack(core, view.userId, stack.slice(0, place));
}

export function clearModals(core: Core, userId: string): void {
  setStack(core, userId, []);
}

export function publishHome(
  core: Core,
  userId: string,
  view: Json,
  hash: string | undefined,
): OpenView {
  requireView(core, view, 'home');
  const before = core.state.homes.get(userId);
  if (hash !== undefined && before !== undefined && hash !== before.hash)
    throw new Refusal('hash_conflict');
  const fresh = newView(core, userId, { ...view, external_id: undefined }, null);
  const published = before === undefined ? fresh : { ...fresh, id: before.id, rootId: before.id };
  core.state.homes.set(userId, published);
  core.changed();
  return published;
}
