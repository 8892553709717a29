import type { ModalView } from '@slack/types';
import type { IncidentState } from '../../domain/incident/state.ts';
import type { IncidentSummary } from '../../ports.ts';
import { SEVERITY_WORDS } from '../blocks/words.ts';
import { encodeTarget, formCallback, MERGE_FORM } from '../ids.ts';
import { modal, notice, paragraph, selectField } from './fields.ts';
import type { FormValues } from './form.ts';
import { readValues } from './read-values.ts';

const FIELD = 'into';

/** Into which of the channel's other open incidents; there is at least one. */
export function buildMergeForm(
  state: IncidentState,
  others: readonly IncidentSummary[],
): ModalView {
  return modal({
    callbackId: formCallback(MERGE_FORM),
    privateMetadata: encodeTarget({ incidentId: state.incidentId, itemId: null }),
    title: 'Merge',
    submit: 'Merge',
    blocks: [
      paragraph(
        'The alarm becomes part of the other incident, where evidence is gathered again. This one is closed and points there.',
      ),
      selectField({
        name: FIELD,
        label: 'Which incident is it part of?',
        choices: others.map(({ incidentId, title, severity }) => ({
          value: incidentId,
          label: `${incidentId} ${SEVERITY_WORDS[severity].mark} ${title}`,
        })),
        initial: others.length === 1 ? (others[0]?.incidentId ?? null) : null,
      }),
      notice('Everybody in both threads will see this.'),
    ],
  });
}

export type MergeFormResult =
  | { readonly kind: 'into'; readonly intoId: string }
  | { readonly kind: 'errors'; readonly errors: Readonly<Record<string, string>> };

export function parseMergeForm(values: FormValues): MergeFormResult {
  const read = readValues(values);
  const [intoId] = read.list(FIELD);
  if (intoId !== undefined) return { kind: 'into', intoId };
  return { kind: 'errors', errors: { [FIELD]: 'Choose an incident.' } };
}
