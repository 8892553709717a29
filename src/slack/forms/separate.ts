import type { ModalView } from '@slack/types';
import { alarmKey } from '../../domain/alarm/alarm-change.ts';
import { checkIdOf } from '../../domain/incident/check-ticks.ts';
import type { IncidentAlarm } from '../../domain/incident/incident-alarms.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { cleanUntrusted } from '../blocks/characters.ts';
import { encodeTarget, formCallback, SEPARATE_FORM } from '../ids.ts';
import { modal, notice, paragraph, selectField } from './fields.ts';
import type { FormValues } from './form.ts';
import { readValues } from './read-values.ts';

const FIELD = 'alarm';

/** Names may hold anything, and be longer than a choice may. */
export function alarmIdOf({ firing }: IncidentAlarm): string {
  return checkIdOf(alarmKey(firing));
}

/** Which of the alarms that joined is something else; there is at least one to choose. */
export function buildSeparateForm(
  { incidentId }: Pick<IncidentState, 'incidentId'>,
  choices: readonly IncidentAlarm[],
): ModalView {
  const [first] = choices;
  return modal({
    callbackId: formCallback(SEPARATE_FORM),
    privateMetadata: encodeTarget({ incidentId, itemId: null }),
    title: 'Own incident',
    submit: 'Open',
    blocks: [
      paragraph('The alarm gets an incident of its own in this channel, and leaves this one.'),
      selectField({
        name: FIELD,
        label: 'Which alarm is something else?',
        choices: choices.map((alarm) => ({
          value: alarmIdOf(alarm),
          label: `${cleanUntrusted(alarm.firing.name)} · ${alarm.firing.region}`,
        })),
        initial: first !== undefined && choices.length === 1 ? alarmIdOf(first) : null,
      }),
      notice('Everybody in both threads will see this.'),
    ],
  });
}

export type SeparateFormResult =
  | { readonly kind: 'alarm'; readonly alarmId: string }
  | { readonly kind: 'errors'; readonly errors: Readonly<Record<string, string>> };

export function parseSeparateForm(values: FormValues): SeparateFormResult {
  const [alarmId] = readValues(values).list(FIELD);
  if (alarmId !== undefined) return { kind: 'alarm', alarmId };
  return { kind: 'errors', errors: { [FIELD]: 'Choose an alarm.' } };
}
