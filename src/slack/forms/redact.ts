import type { ModalView } from '@slack/types';
import { COMMAND_TEXTS } from '../../domain/incident/command-texts.ts';
import { LIMITS } from '../../domain/incident/limits.ts';
import { REDACTED, REDACTION_CHARACTERS_MIN } from '../../domain/incident/redact-record.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { slackLink } from '../blocks/links.ts';
import { line, link, richText } from '../blocks/text.ts';
import { encodeTarget, formCallback, REDACT_FORM } from '../ids.ts';
import { modal, notice, paragraph, textField } from './fields.ts';
import type { FormValues } from './form.ts';
import { readValues } from './read-values.ts';

const TEXT = {
  label: 'The text',
  charactersMax: LIMITS.textCharactersMax,
  required: true,
} as const;
const REASON = COMMAND_TEXTS['redact-record'].reason;

/** For a password in a note, or a name that must not stay. */
export function buildRedactForm({ incidentId }: Pick<IncidentState, 'incidentId'>): ModalView {
  return modal({
    callbackId: formCallback(REDACT_FORM),
    privateMetadata: encodeTarget({ incidentId, itemId: null }),
    title: 'Take text out',
    submit: 'Take out',
    blocks: [
      paragraph(
        `Wherever this text stands in the record of ${incidentId}, it is replaced by ${REDACTED}: cards, document and store. This cannot be undone.`,
      ),
      textField({
        name: 'text',
        label: 'Which text?',
        hint: 'Exactly as it was written, capitals included. It is kept nowhere.',
        rule: TEXT,
        lines: 'many',
      }),
      textField({ name: 'reason', label: 'Why?', rule: REASON, lines: 'one' }),
      notice('The record says who took something out, when and why, never what.'),
    ],
  });
}

export type RedactFormResult =
  | { readonly kind: 'redaction'; readonly text: string; readonly reason: string }
  | { readonly kind: 'errors'; readonly errors: Readonly<Record<string, string>> };

export function parseRedactForm(values: FormValues): RedactFormResult {
  const read = readValues(values);
  const text = read.text('text', TEXT);
  const reason = read.text('reason', REASON);
  if (text.length < REDACTION_CHARACTERS_MIN) {
    read.refuse('text', `At least ${REDACTION_CHARACTERS_MIN} characters are needed.`);
  }
  const errors = read.errors();
  if (Object.keys(errors).length > 0) return { kind: 'errors', errors };
  return { kind: 'redaction', text, reason };
}

/** In place of the form, once it is done: what was reached, and what cannot be. */
export function redactedView(
  { incidentId, publication }: Pick<IncidentState, 'incidentId' | 'publication'>,
  places: number,
): ModalView {
  const canvas = slackLink(publication?.canvasLink ?? null);
  const { submit: _submit, ...view } = modal({
    callbackId: formCallback(REDACT_FORM),
    privateMetadata: encodeTarget({ incidentId, itemId: null }),
    title: 'Taken out',
    submit: 'Close',
    blocks: [
      paragraph(
        `The text is out of ${incidentId}: ${places} ${places === 1 ? 'place' : 'places'} of the record changed. The cards follow now; earlier documents are deleted, and a new one is written if the incident is closed.`,
      ),
      ...(canvas === null ? [] : [canvasLine(canvas)]),
      paragraph(
        'Out of my reach: messages that people wrote in Slack themselves, direct messages and answers that I sent, other incidents that quote this one, e-mails, webhooks that were sent, exports and backups. If it is a secret, change it now.',
      ),
    ],
  });
  return view;
}

/** People write in it as well, so it is never deleted or written anew. */
function canvasLine(url: string): ReturnType<typeof richText> {
  const where = link(url, 'the canvas');
  return richText(
    line(
      'What I wrote into ',
      where,
      ' before stays there: take the text out by hand, and out of its history.',
    ),
  );
}
