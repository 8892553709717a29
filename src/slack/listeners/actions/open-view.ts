import type { ModalView } from '@slack/types';
import type { Tap } from './run.ts';

/** Opens a form or a view for whoever tapped, who needs to be told nothing else. */
export async function openView(
  { context, payload }: Pick<Tap, 'context' | 'payload'>,
  view: ModalView,
): Promise<null> {
  await context.clients.interactive.views.open({ trigger_id: payload.trigger_id, view });
  return null;
}
