import type { ModalView } from '@slack/types';
import type { Tap } from './run.ts';

/** Opens a form or a view for whoever tapped, on top of the window that it was tapped in. */
export async function openView(
  { context, payload }: Pick<Tap, 'context' | 'payload'>,
  view: ModalView,
): Promise<null> {
  const { views } = context.clients.interactive;
  const shown = { trigger_id: payload.trigger_id, view };
  await (payload.view?.type === 'modal' ? views.push(shown) : views.open(shown));
  return null;
}
