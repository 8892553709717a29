import type { ModalView } from '@slack/types';
import type { IncidentState } from '../../domain/incident/state.ts';
import { encodeTarget, formCallback, RELOCATE_FORM } from '../ids.ts';
import { channelField, modal, notice, paragraph } from './fields.ts';
import type { FormValues } from './form.ts';
import { readValues } from './read-values.ts';

const FIELD = 'channel';

/** Where an incident that grew goes on. */
export function buildRelocateForm({ incidentId }: Pick<IncidentState, 'incidentId'>): ModalView {
  return modal({
    callbackId: formCallback(RELOCATE_FORM),
    privateMetadata: encodeTarget({ incidentId, itemId: null }),
    title: 'Move to a channel',
    submit: 'Move',
    blocks: [
      paragraph(
        'The card and what is needed to go on appear in the other channel. The thread here stays and says where it went; its buttons go away.',
      ),
      channelField({
        name: FIELD,
        label: 'Which channel?',
        hint: 'You and I both have to be in it.',
      }),
      notice('Whoever reads the other channel will read all that was found so far.'),
    ],
  });
}

export type RelocateFormResult =
  | { readonly kind: 'to'; readonly channelId: string }
  | { readonly kind: 'errors'; readonly errors: Readonly<Record<string, string>> };

export function parseRelocateForm(values: FormValues): RelocateFormResult {
  const [channelId] = readValues(values).list(FIELD);
  if (channelId !== undefined) return { kind: 'to', channelId };
  return { kind: 'errors', errors: { [FIELD]: 'Choose a channel.' } };
}
