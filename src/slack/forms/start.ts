import type { ModalView } from '@slack/types';
import { COMMAND_TEXTS, type TextRule } from '../../domain/incident/command-texts.ts';
import { DEFAULT_SEVERITY } from '../../domain/incident/default-severity.ts';
import type { Severity } from '../../domain/incident/events.ts';
import { LIMITS } from '../../domain/incident/limits.ts';
import { BLOCK_LIMITS } from '../blocks/limits.ts';
import { plain } from '../blocks/text.ts';
import { SEVERITIES } from '../blocks/words.ts';
import { formCallback, START_FORM } from '../ids.ts';
import { modal, notice, radioField, textField, timeField } from './fields.ts';
import type { FormInput } from './form.ts';
import { readValues } from './read-values.ts';
import { SEVERITY_CHOICES } from './severity.ts';

/** Where the incident is to be opened: kept in the view while somebody fills it in. */
export interface StartPlace {
  readonly channelId: string;
  /** The thread to work in; null: the incident starts its own. */
  readonly threadTs: string | null;
  readonly sourcePermalink: string | null;
}

/** What is known already, from the command's words or from the message. */
export interface StartPrefill {
  readonly title?: string;
  readonly startedAtMs?: number | null;
  readonly severity?: Severity;
  readonly alarmNames?: readonly string[];
  readonly resources?: readonly string[];
}

export type StartFormResult =
  | {
      readonly kind: 'fields';
      readonly place: StartPlace;
      readonly fields: {
        readonly title: string;
        readonly startedAtMs: number | null;
        readonly severity: Severity;
        readonly alarmNames: readonly string[];
        readonly resources: readonly string[];
      };
    }
  | { readonly kind: 'errors'; readonly errors: Readonly<Record<string, string>> };

const NAMES_MAX = 10;
const TITLE_RULE = COMMAND_TEXTS['open-incident'].title;
const NAMES_RULE: TextRule = {
  label: 'The list',
  charactersMax: LIMITS.textCharactersMax,
  required: false,
};

export function buildStartForm(options: {
  readonly place: StartPlace;
  readonly prefill: StartPrefill;
}): ModalView {
  const { place, prefill } = options;
  return modal({
    callbackId: formCallback(START_FORM),
    privateMetadata: encodePlace(place),
    title: 'Start an incident',
    submit: 'Start',
    blocks: [
      textField({
        name: 'title',
        label: 'What is wrong?',
        rule: TITLE_RULE,
        initial: (prefill.title ?? '').replaceAll(/\s+/g, ' ').trim(),
        placeholder: 'Checkout returns 5xx',
        lines: 'one',
      }),
      radioField({
        name: 'severity',
        label: 'How bad is it?',
        choices: SEVERITY_CHOICES,
        initial: prefill.severity ?? DEFAULT_SEVERITY,
      }),
      timeField({
        name: 'started',
        label: 'Since when?',
        hint: 'Changes in AWS are looked for around this time.',
        initialMs: prefill.startedAtMs ?? null,
      }),
      textField({
        name: 'alarms',
        label: 'CloudWatch alarms',
        hint: 'Exact names, one a line. Alarms that are ringing are found anyway.',
        rule: NAMES_RULE,
        initial: (prefill.alarmNames ?? []).join('\n'),
        lines: 'many',
      }),
      textField({
        name: 'resources',
        label: 'AWS resources',
        hint: 'Ids or names, one a line.',
        rule: NAMES_RULE,
        initial: (prefill.resources ?? []).join('\n'),
        lines: 'many',
      }),
      notice('This is posted in the channel, and everybody there can work on it.'),
    ],
  });
}

export function parseStartForm(
  input: Pick<FormInput, 'values' | 'timeZone' | 'nowMs'> & { readonly privateMetadata: string },
): StartFormResult {
  const read = readValues(input.values);
  const place = decodePlace(input.privateMetadata);
  if (place === null) read.refuse('title', 'This form is out of date. Open a new one.');
  const fields = {
    title: read.text('title', TITLE_RULE),
    startedAtMs: read.pastTime('started', input.nowMs),
    severity: read.choice('severity', SEVERITIES, 'Choose how bad it is.'),
    alarmNames: readNames(read.text('alarms', NAMES_RULE)),
    resources: readNames(read.text('resources', NAMES_RULE)),
  };
  for (const [name, list] of [
    ['alarms', fields.alarmNames],
    ['resources', fields.resources],
  ] as const) {
    if (list.length > NAMES_MAX) read.refuse(name, `At most ${NAMES_MAX} fit.`);
  }
  const errors = read.errors();
  if (place === null || Object.keys(errors).length > 0) return { kind: 'errors', errors };
  return { kind: 'fields', place, fields };
}

/** Shown at once while something slow is looked up; replaced with `views.update`. */
export function buildLoadingView(title = 'One moment'): ModalView {
  return {
    type: 'modal',
    title: plain(title, BLOCK_LIMITS.viewTitleCharactersMax),
    close: plain('Cancel', BLOCK_LIMITS.viewTitleCharactersMax),
    blocks: [notice('Loading…')],
  };
}

function readNames(text: string): readonly string[] {
  const names = text.split('\n').map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ''))];
}

function encodePlace(place: StartPlace): string {
  const permalink = /^[^|\s]{1,1000}$/.exec(place.sourcePermalink ?? '')?.[0] ?? '';
  return [place.channelId, place.threadTs ?? '', permalink].join('|');
}

function decodePlace(text: string): StartPlace | null {
  const match = /^([A-Z0-9]{1,30})\|(\d+\.\d+|)\|([^|\s]{0,1000})$/.exec(text);
  if (match === null) return null;
  return {
    channelId: match[1] ?? '',
    threadTs: match[2] || null,
    sourcePermalink: match[3] || null,
  };
}
