import { personField } from './fields.ts';
import type { Form } from './form.ts';
import { incidentModal } from './incident-modal.ts';
import { readValues } from './read-values.ts';

export const ownerForm: Form = {
  id: 'owner',
  build: (context) =>
    incidentModal('owner', context, {
      title: 'Hand over',
      submit: 'Save',
      blocks: [
        personField({
          name: 'owner',
          label: 'Who owns the incident from now on?',
          hint: 'They are mentioned in the thread. Empty means that nobody owns it.',
          initial: context.state.ownerId,
        }),
      ],
    }),
  parse: ({ values }) => {
    const read = readValues(values);
    return read.result({ type: 'assign-owner', ownerId: read.person('owner') });
  },
};
