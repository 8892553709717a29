import type { IncidentState } from '../../domain/incident/state.ts';
import type { FormId } from '../ids.ts';
import { actions, aimAt, formButton } from './buttons.ts';
import { fitMessage } from './fit-message.ts';
import type { MessageContent } from './message.ts';
import { copyable, line, richText, typed } from './text.ts';

/** For a line in a thread that says too little: a form opens only by a button there. */
export function renderFormOffer(
  state: IncidentState,
  offer: {
    readonly sentence: string;
    /** What else can be typed. */
    readonly typed: string;
    readonly form: FormId;
    readonly itemId?: string | null;
  },
): MessageContent {
  return fitMessage({
    text: `${state.incidentId}: one thing is missing`,
    blocks: [
      richText(line(typed(offer.sentence), ' ', copyable(`@redthread ${offer.typed}`))),
      ...actions(formButton(offer.form, aimAt(state, offer.itemId ?? null))),
    ],
  });
}
