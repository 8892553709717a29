import { z } from 'zod';
import { viewPart } from '../payload-parts.ts';
import { Refusal } from '../refusal.ts';
import type { OpenView } from '../state.ts';
import { findView, openModal, publishHome, pushModal, stackOf, updateView } from '../views.ts';
import { object, optionalText, text } from './arguments.ts';
import { requirePerson } from './lookup.ts';
import { type ApiContext, type MethodTable, method } from './method.ts';

const triggered = z.object({ trigger_id: text, view: object });

function answer({ core }: ApiContext, open: OpenView) {
  return { view: viewPart(core, open) };
}

const open = method({ tier: 'tier4' }, triggered, (context, args) => {
  const { userId } = context.core.triggers.exchange(args.trigger_id);
  return answer(context, openModal(context.core, userId, args.view));
});

/** Only what a person did inside a form can put another one on top of it. */
const push = method({ tier: 'tier4' }, triggered, (context, args) => {
  const { core } = context;
  const { userId, viewId } = core.triggers.exchange(args.trigger_id);
  if (viewId === null || stackOf(core, userId).length === 0)
    throw new Refusal('invalid_trigger_id');
  return answer(context, pushModal(core, userId, args.view));
});

const change = z.object({
  view_id: optionalText,
  external_id: optionalText,
  hash: optionalText,
  view: object,
});

const update = method({ tier: 'tier4' }, change, (context, args) => {
  const { core } = context;
  const found = findView(core, (view) =>
    args.view_id === undefined ? view.externalId === args.external_id : view.id === args.view_id,
  );
  if (found === null) throw new Refusal('not_found');
  if (args.hash !== undefined && args.hash !== found.hash) throw new Refusal('hash_conflict');
  return answer(context, updateView(core, found, args.view));
});

const home = z.object({ user_id: text, hash: optionalText, view: object });

const publish = method({ tier: 'tier4' }, home, (context, args) => {
  if (!context.core.settings.manifest.hasHomeTab) throw new Refusal('not_enabled');
  const person = requirePerson(context.core, args.user_id);
  return answer(context, publishHome(context.core, person.id, args.view, args.hash));
});

export const viewMethods = {
  'views.open': open,
  'views.push': push,
  'views.update': update,
  'views.publish': publish,
} as const satisfies MethodTable;
