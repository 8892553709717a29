import { describe, expect, test } from 'vitest';
import { COMMAND_RULES, fitsNow } from '../../../src/domain/incident/command-rules.ts';
import type { IncidentCommandType } from '../../../src/domain/incident/commands.ts';
import { decide, refusalNow } from '../../../src/domain/incident/decide.ts';
import { INCIDENT_STEPS, type StepId } from '../../../src/domain/incident/steps.ts';
import {
  ana,
  answer,
  ben,
  commands,
  eventsUpTo,
  OPENED_AT_MS,
  openCommand,
  play,
  stateOf,
} from '../../support/incident-builders.ts';

const EVERY_STEP = INCIDENT_STEPS.map(({ id }) => id);
const SOON_MS = OPENED_AT_MS + 60 * 60_000;

const opened = eventsUpTo('open');
const closed = eventsUpTo('close');
const reopen = { type: 'reopen-incident', reason: 'It is back.' } as const;

/** The steps at which a command is possible, where not all are; and when a closed one takes it. */
const STEPS_OF: { readonly [C in IncidentCommandType]?: readonly StepId[] } = {
  'isolate-component': EVERY_STEP.slice(1),
  'start-test': EVERY_STEP.slice(0, 5),
  'record-watch': ['verify', 'document'],
  'tick-check': ['verify', 'document'],
  'verify-solution': ['verify'],
  'fail-verification': ['verify', 'document'],
  'document-findings': ['solve', 'verify', 'document'],
};
const ALSO_WHEN_CLOSED: readonly IncidentCommandType[] = [
  ...(['record-alarm', 'finish-gathering', 'edit-document', 'evaluate-process'] as const),
  ...(['record-publication', 'redact-record', 'abandon-work'] as const),
  ...(['edit-captured-message', 'release-captured-message'] as const),
];

const TYPES = Object.keys(COMMAND_RULES) as IncidentCommandType[];
const ofAnIncident = TYPES.filter((type) => type !== 'open-incident');
const whileOpen = ofAnIncident.filter((type) => type !== 'reopen-incident');

describe('when a command fits', () => {
  test.each(whileOpen)('%s: at its steps, and at the others it says what to do instead', (type) => {
    const fitting = EVERY_STEP.filter((step) =>
      fitsNow({ ...stateOf(opened), step, visits: [] }, type),
    );
    const refused = EVERY_STEP.filter((step) => !fitting.includes(step)).map((step) =>
      refusalNow({ ...stateOf(opened), step }, type, SOON_MS),
    );

    expect(fitting).toEqual(STEPS_OF[type] ?? EVERY_STEP);
    for (const sentence of refused) {
      expect(sentence).toMatch(
        /^This does not fit yet: the incident is in step \d of 7 \([a-z ]+\)\. [A-Z].{20,}\.$/,
      );
    }
  });

  test('is asked of an open incident for all but reopening', () => {
    expect(whileOpen.filter((type) => refusalNow(stateOf(opened), type, SOON_MS) === null)).toEqual(
      whileOpen.filter((type) => (STEPS_OF[type] ?? EVERY_STEP).includes('identify')),
    );
    expect(fitsNow(stateOf(opened), 'reopen-incident')).toBe(false);
  });

  test('is asked of a closed incident for what its document needs, for words that people take back, and for reopening', () => {
    const fitting = ofAnIncident.filter((type) => fitsNow(stateOf(closed), type));
    const allowed = ofAnIncident.filter(
      (type) => refusalNow(stateOf(closed), type, SOON_MS) === null,
    );

    expect(new Set(fitting)).toEqual(new Set([...ALSO_WHEN_CLOSED, 'reopen-incident']));
    expect(new Set(allowed)).toEqual(new Set(fitting));
  });
});

describe('a command that comes too late or too early', () => {
  test('is told who closed the incident, and how to go on', () => {
    const note = { type: 'add-note', noteId: 'n', text: 'x' } as const;

    expect(answer(closed, note, ben)).toEqual({
      kind: 'rejected',
      code: 'incident-closed',
      sentence:
        'This incident was closed by <@UANA> 20 s ago. To add to it, reopen it with /triage reopen RT-7K3F9 and a reason.',
    });
    expect(answer(closed, commands.close, ben)).toEqual({
      kind: 'rejected',
      code: 'already-done',
      sentence: 'This incident was already closed by <@UANA> 20 s ago.',
    });
  });

  test('is told that there is nothing to reopen, or who did', () => {
    expect(answer(opened, reopen)).toEqual({
      kind: 'rejected',
      code: 'incident-open',
      sentence: 'This incident is open, so there is nothing to reopen. Go on in its thread.',
    });
    expect(answer(play([[reopen, ben]], closed), reopen)).toEqual({
      kind: 'rejected',
      code: 'already-done',
      sentence: 'This incident was already reopened by <@UBEN> 20 s ago.',
    });
  });

  test('is told that there is such an incident, or none', () => {
    expect(answer(opened, openCommand(), ben)).toEqual({
      kind: 'rejected',
      code: 'incident-exists',
      sentence: 'This incident was already opened by <@UANA> 20 s ago. Go on in its thread.',
    });
    expect(decide(null, commands.close, ana, SOON_MS)).toEqual({
      kind: 'rejected',
      code: 'incident-missing',
      sentence:
        'There is no such incident. Open one with /triage, or list the open ones with /triage list.',
    });
  });

  test('is told who has said the same word on the solution before', () => {
    const fail = { type: 'fail-verification', finding: 'Still 503.' } as const;
    const failed = play([[fail, ben]], eventsUpTo('implement'));

    expect(answer(eventsUpTo('verify'), commands.verify)).toMatchObject({
      code: 'already-done',
      sentence: 'The solution was already verified by <@UANA> 20 s ago.',
    });
    expect(answer(failed, fail)).toMatchObject({
      code: 'already-done',
      sentence: 'The solution was already reported as not working by <@UBEN> 20 s ago.',
    });
    expect(answer(failed, commands.verify)).toMatchObject({ code: 'not-now' });
    expect(answer(opened, fail)).toMatchObject({ code: 'not-now' });
  });
});
